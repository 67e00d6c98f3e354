package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllocationMapTest {
    /** Pairs 1, 4 and 63 are owned: blocks 0-5 are CBs 2, 3, 8, 9, 126, 127. */
    @Test
    void cbNumber_goesThroughTheMap() {
        long map = 1L << 1 | 1L << 4 | 1L << 63;
        int[] numbers = {2, 3, 8, 9, 126, 127};
        assertThat(AllocationMap.cbrs(map)).isEqualTo(6);
        for (int n = 0; n < numbers.length; n++) {
            assertThat(AllocationMap.cbNumber(map, n)).isEqualTo(numbers[n]);
            assertThat(AllocationMap.user(map, numbers[n])).isEqualTo(n);
        }
        assertThat(AllocationMap.user(map, 4)).isEqualTo(-1);
        assertThat(AllocationMap.user(map, 128)).isEqualTo(-1);
        assertThatThrownBy(() -> AllocationMap.cbNumber(map, 6)).hasMessage("control block: 6; accepted: 0 .. 5");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void user_isTheInverseOfCbNumber(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            long map = random.nextLong() & -1L << random.nextInt(64);
            int owned = 0;
            for (int cb = 0; cb < ChipletMap.CBRS; cb++) {
                int user = AllocationMap.user(map, cb);
                if (user >= 0) {
                    assertThat(user).as("seed %d map %x", seed, map).isEqualTo(owned++);
                    assertThat(AllocationMap.cbNumber(map, user)).isEqualTo(cb);
                }
            }
            assertThat(owned).isEqualTo(AllocationMap.cbrs(map));
        }
    }

    @Test
    void units_areRoundedUp() {
        assertThat(AllocationMap.cbrUnits(1)).isEqualTo(1);
        assertThat(AllocationMap.cbrUnits(3)).isEqualTo(2);
        assertThat(AllocationMap.cbrUnits(128)).isEqualTo(64);
        assertThat(AllocationMap.dsrUnits(1024)).isEqualTo(1);
        assertThat(AllocationMap.dsrUnits(1025)).isEqualTo(2);
        assertThat(AllocationMap.dsrUnits(32768)).isEqualTo(32);
        assertThatThrownBy(() -> AllocationMap.cbrUnits(129)).hasMessage("control blocks: 129; accepted: 0 .. 128");
    }

    @Test
    void lowest_takesTheFirstFreeUnits() {
        assertThat(AllocationMap.lowest(0b1011_0100, 3)).isEqualTo(0b0011_0100);
        assertThat(AllocationMap.lowest(0b1011_0100, 5)).isZero();
        assertThat(AllocationMap.lowest(-1L, 64)).isEqualTo(-1L);
    }
}
