package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.text.Quantity;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecadeAxisTest {
    @ParameterizedTest
    @CsvSource({"1500, 2001, 1000, 5000", "1, 1, 1, 10", "0, 3, 1, 5", "100, 1000, 100, 1000", "499, 501, 200, 1000"})
    void range_endsAtOneTwoOrFive(double least, double largest, double lower, double upper) {
        DecadeAxis axis = new DecadeAxis("x", least, largest, Quantity::time);
        assertThat(axis.getLowerBound()).isEqualTo(lower);
        assertThat(axis.getUpperBound()).isEqualTo(upper);
    }

    @Test
    void labels_areAtOneTwoFiveWhereThereIsRoomElseAtDecades() {
        DecadeAxis axis = new DecadeAxis("x", 1000, 100_000, Quantity::time);
        assertThat(labels(axis, 600)).containsExactly("1 ns", "2 ns", "5 ns", "10 ns", "20 ns", "50 ns", "100 ns");
        assertThat(labels(axis, 200)).containsExactly("1 ns", "10 ns", "100 ns");
    }

    @Test
    void labels_skipDecadesWhenTheyWouldTouch() {
        DecadeAxis axis = new DecadeAxis("x", 1, 1_000_000_000_000L, Quantity::time);
        assertThat(labels(axis, 400)).containsExactly("1 ps", "100 ps", "10 ns", "1 us", "100 us", "10 ms", "1 s");
    }

    private static List<String> labels(DecadeAxis axis, int width) {
        var g2 = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        return axis.refreshTicksHorizontal(g2, new Rectangle2D.Double(0, 0, width, 100), RectangleEdge.BOTTOM).stream()
                .map(NumberTick::getText)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
