package grusim.result.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Breaks text into lines at spaces, and inside a word only if the word alone is too wide. */
final class Wrap {
    /** A space that no line is broken at. */
    static final char HARD_SPACE = '\u00a0';

    private Wrap() {}

    /** The text with hard spaces if it fits in one line, so that it is not begun on a line where it does not. */
    static String together(String text, int most) {
        return text.length() <= most ? text.replace(' ', HARD_SPACE) : text;
    }

    /** Lines of at most that many characters; at least one line. */
    static List<String> columns(String text, int most) {
        return lines(text, most, String::length);
    }

    /** Lines of at most that width as measured; at least one line, and at least one character in each. */
    static List<String> lines(String text, int most, ToIntFunction<String> width) {
        List<String> lines = new ArrayList<>();
        String open = "";
        for (String word : text.split(" ", -1)) {
            String longer = open.isEmpty() ? word : open + " " + word;
            if (width.applyAsInt(longer) <= most) {
                open = longer;
                continue;
            }
            if (!open.isEmpty()) {
                lines.add(open.stripTrailing());
            }
            open = word;
            while (width.applyAsInt(open) > most && open.codePointCount(0, open.length()) > 1) {
                int cut = fitting(open, most, width);
                lines.add(open.substring(0, cut));
                open = open.substring(cut);
            }
        }
        lines.add(open.stripTrailing());
        return lines;
    }

    /** How much of a word fits: up to a sign inside it if there is one, and at least one character. */
    private static int fitting(String word, int most, ToIntFunction<String> width) {
        int cut = word.offsetByCodePoints(0, 1);
        while (cut < word.length()) {
            int next = word.offsetByCodePoints(cut, 1);
            if (width.applyAsInt(word.substring(0, next)) > most) {
                return afterSign(word, cut);
            }
            cut = next;
        }
        return cut;
    }

    /** The last place after a sign that names are put together with, in the second half of what fits. */
    private static int afterSign(String word, int fits) {
        for (int cut = fits; cut > fits / 2; cut--) {
            if ("_./=-,".indexOf(word.charAt(cut - 1)) >= 0) {
                return cut;
            }
        }
        return fits;
    }
}
