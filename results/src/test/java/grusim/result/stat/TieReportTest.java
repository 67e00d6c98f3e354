package grusim.result.stat;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.LatencyHistogram;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.StatDeclaration;
import grusim.result.file.TieCsv;
import grusim.result.text.TieTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TieReportTest {
    /** A run with two counters. */
    private static RunResult run(long one, long other) {
        return RunResult.builder("r", "1", 1)
                .counter(new StatDeclaration("device.one", "events", "One.", "model"), one)
                .counter(new StatDeclaration("device.other", "events", "Other.", "model"), other)
                .build();
    }

    /** Five replications whose first counter is 98 to 102, and the second what is given. */
    private static Replications runs(long shift, long other) {
        List<RunResult> runs = new ArrayList<>();
        for (int i = -2; i <= 2; i++) {
            runs.add(run(100 + shift + i, other));
        }
        return new Replications(runs);
    }

    private static TieShift shift(TieReport report, String path) {
        return report.shifts().stream()
                .filter(shift -> shift.figure().path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void figures_areJudgedByTheirIntervals() {
        // 98, 99, 100, 101, 102: mean 100, deviation 1.58, standard error 0.707; t of 4 degrees 2.776: 98.04 to 101.96
        TieReport report = TieReport.of(runs(0, 7), List.of(runs(1, 7), runs(3, 7), runs(-1, 7)));
        TieShift one = shift(report, "counters.device.one");
        assertThat(one.kind()).isEqualTo(TieShift.Kind.BEYOND);
        assertThat(one.beyond()).isEqualTo(1);
        assertThat(one.orders()).isEqualTo(3);
        assertThat(one.least()).isEqualByComparingTo(new BigDecimal(99));
        assertThat(one.most()).isEqualByComparingTo(new BigDecimal(103));
        assertThat(one.relative()).isBetween(0.0299, 0.0301);
        assertThat(shift(report, "counters.device.other").kind()).isEqualTo(TieShift.Kind.SAME);
        assertThat(shift(TieReport.of(runs(0, 7), List.of(runs(1, 7))), "counters.device.one")
                        .kind())
                .isEqualTo(TieShift.Kind.WITHIN);
    }

    @Test
    void oneRun_hasNoIntervalForItsCounters() {
        TieReport report = TieReport.of(
                Replications.of(run(5, 0)), List.of(Replications.of(run(6, 2)), Replications.of(run(5, 0))));
        assertThat(shift(report, "counters.device.one").kind()).isEqualTo(TieShift.Kind.NO_INTERVAL);
        assertThat(shift(report, "counters.device.other").relative()).isEqualTo(1);
        assertThat(report.strongest(TieShift.Kind.NO_INTERVAL).stream()
                        .map(s -> s.figure().path()))
                .containsExactly("counters.device.other", "counters.device.one");
        assertThat(report.count(TieShift.Kind.BEYOND)).isZero();
    }

    @Test
    void rangeOfOtherOrders_leavesTheRunInOrderOut() {
        TieShift one = shift(TieReport.of(runs(0, 7), List.of(runs(-40, 7), runs(-20, 7))), "counters.device.one");
        assertThat(one.least()).isEqualByComparingTo("60");
        assertThat(one.most()).isEqualByComparingTo("80");
        assertThat(one.beyond()).isEqualTo(2);
        assertThat(one.relative()).isBetween(0.3999, 0.4001);
    }

    @Test
    void table_namesTheFiguresThatMove() {
        TieReport report = TieReport.of(runs(0, 7), List.of(runs(3, 7), runs(4, 7)));
        assertThat(TieTable.lines(report))
                .anyMatch(line -> line.startsWith("Events of the same time in 2 other orders: of ")
                        && line.endsWith(" 0 change within their interval, 1 leave it."))
                .anyMatch(line -> line.matches("counters.device.one +100 +98.04 .. 102 +103 .. 104 +4% +2 of 2"));
        assertThat(TieTable.lines(TieReport.of(runs(0, 7), List.of(runs(0, 7)))))
                .singleElement()
                .asString()
                .startsWith("Events of the same time in 1 other order: ");
    }

    @Test
    void sentences_tellOfLeadingFiguresOnly() {
        List<RunResult> slow = new ArrayList<>();
        List<RunResult> fast = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            slow.add(load(9_000 + i));
            fast.add(load(1_000 + i));
        }
        TieReport report = TieReport.of(new Replications(fast), List.of(new Replications(slow)));
        assertThat(TieTable.sentences(report))
                .anyMatch(
                        s -> s.startsWith("latency.instruction.vload.meanNs depends on that order: 1 ns as it was run,"
                                        + " its interval 1 ns .. ")
                                && s.endsWith(", but 9 ns .. 9 ns in other orders, outside in 1 of 1."))
                .noneMatch(s -> s.contains("maxNs"));
    }

    private static RunResult load(long ps) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(ps);
        return RunResult.builder("r", "1", ps)
                .latency("instruction.vload", histogram)
                .build();
    }

    @Test
    void csv_hasARowForEachFigure() {
        TieReport report = TieReport.of(runs(0, 7), List.of(runs(3, 7)));
        List<String> lines = TieCsv.print(report).lines().toList();
        assertThat(lines).hasSize(report.shifts().size() + 1);
        assertThat(lines.get(0)).isEqualTo("metric,statistic,unit,value,low,high,least,most,beyond,orders,verdict");
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("counters.device.one,value,events,100") && line.endsWith(",1,1,beyond"));
        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith("counters.device.other,value,events,7") && line.endsWith(",0,1,same"));
    }
}
