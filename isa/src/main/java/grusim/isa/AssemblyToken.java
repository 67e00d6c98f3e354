package grusim.isa;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a line of assembly.
 *
 * @param column where it begins, counted from 1
 */
record AssemblyToken(String text, int column) {
    /** The words of a line: separated by blanks and commas, up to a comment. */
    static List<AssemblyToken> split(String line) {
        List<AssemblyToken> tokens = new ArrayList<>();
        int end = commentStart(line);
        int at = 0;
        while (at < end) {
            if (separates(line.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            while (at < end && !separates(line.charAt(at))) {
                at++;
            }
            tokens.add(new AssemblyToken(line.substring(start, at), start + 1));
        }
        return tokens;
    }

    /** The parts between separators, each with its own column; empty parts are kept. */
    List<AssemblyToken> parts(char separator) {
        List<AssemblyToken> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                parts.add(new AssemblyToken(text.substring(start, i), column + start));
                start = i + 1;
            }
        }
        return parts;
    }

    /** An error at this token. */
    AssemblyException refuse(String problem, String accepted) {
        String shown = text.length() <= 60 ? text : text.substring(0, 57) + "...";
        return new AssemblyException(column, "%s \"%s\"; accepted: %s".formatted(problem, shown, accepted));
    }

    private static int commentStart(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ';' || line.charAt(i) == '#') {
                return i;
            }
        }
        return line.length();
    }

    private static boolean separates(char c) {
        return c == ' ' || c == '\t' || c == ',' || c == '\r';
    }
}
