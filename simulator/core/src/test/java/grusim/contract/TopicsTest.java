package grusim.contract;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicsTest {
    private static final long PAGE = 0x5000;
    private static final long OTHER = 0x6000;

    /** Makes each fact a step of an agent, as in a simulation. */
    private static final class Stage {
        final Scene scene = new Scene(Engine.exploring(new SequentialMemory()), MemoryContent.MOST_PAGES);
        private Runnable fact = () -> {};
        private final Routine teller = new Routine(scene.engine, "teller", 0) {
            @Override
            public String stepName(int pc) {
                return "tell";
            }

            @Override
            public void step(grusim.engine.Agent agent, int pc) {
                fact.run();
                agent.done(0);
            }
        };

        /** The topics of a fact that an agent announces. */
        long told(int cpu, Runnable what) {
            scene.contract.topics();
            fact = what;
            scene.cpu(cpu).start(teller, 0);
            scene.engine.exploring().step(scene.cpu(cpu));
            return scene.contract.topics();
        }
    }

    @Test
    void reading_clears() {
        Stage stage = new Stage();
        assertThat(stage.told(0, () -> stage.scene.vm.frameAllocated(stage.scene.cpu0, 5)))
                .isNotZero();
        assertThat(stage.scene.contract.topics()).isZero();
    }

    @Test
    void aFramesFree_meetsAnAccessToIt_andNotOneToAnotherFrame() {
        Stage stage = new Stage();
        Scene scene = stage.scene;
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, 5);
        scene.map(scene.cpu0, 0, OTHER, 6);
        long access = stage.told(0, () -> scene.access(1, 0, PAGE, 5, false, new byte[8]));
        long accessElsewhere = stage.told(0, () -> scene.access(1, 0, OTHER, 6, false, new byte[8]));
        long free = stage.told(1, () -> scene.vm.frameFreed(scene.cpu1, 5));
        assertThat(access & free).isNotZero();
        assertThat(accessElsewhere & free).isZero();
    }

    @Test
    void twoLoadsOfOnePage_doNotMeet() {
        Stage stage = new Stage();
        Scene scene = stage.scene;
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, 5);
        long one = stage.told(0, () -> scene.access(1, 0, PAGE, 5, false, new byte[8]));
        long two = stage.told(1, () -> scene.access(2, 0, PAGE, 5, false, new byte[8]));
        long store = stage.told(1, () -> scene.access(2, 0, PAGE, 5, true, new byte[8]));
        assertThat(one & two).isZero();
        assertThat(one & store).isNotZero();
    }

    @Test
    void aRangesEnd_meetsTheDropinsEntry() {
        Stage stage = new Stage();
        Scene scene = stage.scene;
        scene.load(0);
        scene.map(scene.cpu0, 0, PAGE, 5);
        scene.read(scene.cpu0, 0, PAGE, 5);
        long command = stage.told(0, () -> scene.command(scene.cpu0, 1, 0, PAGE, 5));
        scene.clear(scene.cpu1, 0, PAGE, 5);
        long entry = stage.told(2, () -> scene.enter(1, 0, PAGE, 5));
        long end = stage.told(1, () -> scene.vm.rangeEnd(scene.cpu1, 0, PAGE, OTHER));
        assertThat(entry & end).isNotZero();
        assertThat(command & entry).as("of one control block").isNotZero();
    }

    /** Two facts, in either order, from the same start: equal states and judgements unless their masks meet. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void factsThatDoNotMeet_commute(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int apart = 0;
        for (int round = 0; round < 400; round++) {
            long history = random.nextLong();
            int facts = random.nextInt(30);
            long first = random.nextLong();
            long second = random.nextLong();
            Stage one = told(history, facts);
            Stage other = told(history, facts);
            long before = one.scene.contract.violations();
            long masks = one.told(0, fact(one.scene, 0, first)) & one.told(1, fact(one.scene, 1, second));
            other.told(1, fact(other.scene, 1, second));
            other.told(0, fact(other.scene, 0, first));
            if (masks == 0) {
                apart++;
                String what = "seed %d, round %d: %s and %s".formatted(seed, round, kind(first), kind(second));
                assertThat(invariants(one)).as(what).isEqualTo(invariants(other));
                if (before > 0 || one.scene.contract.violations() == 0) {
                    assertThat(Snapshot.of(one.scene.contract, false))
                            .as(what)
                            .isEqualTo(Snapshot.of(other.scene.contract, false));
                }
            }
        }
        assertThat(apart).as("pairs that do not meet").isGreaterThan(40);
    }

    private static String kind(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return "page %d, block %d, space %d, fact %d"
                .formatted(random.nextInt(3), random.nextInt(3), random.nextInt(8), random.nextInt(16));
    }

    private static List<Long> invariants(Stage stage) {
        List<Long> counts = new ArrayList<>();
        for (Invariant invariant : Invariant.values()) {
            counts.add(stage.scene.contract.violations(invariant));
        }
        return counts;
    }

    private static Stage told(long history, int facts) {
        SplittableRandom random = new SplittableRandom(history);
        Stage stage = new Stage();
        stage.scene.load(0);
        stage.scene.load(1);
        for (int page = 0; page < 3; page++) {
            stage.scene.map(stage.scene.cpu0, 0, PAGE + 0x1000L * page, 20 + page);
            stage.scene.dropin(stage.scene.cpu0, page, 0, PAGE + 0x1000L * page, 20 + page);
        }
        for (int i = 0; i < facts; i++) {
            int cpu = random.nextInt(3);
            stage.told(cpu, fact(stage.scene, cpu, random.nextLong()));
        }
        return stage;
    }

    /** A fact drawn from a seed; control blocks and PTE reads are each agent's own, as they are in a simulation. */
    private static Runnable fact(Scene scene, int cpu, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int page = random.nextInt(3);
        long vaddr = PAGE + 0x1000L * page;
        long pfn = 20L + page;
        int cb = random.nextInt(3);
        int mm = random.nextInt(8) == 0 ? 1 : 0;
        var agent = scene.cpu(cpu);
        return switch (random.nextInt(16)) {
            case 0 -> () -> scene.map(agent, mm, vaddr, pfn);
            case 1 -> () -> scene.clear(agent, mm, vaddr, pfn);
            case 2 -> () -> scene.vm.rangeEnd(agent, mm, vaddr, vaddr + PageKey.BYTES);
            case 3 -> () -> scene.vm.frameFreed(agent, pfn);
            case 4, 5 -> () -> scene.read(agent, mm, vaddr, pfn);
            case 6, 7 -> () -> scene.command(agent, cb, mm, vaddr, pfn);
            case 8 -> () -> scene.enter(cb, mm, vaddr, pfn);
            case 9 -> () -> scene.remove(mm, vaddr, pfn);
            case 10 -> () -> scene.access(cb, mm, vaddr, pfn, true, (byte) seed);
            case 11 -> () -> scene.access(cb, mm, vaddr, pfn, false, (byte) seed);
            case 12 -> () -> scene.driver.threadStateUsed(page);
            case 13 -> () -> scene.driver.threadStateFreed(page);
            case 14 -> () -> scene.device.missRecorded(0, mm, cb, Scene.asid(mm), vaddr, true);
            default -> () -> scene.vm.rangeStart(agent, mm, vaddr, vaddr + PageKey.BYTES);
        };
    }
}
