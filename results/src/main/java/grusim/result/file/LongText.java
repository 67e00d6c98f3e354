package grusim.result.file;

/** Many whole numbers as one text, which is far smaller in memory and faster to read than a JSON array of numbers. */
final class LongText {
    private LongText() {}

    static String of(long[] numbers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
            text.append(i == 0 ? "" : " ").append(numbers[i]);
        }
        return text.toString();
    }

    /** Rising numbers as the steps between them, which shrink far better. */
    static String ofRising(long[] numbers) {
        long[] steps = numbers.clone();
        for (int i = steps.length - 1; i > 0; i--) {
            steps[i] -= steps[i - 1];
        }
        return of(steps);
    }

    static long[] parse(String text) {
        int count = text.isEmpty() ? 0 : 1;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) == ' ' ? 1 : 0;
        }
        long[] numbers = new long[count];
        int from = 0;
        for (int i = 0; i < count; i++) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            numbers[i] = Long.parseLong(text, from, to, 10);
            from = to + 1;
        }
        return numbers;
    }
}
