package grusim.result.report;

import grusim.result.page.Markup;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture file as part of a page: without the prologue and the names of formats, which a page does not need, and with
 * identifiers that no other picture of the page has. Texts of the picture stay as they are.
 */
final class InlineSvg {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern NAMESPACE = Pattern.compile("\\s+xmlns(:\\w+)?=\"[^\"]*\"");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SPACE_AT_END = Pattern.compile("\\s+(/?>)$");
    private static final Pattern NAME = Pattern.compile(" id=\"|url\\(#|href=\"#");

    private InlineSvg() {}

    /**
     * The picture as markup.
     *
     * @param file the text of an SVG file
     * @param prefix what its identifiers begin with, distinct within a page
     * @param style classes of the style sheet
     * @param says what the picture shows, for those who do not see it
     */
    static String of(String file, String prefix, String style, String says) {
        int root = file.indexOf("<svg");
        if (root < 0) {
            throw new IllegalArgumentException(
                    prefix + " is no picture: it begins with " + file.substring(0, Math.min(40, file.length())));
        }
        String bare = COMMENT.matcher(file.substring(root)).replaceAll("").strip();
        String inside = TAG.matcher(bare).replaceAll(tag -> Matcher.quoteReplacement(tag(tag, prefix)));
        return "<svg class=\"" + style + "\" role=\"img\" aria-label=\"" + Markup.text(says) + "\""
                + inside.substring("<svg".length());
    }

    private static String tag(MatchResult tag, String prefix) {
        String plain = NAMESPACE.matcher(tag.group()).replaceAll("");
        String narrow = SPACE.matcher(plain).replaceAll(" ");
        String tight = SPACE_AT_END.matcher(narrow).replaceFirst("$1");
        return NAME.matcher(tight).replaceAll(name -> Matcher.quoteReplacement(name.group() + prefix + "-"));
    }
}
