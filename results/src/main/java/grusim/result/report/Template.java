package grusim.result.report;

import com.samskivert.mustache.Mustache;
import grusim.result.page.Markup;
import grusim.result.page.Paper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The page's frame: template, style sheet and script, which are resources of this package. The page forbids itself to load
 * anything and to run any script but the one whose hash it names, so that even a text that slipped through unescaped
 * could do nothing.
 */
final class Template {
    private static final String STYLE = ":root{color-scheme:light dark;" + Paper.LIGHT.declarations() + "}\n"
            + "@media screen and (prefers-color-scheme:dark){:root{" + Paper.DARK.declarations() + "}}\n"
            + resource("style.css");
    private static final String SCRIPT = resource("page.js");
    private static final com.samskivert.mustache.Template PAGE = Mustache.compiler()
            .withEscaper(Markup::text)
            .emptyStringIsFalse(true)
            .strictSections(true)
            .withLoader(Template::partial)
            .compile(resource("page.mustache"));

    private Template() {}

    /** The page as one HTML file. */
    static String print(Page page) {
        StringWriter out = new StringWriter(1 << 16);
        PAGE.execute(page, new Frame(STYLE, SCRIPT, hash(SCRIPT)), out);
        return out.toString();
    }

    /** What every page has alike. */
    private record Frame(String style, String script, String scriptHash) {}

    private static Reader partial(String name) {
        return new StringReader(resource(name + ".mustache"));
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
