package grusim.result.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Turns a chart into a picture. */
final class Picture {
    private static final int PIXEL_RATIO = 2;
    private static final String SVG_SPACE = "http://www.w3.org/2000/svg";
    private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private Picture() {}

    static void write(JFreeChart chart, ChartSize size, ChartFormat format, Path file) throws IOException {
        Files.write(file, file(chart, size, format));
    }

    /** The bytes of a file. */
    static byte[] file(JFreeChart chart, ChartSize size, ChartFormat format) {
        return switch (format) {
            case PNG -> Png.encode(image(chart, size));
            case SVG -> (HEADER + svg(chart, size, "") + "\n").getBytes(StandardCharsets.UTF_8);
        };
    }

    static BufferedImage image(JFreeChart chart, ChartSize size) {
        BufferedImage image =
                new BufferedImage(size.width() * PIXEL_RATIO, size.height() * PIXEL_RATIO, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(PIXEL_RATIO, PIXEL_RATIO);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        chart.draw(g, area(size));
        g.dispose();
        return image;
    }

    /** The SVG element, its definitions named with a prefix so that several fit into one page. */
    static String svg(JFreeChart chart, ChartSize size, String prefix) {
        Document document = GenericDOMImplementation.getDOMImplementation().createDocument(SVG_SPACE, "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("drawn by grusim");
        context.setIDGenerator(new Names(prefix));
        SVGGraphics2D g = new SVGGraphics2D(context, false);
        g.setSVGCanvasSize(new Dimension(size.width(), size.height()));
        chart.draw(g, area(size));
        Element root = g.getRoot();
        TextWidths.fix(root);
        root.setAttributeNS(null, "viewBox", "0 0 " + size.width() + " " + size.height());
        root.setAttributeNS(null, "role", "img");
        root.setAttributeNS(null, "aria-label", chart.getTitle().getText());
        StringWriter out = new StringWriter();
        try {
            g.stream(root, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = out.toString();
        text = text.substring(text.indexOf("<svg")).strip();
        return prefix.isEmpty() ? text : inPage(text, prefix);
    }

    /** Within a page of HTML an SVG element needs no name spaces, and every name must be its own. */
    private static String inPage(String svg, String prefix) {
        return svg.replaceFirst(" xmlns=\"[^\"]*\"", "")
                .replaceFirst(" xmlns:xlink=\"[^\"]*\"", "")
                .replace("id=\"genericDefs\"", "id=\"" + prefix + "genericDefs\"");
    }

    private static Rectangle2D area(ChartSize size) {
        return new Rectangle2D.Double(0, 0, size.width(), size.height());
    }

    /** Names for definitions, counted from one. */
    private static final class Names extends SVGIDGenerator {
        private final String prefix;

        Names(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String generateID(String kind) {
            return prefix + super.generateID(kind);
        }
    }
}
