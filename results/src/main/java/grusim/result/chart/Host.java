package grusim.result.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** What drawing needs from the host: no display, but at least one font. */
final class Host {
    private static final String NO_FONTS =
            "this JDK finds no fonts; install fontconfig and a font, for example fonts-dejavu-core";

    private Host() {}

    /** Why this host cannot draw, if so. Tells the toolkit to do without a display unless the user said otherwise. */
    static Optional<String> obstacle() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            int width = g.getFontMetrics(House.TEXT).stringWidth("0");
            g.dispose();
            return width > 0 ? Optional.empty() : Optional.of(NO_FONTS);
        } catch (RuntimeException | InternalError | LinkageError e) {
            // The toolkit reports missing fonts or font libraries in a different way in every JDK.
            return Optional.of(NO_FONTS);
        }
    }

    /** Throws if this host cannot draw. Must come before anything of the toolkit is touched. */
    static void prepare() throws IOException {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
    }
}
