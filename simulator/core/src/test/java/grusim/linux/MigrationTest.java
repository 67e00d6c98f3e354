package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import grusim.engine.Why;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.api.Test;

/** Pages move between blades with their content, and every frame is accounted for. */
final class MigrationTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;
    private static final int FRAMES = 4;

    /** Two blades of four frames; agent 0, the CPU, is on blade 0. */
    private static VmRig rig(ReclaimNotifier notifier, String... settings) {
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        String[] all = VmRig.settings(notifier, false, 0, 0, settings);
        VmRig rig = new VmRig(engine, VmRig.spec(all), 2, FRAMES, Partition.X86_64_TABLE_BITS);
        rig.mm.runsOn(rig.cpu);
        rig.notifier();
        rig.mm.map(BASE, 3 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        return rig;
    }

    private static long touched(VmRig rig, long vaddr, long word) {
        rig.fault(vaddr, true);
        long pfn = Pte.pfn(rig.mm.peekPte(vaddr));
        rig.memory.writeWord(pfn, 8, 8, word);
        return pfn;
    }

    private static long migrate(VmRig rig, long bytes, int blade) {
        return rig.call(rig.kernel.calls().movePages(), 0, BASE, bytes, blade);
    }

    private static long free(VmRig rig, int blade) {
        return rig.kernel.frames().freeFrames(blade);
    }

    @Test
    void byPage_theCalloutFollowsTheClearAndTheOldFrameIsFreedLast() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        touched(rig, BASE, 99);
        long remote = rig.memory.frame(1, 0);
        rig.log.clear();
        long start = rig.engine.nowPs();
        assertThat(migrate(rig, PAGE, 1)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "clear 10 frame 0 kept",
                        "notifier page 10",
                        "page invalidated 10",
                        "set 10 frame " + remote + " kept",
                        "free frame 0");
        // The call 150, mmap_sem 2 x 20, a walk of 3 levels to the ptes 75, page-table lock 2 x 20, read 25; the page's
        // lock 2 x 20; out: two locks 4 x 20, walk and read 100, clear and entry 2 x 20, flush 2700, callout 50 + 10;
        // copy 1200; in: two locks 4 x 20, walk and read 100, entry 20; free 50; in the range walk again the last lock
        // pair is skipped, since the page was its table's last.
        long out = 80 + 100 + 40 + 2700 + 60;
        long in = 80 + 100 + 20;
        assertThat(rig.engine.nowPs() - start).isEqualTo((150 + 40 + 75 + 40 + 25 + 40 + out + 1200 + in + 50) * NS);
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("w--");
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(99);
        assertThat(free(rig, 0)).isEqualTo(FRAMES);
        assertThat(free(rig, 1)).isEqualTo(FRAMES - 1);
        assertThat(rig.kernel.frames().references(remote)).isEqualTo(1);
        assertThat(rig.kernel.pageLocks().count()).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.PAGES_MIGRATED)).isEqualTo(1);
    }

    @Test
    void byRange_clearAndFlushLieBetweenStartAndEndAndTheNewEntryComesAfter() {
        VmRig rig = rig(ReclaimNotifier.RANGE);
        touched(rig, BASE, 99);
        rig.log.clear();
        assertThat(migrate(rig, PAGE, 1)).isZero();
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-11",
                        "notifier start 10-11",
                        "clear 10 frame 0 kept",
                        "notifier end 10-11",
                        "range end 10-11",
                        "set 10 frame " + rig.memory.frame(1, 0) + " kept",
                        "free frame 0");
    }

    @Test
    void thereAndBack_keepsEveryPagesContent() {
        VmRig rig = rig(ReclaimNotifier.RANGE);
        for (int i = 0; i < 3; i++) {
            touched(rig, BASE + i * PAGE, 70 + i);
        }
        assertThat(migrate(rig, 3 * PAGE, 1)).isZero();
        assertThat(free(rig, 1)).isEqualTo(FRAMES - 3);
        assertThat(migrate(rig, 3 * PAGE, 1)).as("nothing to do").isZero();
        assertThat(rig.kernel.counters().value(VmCounter.PAGES_MIGRATED)).isEqualTo(3);
        assertThat(migrate(rig, 3 * PAGE, 0)).isZero();
        assertThat(free(rig, 0)).isEqualTo(FRAMES - 3);
        assertThat(free(rig, 1)).isEqualTo(FRAMES);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + i * PAGE + 8, 8))
                    .isEqualTo(70 + i);
        }
    }

    @Test
    void fullBlade_leavesThePageWhereItIs() {
        VmRig rig = rig(ReclaimNotifier.RANGE);
        rig.mm.map(BASE + 16 * PAGE, 4 * PAGE, RW, 1, 0);
        for (int i = 0; i < 4; i++) {
            rig.fault(BASE + (16 + i) * PAGE, true);
        }
        touched(rig, BASE, 99);
        assertThat(migrate(rig, PAGE, 1)).isEqualTo(1);
        assertThat(Pte.pfn(rig.mm.peekPte(BASE))).isZero();
        assertThat(rig.kernel.frames().references(0)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.MIGRATIONS_FAILED)).isEqualTo(1);
        assertThat(rig.kernel.counters().value(VmCounter.MIGRATIONS_PINNED)).isZero();
    }

    /** Holds a reference to frame 0 for a time. */
    private static Routine hold(VmRig rig, long timeNs) {
        return new Routine(rig.engine, "hold a page", 0) {
            @Override
            public String stepName(int pc) {
                return "hold";
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    rig.kernel.frames().reference(agent, 0);
                    agent.next(1, timeNs * NS, Why.THINK);
                } else {
                    rig.kernel.frames().drop(agent, 0, 1);
                    agent.done(0);
                }
            }
        };
    }

    @Test
    void pinnedPage_staysAndIsCounted() {
        VmRig rig = rig(ReclaimNotifier.RANGE);
        touched(rig, BASE, 99);
        new Cpu(rig.engine, "holder").start(hold(rig, 20_000), 0);
        rig.log.clear();
        assertThat(migrate(rig, PAGE, 1)).isEqualTo(1);
        assertThat(rig.log).isEmpty();
        assertThat(rig.kernel.counters().value(VmCounter.MIGRATIONS_PINNED)).isEqualTo(1);
        assertThat(migrate(rig, PAGE, 1)).as("after the pin").isZero();
    }

    @Test
    void pagePinnedWhileItIsUnmapped_getsItsEntryBack() {
        VmRig rig = rig(ReclaimNotifier.RANGE);
        touched(rig, BASE, 99);
        // The page is isolated about 350 ns after the start and its references are counted after the flush, 2.7 us on.
        new Cpu(rig.engine, "holder").start(hold(rig, 20_000), 1500 * NS);
        rig.log.clear();
        assertThat(migrate(rig, PAGE, 1)).isEqualTo(1);
        long unused = rig.memory.frame(1, 0);
        assertThat(rig.log)
                .containsExactly(
                        "range start 10-11",
                        "notifier start 10-11",
                        "clear 10 frame 0 kept",
                        "notifier end 10-11",
                        "range end 10-11",
                        "set 10 frame 0 kept",
                        "free frame " + unused);
        assertThat(rig.kernel.frames().references(0)).isEqualTo(1);
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(99);
        assertThat(free(rig, 1)).isEqualTo(FRAMES);
    }

    @Test
    void faultOnAMigratingPage_waitsUntilItHasArrived() {
        VmRig rig = rig(ReclaimNotifier.RANGE, "kernel.copyPageCost=50 us");
        touched(rig, BASE, 99);
        Cpu other = new Cpu(rig.engine, "other");
        other.start(rig.kernel.handleFault(), 10_000 * NS, 0, BASE, 1);
        rig.log.clear();
        assertThat(migrate(rig, PAGE, 1)).isZero();
        assertThat(other.idle()).isTrue();
        assertThat(rig.kernel.counters().value(VmCounter.MIGRATION_WAITS)).isEqualTo(1);
        assertThat(rig.engine.nowPs()).isGreaterThan(50_000 * NS);
        // It waits and returns; the access faults again and finds the page writable but not dirty.
        rig.fault(BASE, true);
        assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("wda");
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(99);
    }

    @Test
    void pageUnmappedWhileItIsCopied_losesBothFrames() {
        VmRig rig = rig(ReclaimNotifier.RANGE, "kernel.copyPageCost=50 us");
        touched(rig, BASE, 99);
        Cpu other = new Cpu(rig.engine, "other");
        other.start(rig.kernel.calls().madviseDontneed(), 10_000 * NS, 0, BASE, PAGE);
        assertThat(migrate(rig, PAGE, 1)).isEqualTo(1);
        assertThat(rig.mm.peekPte(BASE)).isEqualTo(Pte.NONE);
        assertThat(free(rig, 0)).isEqualTo(FRAMES);
        assertThat(free(rig, 1)).isEqualTo(FRAMES);
        assertThat(rig.kernel.pageLocks().count()).isZero();
    }

    @Test
    void migrationEntry_showsTheOldFrameAndKeepsOutTheWalks() {
        VmRig rig = rig(ReclaimNotifier.RANGE, "kernel.copyPageCost=50 us");
        touched(rig, BASE, 99);
        rig.cpu.start(rig.kernel.calls().movePages(), 0, 0, BASE, PAGE, 1);
        rig.engine.timed().run(rig.engine.nowPs() + 30_000 * NS);
        assertThat(Pte.migration(rig.mm.peekPte(BASE))).isTrue();
        assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + 8, 8)).isEqualTo(99);
        Snapshot middle = Snapshot.of(rig.engine, true);
        rig.engine.timed().run(Long.MAX_VALUE);
        long hash = rig.engine.eventHash();
        middle.into(rig.engine);
        assertThat(rig.kernel.pageLocks().count()).isEqualTo(1);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.engine.eventHash()).isEqualTo(hash);
        assertThat(Pte.pfn(rig.mm.peekPte(BASE))).isEqualTo(rig.memory.frame(1, 0));
    }

    @Test
    void walkDuringMigration_findsNothing() {
        VmRig rig = rig(ReclaimNotifier.RANGE, "kernel.copyPageCost=50 us");
        touched(rig, BASE, 99);
        Cpu other = new Cpu(rig.engine, "other");
        other.start(rig.kernel.userPages().atomicWalk(), 30_000 * NS, 0, BASE, 0);
        migrate(rig, PAGE, 1);
        assertThat(other.result()).isEqualTo(AtomicWalk.ABSENT);
    }

    @Test
    void protectedWhileItMigrates_thePageComesBackWithTheNewRights() {
        for (int protection : new int[] {Prot.READ, Prot.NONE}) {
            VmRig rig = rig(ReclaimNotifier.RANGE);
            touched(rig, BASE, 99);
            Routine both = new Routine(rig.engine, "replace, protect, restore", 0) {
                @Override
                public String stepName(int pc) {
                    return "step " + pc;
                }

                @Override
                public void step(Agent agent, int pc) {
                    switch (pc) {
                        case 0 -> {
                            rig.kernel.frames().reclaimable().isolate(agent, 0, true);
                            agent.next(5, 0, Why.VM);
                        }
                        case 5 -> agent.call(new TryToMigrate(rig.kernel), 1, 0, BASE);
                        case 1 -> agent.call(rig.kernel.calls().mprotect(), 2, 0, BASE, PAGE, protection);
                        case 2 -> agent.call(rig.kernel.calls().mprotect(), 3, 0, BASE, PAGE, RW);
                        case 3 -> agent.call(new RemoveMigrationPte(rig.kernel), 4, 0, 0, 0);
                        default -> agent.done(agent.result());
                    }
                }
            };
            assertThat(rig.call(both)).isEqualTo(1);
            assertThat(VmRig.rights(rig.mm.peekPte(BASE))).isEqualTo("---");
        }
    }
}
