package grusim.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FingerprintSetTest {
    @Test
    void add_agreesWithHashSet() {
        SplittableRandom random = new SplittableRandom(5);
        FingerprintSet set = new FingerprintSet();
        Set<Long> reference = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            // Small numbers repeat and collide; zero marks free places inside.
            long fingerprint = random.nextBoolean() ? random.nextInt(5_000) : random.nextLong();
            assertThat(set.add(fingerprint)).isEqualTo(reference.add(fingerprint));
        }
        assertThat(set.size()).isEqualTo(reference.size());
    }
}
