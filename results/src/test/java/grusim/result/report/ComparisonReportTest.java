package grusim.result.report;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.BusyRun;
import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Terms;
import grusim.result.page.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class ComparisonReportTest {
    private static final Comparison TWICE = Comparison.of(design(4, 1), design(8, 2), Terms.STANDARD);

    private static final String PAGE = ComparisonReport.render(
            TWICE,
            List.of(Condition.parse("latency.dropin.interrupt.meanNs > +5%").judge(TWICE)),
            "4 of 5 targets",
            "./grusim compare a b",
            false);

    /** Five runs of 2,000 dropins around 3 us times a factor, each run with luck of its own. */
    private static Replications design(int ways, double factor) {
        List<RunResult> runs = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            double luck = 1 + 0.01 * random.nextGaussian();
            LatencyHistogram dropin = new LatencyHistogram();
            for (int i = 0; i < 2000; i++) {
                dropin.record(Math.round(3e6 * factor * luck * StrictMath.exp(0.3 * random.nextGaussian())));
            }
            ObjectNode spec = JsonNodeFactory.instance.objectNode().put("name", "example");
            spec.putObject("gru").put("ways", ways);
            runs.add(RunResult.builder("example", "0.1.0", seed)
                    .spec(spec)
                    .simulatedPs(1_000_000_000)
                    .events(100)
                    .eventHash(seed * 10L + ways)
                    .latency("dropin.interrupt", dropin)
                    .build());
        }
        return new Replications(runs);
    }

    @Test
    void render_saysTheVerdictBeforeTheFigures() {
        assertThat(PAGE)
                .containsSubsequence(
                        "<h1>example: A and B</h1>",
                        "A in 5 replications from seed 1",
                        "In short",
                        Markup.text(TWICE.verdict().get(0)),
                        "What designs are judged by",
                        "dropin.interrupt p99",
                        "What differs",
                        "gru.ways",
                        "How to get this again",
                        "<pre>./grusim compare a b</pre>");
    }

    @Test
    void render_saysWhichConditionsFail_andHowFarItIsCalibrated() {
        assertThat(PAGE)
                .containsSubsequence(
                        "Fails",
                        "if latency.dropin.interrupt.meanNs &gt; +5%: dropin.interrupt mean: 100% higher",
                        "Calibration",
                        "4 of 5 targets",
                        "In short");
    }

    /** Everything takes exactly twice as long, so that each change is 100%. */
    @Test
    void figures_showBothDesignsAndTheChange() {
        String row = PAGE.substring(PAGE.lastIndexOf(">dropin.interrupt mean<"));
        row = row.substring(0, row.indexOf("</tr>"));
        assertThat(row).contains("+100.0%", "data-label=\"A\"", "data-label=\"B\"", ">100% higher<", "&lt; 0.001");
        assertThat(PAGE).contains("<tr class=\"worse\">").doesNotContain("<tr class=\"better\">");
    }

    @Test
    void charts_standInPairsWithNamesOfTheirOwn() {
        Replications busy = Replications.of(BusyRun.of());
        String page = ComparisonReport.render(
                Comparison.of(busy, busy, Terms.STANDARD), List.of(), RunReport.NOT_CALIBRATED, "", true);
        assertThat(page).contains("id=\"chart-A-latency-cdf\"", "id=\"chart-B-latency-cdf\"");
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(page).doesNotContain("//", "src=", "@import");
    }

    @Test
    void hostileTexts_areEscaped() {
        Comparison hostile = Comparison.of(HostileRun.of(), HostileRun.of(), Terms.STANDARD);
        String page = ComparisonReport.render(hostile, List.of(), HostileRun.BREAKOUT, HostileRun.BREAKOUT, true);
        assertThat(page.split("<script", -1)).hasSize(2);
        assertThat(page).doesNotContain("<img").contains("&lt;script&gt;");
    }
}
