package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.ExampleRun;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.StatDeclaration;
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
        assertThat(table.points().get(1).figure("latency.dropin.interrupt.maxNs"))
                .isPresent();
    }

    @Test
    void csv_ofReplications_hasIntervalsForLocksToo() {
        SweepTable table = new SweepTable(List.of("ways"));
        table.add(List.of("1"), new Replications(List.of(waited(2), waited(4), waited(6))));
        // mean 4, standard error 1.1547, t(2) at 95% 4.3027: 4 +- 4.968, not below zero
        assertThat(table.csv())
                .contains("1,counters.lock.mmap_sem.read.wait,value,4,ps,3,0,8.968,0.95,"
                        + "Student t over 3 replications,3,\n");
    }

    private static RunResult waited(long ps) {
        return RunResult.builder("x", "1", ps)
                .counter(new StatDeclaration("lock.mmap_sem.read.wait", "ps", "Time waited.", "model"), ps)
                .build();
    }

    @Test
    void add_refusesTheWrongNumberOfValues() {
        SweepTable table = new SweepTable(List.of("a", "b"));
        assertThatThrownBy(() -> table.add(List.of("1"), ExampleRun.small())).hasMessage("1 values for 2 parameters");
    }
}
