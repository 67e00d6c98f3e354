package grusim.result.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Turns a chart into a file. */
final class Picture {
    private static final int PIXEL_RATIO = 2;

    private Picture() {}

    static void write(JFreeChart chart, ChartSize size, ChartFormat format, Path file) throws IOException {
        switch (format) {
            case PNG -> png(chart, size, file);
            case SVG -> svg(chart, size, file);
        }
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

    private static void png(JFreeChart chart, ChartSize size, Path file) throws IOException {
        Files.write(file, Png.encode(image(chart, size)));
    }

    private static void svg(JFreeChart chart, ChartSize size, Path file) throws IOException {
        Document document = GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("drawn by grusim");
        SVGGraphics2D g = new SVGGraphics2D(context, false);
        g.setSVGCanvasSize(new Dimension(size.width(), size.height()));
        chart.draw(g, area(size));
        Element root = g.getRoot();
        root.setAttributeNS(null, "viewBox", "0 0 " + size.width() + " " + size.height());
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            g.stream(root, out);
        }
    }

    private static Rectangle2D area(ChartSize size) {
        return new Rectangle2D.Double(0, 0, size.width(), size.height());
    }
}
