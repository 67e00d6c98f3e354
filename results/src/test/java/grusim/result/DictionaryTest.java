package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import grusim.result.Dictionary.Entry;
import grusim.result.file.DictionaryFile;
import grusim.result.text.DictionaryTable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DictionaryTest {
    private static final Dictionary SMALL = new Dictionary(List.of(
            new Entry("latency.instruction.*", "ns", "Duration of an instruction.", "model"),
            new Entry("latency.instruction.vload", "ns", "Duration of a load.", "model"),
            new Entry("counters.lock.*.wait", "ps", "Time waited | for the lock.", "model"),
            new Entry("counters.driver.tlb_dropin", "events", "Entries dropped in.", "Linux"),
            new Entry("statistic.meanNs", "ns", "Their mean.", "model")));

    @Test
    void find_prefersTheNameToAPattern() {
        assertThat(SMALL.find("latency.instruction.vload").orElseThrow().meaning())
                .isEqualTo("Duration of a load.");
        assertThat(SMALL.find("latency.instruction.gamir").orElseThrow().meaning())
                .isEqualTo("Duration of an instruction.");
        assertThat(SMALL.find("counters.lock.mmap_sem.read.wait")).isPresent();
        assertThat(SMALL.find("counters.lock.mmap_sem.hold")).isEmpty();
        assertThat(SMALL.find("latency.instruction.")).isEmpty();
    }

    @Test
    void matching_looksIntoNameMeaningAndSource() {
        assertThat(SMALL.matching("lock.*.wait").entries()).hasSize(1);
        assertThat(SMALL.matching("DURATION").entries()).hasSize(2);
        assertThat(SMALL.matching("linux").entries()).hasSize(1);
        assertThat(SMALL.matching("(").entries()).isEmpty();
    }

    @Test
    void of_namesWhatTheRunHas() {
        Dictionary there = SMALL.of(Replications.of(ExampleRun.small()));
        assertThat(there.entries())
                .extracting(Entry::metric)
                .containsExactly("counters.driver.tlb_dropin", "latency.instruction.vload", "statistic.meanNs");
    }

    @Test
    void metrics_areAllThatIsMeasured() {
        assertThat(Dictionary.metrics(Replications.of(ExampleRun.small())))
                .contains(
                        "simulatedPs",
                        "counters.vm.minor_faults",
                        "counters.mcs.tgh_invalidate",
                        "statistic.averageNs",
                        "statistic.p9999Ns",
                        "statistic.violations",
                        "series.tlb.hits",
                        "reason.miss detect")
                .doesNotContain("reason.none");
    }

    @Test
    void twoEntriesOfOneMetric_areRefused() {
        Entry entry = SMALL.entries().get(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dictionary(List.of(entry, entry)))
                .withMessageStartingWith("metric latency.instruction.* is declared twice");
    }

    @Test
    void files_haveARowForEachEntry() {
        assertThat(DictionaryFile.csv(SMALL.matching("mean."))).isEqualTo("""
                metric,unit,meaning,source
                statistic.meanNs,ns,Their mean.,model
                """);
        assertThat(DictionaryFile.markdown(SMALL.matching("wait"))).isEqualTo("""
                | metric | unit | meaning | source |
                |---|---|---|---|
                | `counters.lock.*.wait` | ps | Time waited \\| for the lock. | model |
                """);
        assertThat(DictionaryFile.json(SMALL)).contains("\"metric\": \"counters.driver.tlb_dropin\"");
        assertThat(DictionaryTable.render(SMALL.matching("driver"), 60, false)).isEqualTo("""
                counters.driver.tlb_dropin  events
                    Entries dropped in. (Linux)
                """);
    }
}
