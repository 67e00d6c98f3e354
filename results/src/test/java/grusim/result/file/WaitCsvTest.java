package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.Attribution;
import grusim.result.ChipletCounts;
import grusim.result.StatDeclaration;
import grusim.result.Waterfall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WaitCsvTest {
    @Test
    void views_haveARowForEachPartThatTookTime() {
        Attribution times = new Attribution(List.of("p", "a, b"), List.of("memory", "poll"));
        times.add(0, 1, 1500);
        times.finished(0, 1500);
        times.add(1, 0, 7);
        times.finished(1, 7);
        assertThat(WaitCsv.views(Map.of("process", times.shares()))).isEqualTo("""
                view,group,count,reason,totalNs
                process,p,1,poll,1.5
                process,"a, b",1,memory,0.007
                """);
    }

    @Test
    void waterfalls_tellAllFromSlow() {
        Waterfall miss =
                new Waterfall("miss.user", List.of("a", "b"), List.of(3000L, 5L), 9, 1500, List.of(1000L, 0L), 1);
        assertThat(WaitCsv.waterfalls(List.of(miss))).isEqualTo("""
                waterfall,cases,count,fromNs,phase,totalNs
                miss.user,all,9,0,a,3
                miss.user,all,9,0,b,0.005
                miss.user,p99,1,1.5,a,1
                miss.user,p99,1,1.5,b,0
                """);
    }

    @Test
    void chiplets_areCountedOnTheirBlade() {
        StatDeclaration hits = new StatDeclaration("chiplet.tlbHits", "lookups", "Hits.", "model");
        assertThat(WaitCsv.chiplets(List.of(new ChipletCounts(hits, 2, List.of(5L, 6L, 7L, 8L)))))
                .isEqualTo("""
                statistic,blade,chiplet,value,unit
                tlbHits,0,0,5,lookups
                tlbHits,0,1,6,lookups
                tlbHits,1,0,7,lookups
                tlbHits,1,1,8,lookups
                """);
    }
}
