package grusim.result.chart;

import grusim.result.AttributionShares;
import grusim.result.text.Quantity;
import java.awt.Graphics2D;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;

/** Names of instruction kinds, with count, mean and total in a fainter second and third line. */
final class KindAxis extends CategoryAxis {
    private static final long serialVersionUID = 1L;

    private final Theme theme;
    private final transient AttributionShares shares;

    KindAxis(Theme theme, AttributionShares shares) {
        this.theme = theme;
        this.shares = shares;
        setLowerMargin(0.02);
        setUpperMargin(0.02);
        setCategoryMargin(0.3);
        setMaximumCategoryLabelWidthRatio(0.4f);
        setAxisLineVisible(false);
        setTickMarksVisible(false);
    }

    @Override
    @SuppressWarnings("rawtypes")
    protected TextBlock createLabel(Comparable category, float width, RectangleEdge edge, Graphics2D g2) {
        int kind = shares.kinds().indexOf(category.toString());
        TextBlock label = new TextBlock();
        label.setLineAlignment(HorizontalAlignment.RIGHT);
        label.addLine(House.shorter(category.toString(), 24), House.TEXT, theme.text());
        String count = Quantity.count(shares.instructions(kind)) + " x " + Quantity.time(shares.meanPs(kind));
        label.addLine(count, House.SMALL, theme.faint());
        label.addLine("= " + Quantity.time(shares.totalPs(kind)), House.SMALL, theme.faint());
        return label;
    }
}
