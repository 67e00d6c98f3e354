package grusim.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TghChoiceTest {
    private static int choose(DriverRig rig, int blade, int core, int chiplet) {
        int[] chosen = new int[1];
        rig.start(
                rig.machine.cpu(blade, core),
                rig.play().then(a -> chosen[0] = rig.driver.placement().chooseTgh(a, chiplet)));
        rig.run();
        return chosen[0];
    }

    private static Set<Integer> remoteChoices(DriverRig rig, int times) {
        Set<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < times; i++) {
            chosen.add(choose(rig, 1, 0, 0));
        }
        return chosen;
    }

    @Test
    void sixteenCpus_haveAHandleEach() {
        DriverRig rig = new DriverRig("machine.coresPerSocket=8", "machine.blades=2");
        assertThat(choose(rig, 0, 0, 0)).isZero();
        assertThat(choose(rig, 0, 15, 1)).isEqualTo(15);
        assertThat(choose(rig, 1, 3, 2)).isEqualTo(3);
        assertThat(remoteChoices(rig, 300)).containsExactly(16, 17, 18, 19, 20, 21, 22, 23);
    }

    @Test
    void seventeenToThirtyTwoCpus_shareInPairs() {
        DriverRig rig = new DriverRig("machine.socketsPerBlade=1", "machine.coresPerSocket=19", "machine.blades=2");
        assertThat(choose(rig, 0, 0, 0)).isZero();
        assertThat(choose(rig, 0, 1, 0)).isZero();
        assertThat(choose(rig, 0, 18, 0)).isEqualTo(9);
        assertThat(remoteChoices(rig, 400))
                .as("10 handles are local")
                .hasSize(14)
                .allMatch(handle -> handle >= 10 && handle < 24);
    }

    @Test
    void oneCpu_leavesTheOtherHandlesToRemoteOnes() {
        DriverRig rig = new DriverRig("machine.socketsPerBlade=1", "machine.coresPerSocket=1", "machine.blades=2");
        assertThat(choose(rig, 0, 0, 1)).isZero();
        assertThat(remoteChoices(rig, 600)).hasSize(23).doesNotContain(0);
    }
}
