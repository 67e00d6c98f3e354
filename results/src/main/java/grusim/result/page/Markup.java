package grusim.result.page;

/** Text as it stands in XML and HTML. */
public final class Markup {
    private Markup() {}

    /** The text with all that means something to a parser escaped, and what no document may hold replaced. */
    public static String text(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(out, point));
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
        }
    }

    private static boolean allowed(int point) {
        boolean control = point < ' ' ? point != '\n' && point != '\t' : point >= 0x7f && point < 0xa0;
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return !control && !half && (point & 0xfffe) != 0xfffe;
    }
}
