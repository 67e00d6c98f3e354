package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.load.SpecLoader;
import org.junit.jupiter.api.Test;

final class RegionPlacesTest {
    @Test
    void chosenPlaces_avoidFixedOnes() {
        Simulation simulation = SimulationBuilder.build(SpecLoader.resolveJson("""
                {"name": "a", "processes": [{"name": "p", "regions": [
                  {"name": "first", "size": "4 KiB"},
                  {"name": "fixed", "size": "4 KiB", "at": "0x100000102000"},
                  {"name": "second", "size": "4 KiB"}]}]}"""), RunOptions.standard("test"));
        ProcessRun process = simulation.processes().get(0);
        assertThat(process.base(1)).isEqualTo(0x1000_0010_2000L);
        assertThat(process.base(0)).isEqualTo(0x1000_8000_0000L);
        assertThat(process.base(2)).isEqualTo(0x1001_0000_0000L);
        assertThat(process.mm.vmas().count()).isEqualTo(3);
    }
}
