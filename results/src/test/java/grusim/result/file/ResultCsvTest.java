package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.ExampleRun;
import grusim.result.RunResult;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ResultCsvTest {
    @Test
    void metrics_areTheGoldenFile() throws IOException {
        assertThat(ResultCsv.metrics(ExampleRun.small())).isEqualTo(ResultJsonTest.golden("example-result.csv"));
    }

    @Test
    void latency_endsWithEverySample() {
        // 1,500 and 2,001 ps are both below 2,048 and hence kept exactly.
        assertThat(ResultCsv.latency(ExampleRun.small()))
                .startsWith("metric,upToNs,cumulativeCount\ninstruction.vload,1,1\n")
                .contains("instruction.vload,20,20\n")
                .endsWith("dropin.interrupt,1.5,1\ndropin.interrupt,2.001,2\n");
    }

    @Test
    void series_areInBucketsOfTheRun() {
        // The gauge is 2 from 500 ps on: a mean of 1 in the first 1,000 ps.
        assertThat(ResultCsv.series(ExampleRun.small())).isEqualTo("""
                        series,kind,fromNs,toNs,value,unit
                        tlb.hits,sum,0,1,3,events
                        tlb.hits,sum,1,2,4,events
                        tlb.hits,sum,2,2.5,0,events
                        tlb.occupancy,mean,0,1,1.000,entries
                        tlb.occupancy,mean,1,2,2.000,entries
                        tlb.occupancy,mean,2,2.5,2.000,entries
                        """);
    }

    @Test
    void attribution_leavesOutWhatTookNoTime() {
        assertThat(ResultCsv.attribution(ExampleRun.small())).isEqualTo("""
                        instruction,count,reason,totalNs
                        vload,20,service,150
                        vload,20,miss detect,60
                        """);
    }

    @Test
    void tables_ofAnEmptyRunAreHeaders() {
        RunResult empty = RunResult.builder("x", "1", 1).build();
        assertThat(ResultCsv.latency(empty)).isEqualTo("metric,upToNs,cumulativeCount\n");
        assertThat(ResultCsv.series(empty)).hasLineCount(1);
        assertThat(ResultCsv.attribution(empty)).hasLineCount(1);
    }
}
