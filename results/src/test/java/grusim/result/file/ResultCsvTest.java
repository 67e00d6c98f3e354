package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.ExampleRun;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.stat.Figures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultCsvTest {
    private static final Replications EXAMPLE = Replications.of(ExampleRun.small());

    @Test
    void figures_areTheGoldenFile() throws IOException {
        assertThat(FigureTable.csv(Figures.of(EXAMPLE))).isEqualTo(ResultJsonTest.golden("example-figures.csv"));
    }

    @Test
    void figures_asJsonLines_sayTheSame() {
        List<String> lines = FigureTable.jsonLines(Figures.of(EXAMPLE)).lines().toList();
        assertThat(lines).hasSameSizeAs(Figures.of(EXAMPLE));
        assertThat(lines.get(0))
                .isEqualTo("{\"metric\":\"simulatedPs\",\"statistic\":\"value\",\"value\":2500,\"unit\":\"ps\","
                        + "\"count\":1,\"noInterval\":\"counted exactly in one run; replications give one\"}");
        assertThat(lines)
                .contains("{\"metric\":\"latency.dropin.interrupt\",\"statistic\":\"p99Ns\",\"unit\":\"ns\","
                        + "\"count\":2,\"noInterval\":\"too few samples\"}");
    }

    @Test
    void figures_ofReplications_haveTheirIntervals() {
        Replications three = new Replications(List.of(ExampleRun.small(), ExampleRun.small(), ExampleRun.small()));
        assertThat(FigureTable.csv(Figures.of(three)))
                .contains("counters.driver.tlb_dropin,value,2,events,3,2,2,0.95,Student t over 3 replications,3,\n");
    }

    @Test
    void latency_endsWithEverySample() {
        // 1,500 and 2,001 ps are both below 2,048 and hence kept exactly.
        assertThat(ResultCsv.latency(EXAMPLE))
                .startsWith("metric,upToNs,cumulativeCount\ninstruction.vload,1,1\n")
                .contains("instruction.vload,20,20\n")
                .endsWith("dropin.interrupt,1.5,1\ndropin.interrupt,2.001,2\n");
    }

    @Test
    void series_areInBucketsOfTheRun() {
        // The gauge is 2 from 500 ps on: a mean of 1 in the first 1,000 ps.
        assertThat(ResultCsv.series(EXAMPLE)).isEqualTo("""
                        replication,series,kind,fromNs,toNs,value,unit
                        0,tlb.hits,sum,0,1,3,events
                        0,tlb.hits,sum,1,2,4,events
                        0,tlb.hits,sum,2,2.5,0,events
                        0,tlb.occupancy,mean,0,1,1.000,entries
                        0,tlb.occupancy,mean,1,2,2.000,entries
                        0,tlb.occupancy,mean,2,2.5,2.000,entries
                        """);
    }

    @Test
    void attribution_leavesOutWhatTookNoTime() {
        assertThat(ResultCsv.attribution(EXAMPLE)).isEqualTo("""
                        instruction,count,reason,totalNs
                        vload,20,service,150
                        vload,20,miss detect,60
                        """);
    }

    @Test
    void tables_ofAnEmptyRunAreHeaders() {
        RunResult empty = RunResult.builder("x", "1", 1).build();
        assertThat(ResultCsv.latency(Replications.of(empty))).isEqualTo("metric,upToNs,cumulativeCount\n");
        assertThat(ResultCsv.series(Replications.of(empty))).hasLineCount(1);
        assertThat(ResultCsv.attribution(Replications.of(empty))).hasLineCount(1);
    }
}
