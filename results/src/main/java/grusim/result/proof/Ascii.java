package grusim.result.proof;

/** Text that any terminal and any mail shows as it is. */
final class Ascii {
    private Ascii() {}

    /** The text with hard spaces as spaces and everything else that is not printable ASCII as a question mark. */
    static String of(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().forEach(point -> ascii.append(printable(point)));
        return ascii.toString();
    }

    private static char printable(int point) {
        if (point == Wrap.HARD_SPACE) {
            return ' ';
        }
        return point >= ' ' && point <= '~' ? (char) point : '?';
    }
}
