package grusim.result.chart;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;

/** Where a chart puts its texts: records every text that is drawn, with the box around its letters. */
final class TextBoxes extends SVGGraphics2D {
    /** A text, and the box around it on the chart. */
    record Box(String text, Rectangle2D place) {
        boolean touches(Box other) {
            Rectangle2D common = place.createIntersection(other.place);
            return common.getWidth() > TOLERANCE && common.getHeight() > TOLERANCE;
        }

        boolean within(ChartSize size) {
            return place.getMinX() >= -TOLERANCE
                    && place.getMinY() >= -TOLERANCE
                    && place.getMaxX() <= size.width() + TOLERANCE
                    && place.getMaxY() <= size.height() + TOLERANCE;
        }
    }

    private static final double TOLERANCE = 1;

    private final List<Box> boxes;

    private TextBoxes(List<Box> boxes) {
        super(GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null));
        this.boxes = boxes;
    }

    private TextBoxes(TextBoxes other) {
        super(other);
        this.boxes = other.boxes;
    }

    /** All texts of a chart of that size. */
    static List<Box> of(JFreeChart chart, ChartSize size) {
        List<Box> boxes = new ArrayList<>();
        chart.draw(new TextBoxes(boxes), new Rectangle2D.Double(0, 0, size.width(), size.height()));
        return boxes;
    }

    @Override
    public Graphics2D create() {
        return new TextBoxes(this);
    }

    @Override
    public void drawString(String text, float x, float y) {
        if (!text.isBlank()) {
            FontRenderContext context = new FontRenderContext(new AffineTransform(), true, true);
            Rectangle2D letters = getFont().createGlyphVector(context, text).getVisualBounds();
            Shape placed = getTransform()
                    .createTransformedShape(new Rectangle2D.Double(
                            x + letters.getX(), y + letters.getY(), letters.getWidth(), letters.getHeight()));
            boxes.add(new Box(text, placed.getBounds2D()));
        }
        super.drawString(text, x, y);
    }
}
