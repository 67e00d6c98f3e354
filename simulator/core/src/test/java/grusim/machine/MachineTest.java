package grusim.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.workload.MachineSpec;
import grusim.workload.load.SpecLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MachineTest {
    private static Machine machine(String... settings) {
        MachineSpec spec = SpecLoader.fromJson("{\"name\": \"test\"}", settings).machine();
        return new Machine(
                Engine.timed(new SequentialMemory(), 1),
                spec,
                new PhysicalMemory(spec.blades(), spec.memoryPerBladeBytes(), true));
    }

    @ParameterizedTest
    @CsvSource({
        // 4 blades per router: 0-3, 4-7 .. hang on one router each; 4 routers on one of the next level
        "0, 0, 0",
        "0, 3, 1",
        "0, 4, 3",
        "3, 15, 3",
        "0, 16, 5",
        "16, 19, 1",
        "63, 0, 5",
        "64, 0, 7"
    })
    void hops_countTheRoutersUpAndDownTheTree(int from, int to, int hops) {
        Topology topology = new Topology(128, 2, 8, 1, 2, 4);
        assertThat(topology.hops(from, to)).isEqualTo(hops);
        assertThat(topology.hops(to, from)).isEqualTo(hops);
    }

    @Test
    void chiplets_areNumberedThroughTheBlades() {
        Topology topology = new Topology(3, 2, 8, 1, 2, 4);
        assertThat(topology.chiplets()).isEqualTo(6);
        assertThat(topology.chiplet(2, 1)).isEqualTo(5);
        assertThat(topology.bladeOfChiplet(5)).isEqualTo(2);
    }

    @Test
    void flight_isTheHopsTimesTheHopLatency() {
        Interconnect uv = machine("machine.blades=64", "machine.preset=uv1000").interconnect();
        assertThat(uv.flightPs(0, 0)).isZero();
        assertThat(uv.flightPs(0, 7)).isEqualTo(60_000);
        assertThat(uv.flightPs(0, 8)).isEqualTo(180_000);
        Interconnect altix =
                machine("machine.blades=64", "machine.preset=altix4700").interconnect();
        assertThat(2 * altix.flightPs(0, 7)).as("router crossing, round trip").isEqualTo(50_000);
        assertThat(altix.memory(0).latencyPs()).isEqualTo(131_000);
    }

    @Test
    void cpu_isTheSameOneWheneverAsked() {
        Machine machine = machine("machine.blades=2");
        assertThat(machine.cpu(1, 15)).isSameAs(machine.cpu(1, 15));
        assertThat(machine.cpu(1, 15).name()).isEqualTo("blade1.cpu15");
        assertThatThrownBy(() -> machine.cpu(2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cpu: blade 2 cpu 0; accepted: blade 0 .. 1, cpu 0 .. 15");
        assertThatThrownBy(() -> machine.cpu(0, 16)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hyperthreads_areNumberedAfterTheCores() {
        Machine machine = machine("machine.blades=2", "machine.threadsPerCore=2");
        assertThat(machine.topology().cpusPerBlade()).isEqualTo(32);
        assertThat(machine.cpuOfBlade(machine.cpu(1, 19))).isEqualTo(19);
        assertThat(machine.coreOfBlade(machine.cpu(1, 19))).isEqualTo(3);
        assertThat(machine.coreOfBlade(machine.cpu(1, 3))).isEqualTo(3);
        assertThat(machine.blade(machine.cpu(1, 31))).isEqualTo(1);
        assertThatThrownBy(() -> machine.cpu(0, 32)).isInstanceOf(IllegalArgumentException.class);
    }
}
