package grusim.result.chart;

import java.awt.Font;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Makes the texts of an SVG picture as wide as they were laid out, whatever fonts the reader has: names that end at an
 * axis still end there, and none grows into another.
 */
final class TextWidths {
    private static final String USUAL_SIZE = "12px";

    private TextWidths() {}

    /** Says at every text how wide it is. */
    static void fix(Element root) {
        NodeList texts = root.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            double width = House.width(text.getTextContent(), font(text));
            if (width > 0) {
                String length = BigDecimal.valueOf(width)
                        .setScale(1, RoundingMode.HALF_UP)
                        .toPlainString();
                text.setAttributeNS(null, "textLength", length);
                text.setAttributeNS(null, "lengthAdjust", "spacingAndGlyphs");
            }
        }
    }

    private static Font font(Element text) {
        String size = inherited(text, "font-size", USUAL_SIZE).replace("px", "");
        boolean bold = inherited(text, "font-weight", "").equals("bold");
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont(Float.parseFloat(size));
    }

    private static String inherited(Element of, String attribute, String otherwise) {
        for (Node node = of; node instanceof Element element; node = element.getParentNode()) {
            if (element.hasAttribute(attribute)) {
                return element.getAttribute(attribute);
            }
        }
        return otherwise;
    }
}
