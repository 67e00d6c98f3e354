package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import grusim.result.BusyRun;
import grusim.result.Replications;
import java.awt.Font;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TextWidthsTest {
    private static final Pattern TEXT =
            Pattern.compile("<text [^>]*textLength=\"([0-9.]+)\"[^>]*>([^<]*)</text", Pattern.DOTALL);

    private static List<MatchResult> texts(String svg) {
        return TEXT.matcher(svg).results().toList();
    }

    @Test
    void texts_areAsWideAsTheyWereLaidOut() {
        String svg = ChartSet.svg("latency-box", Replications.of(BusyRun.of()), Theme.LIGHT, ChartSize.STANDARD);
        List<MatchResult> texts = texts(svg);
        assertThat(svg.split("<text ", -1)).hasSize(texts.size() + 1);
        assertThat(width(texts, "Latency: how it spreads, by metric"))
                .isEqualTo(House.width("Latency: how it spreads, by metric", House.TITLE), offset(0.11));
        assertThat(width(texts, "time taken")).isEqualTo(House.width("time taken", House.TEXT), offset(0.11));
        assertThat(width(texts, "1 us")).isEqualTo(House.width("1 us", House.SMALL), offset(0.11));
        // bold and plain, large and small differ
        assertThat(House.width("1 us", House.SMALL))
                .isLessThan(House.width("1 us", new Font(Font.SANS_SERIF, Font.BOLD, 12)) - 1);
    }

    private static double width(List<MatchResult> texts, String text) {
        return texts.stream()
                .filter(found -> found.group(2).equals(text))
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .findFirst()
                .orElseThrow();
    }
}
