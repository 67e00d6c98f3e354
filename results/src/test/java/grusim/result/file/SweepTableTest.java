package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.ExampleRun;
import grusim.result.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SweepTableTest {
    @Test
    void csv_hasParametersFirstAndOneRowPerNumber() {
        SweepTable table = new SweepTable(List.of("gru.tlb.ways", "gru.tlb.replacement"));
        table.add(
                List.of("1", "lru, or so"),
                RunResult.builder("x", "1", 1).simulatedPs(12).build());
        table.add(List.of("2", "fifo"), ExampleRun.small());
        String csv = table.csv();
        assertThat(csv)
                .startsWith("""
                        gru.tlb.ways,gru.tlb.replacement,metric,statistic,value,unit,count,low,high,level,method,samples,noInterval
                        1,"lru, or so",simulatedPs,value,12,ps,1,,,,,,counted exactly in one run; replications give one
                        """)
                .contains(
                        "2,fifo,latency.dropin.interrupt,meanNs,1.751,ns,2,,,,,,fewer than 128 samples in one run; 5 replications give one\n")
                .contains("2,fifo,latency.dropin.interrupt,p50Ns,,ns,2,,,,,,too few samples\n");
        assertThat(table.points().get(1).metric("latency.dropin.interrupt.maxNs"))
                .isPresent();
    }

    @Test
    void add_refusesTheWrongNumberOfValues() {
        SweepTable table = new SweepTable(List.of("a", "b"));
        assertThatThrownBy(() -> table.add(List.of("1"), ExampleRun.small())).hasMessage("1 values for 2 parameters");
    }
}
