package grusim.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Designs;
import grusim.result.compare.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTableTest {
    private static final Comparison PAIRED = Comparison.of(Designs.of(5, 1, 1), Designs.of(5, 1, 1.1), Terms.STANDARD);

    private static String render(String... conditions) {
        List<Condition.Judgement> judged = List.of(conditions).stream()
                .map(text -> Condition.parse(text).judge(PAIRED))
                .toList();
        return ComparisonTable.render(PAIRED, judged, false);
    }

    @Test
    void render_showsDesignVerdictFiguresAndMethod() {
        String text = render();
        assertThat(text)
                .contains("A  test  grusim 0, 5 replications from seed 1")
                .contains("design  gru.factor  1.0 -> 1.1")
                .contains("- B's dropin.interrupt: mean 10% higher")
                .containsPattern("dropin.interrupt mean +3\\.\\d+ us +3\\.\\d+ us +\\+10\\.0% .* higher")
                .containsPattern("instruction.vload p50 +\\d+ ns +\\d+ ns .* identical")
                .contains("other figures that differ")
                .containsPattern("device.dropinsKilled +100 +110 +\\+10\\.0% +\\+9\\.47% \\.\\. \\+10\\.5% +higher")
                .containsPattern("figure +A +B +change +95% interval +verdict")
                .contains("5 of 5 figures tested differ (correction fdr: ")
                .contains("5 pairs of runs with the same random numbers");
        assertThat(text.lines()).allMatch(line -> line.length() <= SummaryTable.WIDTH);
    }

    @Test
    void render_saysWhichConditionsFail() {
        assertThat(render("latency.dropin.interrupt.meanNs > +5%", "latency.dropin.interrupt.meanNs > +20%"))
                .contains("FAILS  if latency.dropin.interrupt.meanNs > +5%: dropin.interrupt mean: 10% higher")
                .contains("holds  if latency.dropin.interrupt.meanNs > +20%: dropin.interrupt mean: 10% higher");
    }
}
