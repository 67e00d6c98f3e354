package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.TransferType;
import grusim.result.Counter;
import grusim.result.StatRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DeviceStatTest {
    private static Map<String, Long> totals(Rig... rigs) {
        List<Chiplet> chiplets = List.of(rigs).stream().map(rig -> rig.chiplet).toList();
        return DeviceStat.totals(chiplets).stream()
                .collect(Collectors.toMap(c -> c.declaration().name(), Counter::value));
    }

    private static Rig afterLoads(int loads) {
        Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY).mapped(1, 1, false);
        Script script = rig.script();
        for (int i = 0; i < loads; i++) {
            rig.execute(script, CB, vload(4096, 2, TransferType.CACHE_LINE));
        }
        rig.play("user", script);
        rig.run();
        return rig;
    }

    @Test
    void totals_addUpOverChiplets() {
        Map<String, Long> totals = totals(afterLoads(3), afterLoads(4));
        assertThat(totals)
                .containsEntry("device.instructions.vload", 7L)
                .containsEntry("device.linesRead", 14L)
                .containsEntry("device.tlbHits", 14L)
                .containsEntry("device.tlbMisses", 0L)
                .containsEntry("device.retriesPerMiss.0", 0L);
    }

    @Test
    void names_areDeclaredOnce() {
        StatRegistry registry = new StatRegistry();
        DeviceStat.totals(List.of()).forEach(counter -> registry.declare(counter.declaration()));
        assertThat(registry.size()).isEqualTo(DeviceStat.totals(List.of()).size());
    }
}
