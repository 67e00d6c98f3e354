package grusim.gru;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs against a plain byte array, while pages move under them. A failure names its seed. */
@Tag("protocol")
final class RandomProgramTest {
    private static final int MOST_STEPS = 5_000_000;

    private static Rig rig(boolean timed, long seed, String... more) {
        SplittableRandom draws = new SplittableRandom(seed);
        List<String> settings = new ArrayList<>(List.of(
                "gru.tlb.sets=" + (1 << draws.nextInt(3)),
                "gru.tlb.ways=" + (2 << draws.nextInt(2)),
                "gru.tlb.replacement="
                        + List.of("lru", "fifo", "plru", "random").get(draws.nextInt(4)),
                "gru.tlb.indexHash=" + List.of("modulo", "xor").get(draws.nextInt(2)),
                "gru.linesInFlightPerCbr=" + (1 + draws.nextInt(6)),
                "gru.linesInFlightPerChiplet=" + (1 + draws.nextInt(12)),
                "gru.dropinPortWidth=" + (1 + draws.nextInt(2))));
        settings.addAll(List.of(more));
        Rig rig = new Rig(timed, seed, settings.toArray(String[]::new));
        for (int context = 0; context < 2; context++) {
            ContextConfiguration configuration = new ContextConfiguration(
                    draws.nextBoolean(),
                    false,
                    false,
                    false,
                    0,
                    false,
                    1L << context,
                    RandomWorld.segmentMap(context),
                    ContextConfiguration.asidsFrom(RandomWorld.asid(context)),
                    ContextConfiguration.sizes(1));
            rig.play("loader", rig.load(rig.script(), context, configuration));
        }
        return rig;
    }

    private static RandomWorld timedWorld(long seed, int instructions, String... more) {
        Rig rig = rig(true, seed, more);
        rig.run();
        RandomWorld world = new RandomWorld(rig, seed, instructions, Integer.MAX_VALUE);
        rig.run();
        assertThat(rig.engine.waitGraph()).as("seed %d", seed).isEmpty();
        return world;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void timed_everyByteIsAsIfNothingMoved(long seed) {
        RandomWorld world = timedWorld(seed, 120);
        assertThat(world.allEnded()).as("seed %d", seed).isTrue();
        assertThat(world.wrongBytes).as("seed %d", seed).isZero();
        assertThat(world.wrongMemoryBytes()).as("seed %d", seed).isZero();
        assertThat(world.rig.count(DeviceStat.DROPINS_KILLED))
                .as("seed %d", seed)
                .isPositive();
    }

    @Test
    void withoutKillBits_someByteIsLost() {
        int wrong = 0;
        for (long seed = 1; seed <= 4; seed++) {
            RandomWorld world = timedWorld(seed, 120, "gru.killBits=false");
            wrong += world.wrongBytes + world.wrongMemoryBytes();
        }
        assertThat(wrong).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void exploring_everyByteIsAsIfNothingMoved(long seed) {
        RandomWorld world = walk(seed);
        assertThat(world.allEnded()).as("seed %d", seed).isTrue();
        assertThat(world.wrongBytes).as("seed %d", seed).isZero();
        assertThat(world.wrongMemoryBytes()).as("seed %d", seed).isZero();
    }

    @Test
    void exploringWithoutKillBits_someByteIsLost() {
        int wrong = 0;
        for (long seed = 11; seed <= 30; seed++) {
            RandomWorld world = walk(seed, "gru.killBits=false");
            wrong += world.wrongBytes + world.wrongMemoryBytes();
        }
        assertThat(wrong).isPositive();
    }

    /** Takes any enabled agent's step, one after another, with any choice, until all programs have ended. */
    private static RandomWorld walk(long seed, String... more) {
        Rig rig = rig(false, seed, more);
        SplittableRandom draws = new SplittableRandom(seed);
        rig.engine.choices((agent, alternatives) -> draws.nextInt(alternatives));
        step(rig, draws, () -> false);
        RandomWorld world = new RandomWorld(rig, seed, 12, 60);
        step(rig, draws, world::allEnded);
        return world;
    }

    private interface Ended {
        boolean now();
    }

    private static void step(Rig rig, SplittableRandom draws, Ended ended) {
        for (int i = 0; i < MOST_STEPS && !ended.now(); i++) {
            List<Agent> enabled = new ArrayList<>();
            for (Agent agent : rig.engine.agents()) {
                if (rig.engine.exploring().enabled(agent)) {
                    enabled.add(agent);
                }
            }
            if (enabled.isEmpty()) {
                return;
            }
            rig.engine.exploring().step(enabled.get(draws.nextInt(enabled.size())));
        }
    }
}
