package grusim.result.report;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An SVG element as part of a page: under a class of the style sheet, and without the space its printer leaves. */
final class InlineSvg {
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SPACE_AT_END = Pattern.compile("\\s+(/?>)$");
    private static final Pattern NAME = Pattern.compile(" id=\"|url\\(#|href=\"#");

    private InlineSvg() {}

    /**
     * The element with classes of the style sheet.
     *
     * @param svg an element whose texts are escaped and whose identifiers are its own
     * @param prefix what its identifiers begin with, if another picture may have the same; or empty
     */
    static String of(String svg, String style, String prefix) {
        if (!svg.startsWith("<svg")) {
            throw new IllegalArgumentException(
                    "no SVG element: it begins with \"" + svg.substring(0, Math.min(40, svg.length())) + "\"");
        }
        String bare = COMMENT.matcher(svg).replaceAll("").strip();
        String inside = TAG.matcher(bare).replaceAll(tag -> Matcher.quoteReplacement(tag(tag, prefix)));
        return "<svg class=\"" + style + "\"" + inside.substring("<svg".length());
    }

    private static String tag(MatchResult tag, String prefix) {
        String narrow = SPACE.matcher(tag.group()).replaceAll(" ");
        String tight = SPACE_AT_END.matcher(narrow).replaceFirst("$1");
        return NAME.matcher(tight).replaceAll(name -> Matcher.quoteReplacement(name.group() + prefix));
    }
}
