package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Why;
import org.junit.jupiter.api.Test;

/** Table pages have lives, and a walker that comes too late sees what has become of them. */
final class TablePagesTest {
    private static final long BASE = 0x10000;
    private static final int RW = Prot.READ | Prot.WRITE;

    private final VmRig rig = new VmRig();

    /** Walks as atomic_pte_lookup does, but pauses before it reads the pte. */
    private final class SlowWalk extends PointWalk {
        private long pte;

        SlowWalk() {
            super(rig.kernel, "slow walk", 4, Why.PAGE_WALK);
        }

        @Override
        public String stepName(int pc) {
            return walkStep(pc);
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 1) {
                pte = rig.kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                agent.done(0);
            } else {
                walk(agent, pc == 0 ? READ_PGD : pc);
            }
        }

        @Override
        void reached(Agent agent) {
            agent.next(1, 10_000 * NS, Why.PAGE_WALK);
        }

        @Override
        void missing(Agent agent, int level) {
            throw new AssertionError("no table at level " + level);
        }
    }

    private SlowWalk walkWhile(Runnable others) {
        rig.mm.map(BASE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.log.clear();
        SlowWalk walk = new SlowWalk();
        new Cpu(rig.engine, "walker").start(walk, 0, 0, BASE, 0);
        others.run();
        return walk;
    }

    @Test
    void lateWalker_readsJunkThatLooksPresent() {
        SlowWalk walk = walkWhile(() -> rig.call(rig.kernel.calls().munmap(), 0, BASE, PAGE));
        assertThat(rig.log).endsWith("free table 3", "free table 2", "free table 1", "stale read of table 3");
        assertThat(VmRig.rights(walk.pte)).isEqualTo("wda");
        assertThat(rig.memory.exists(Pte.pfn(walk.pte))).isTrue();
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_READ_AFTER_FREE))
                .isEqualTo(1);
    }

    @Test
    void lateWalker_readsWhatTheNextLifePutThere() {
        long other = 0x40_0000_0000L + BASE;
        Routine unmapThenMap = new Routine(rig.engine, "unmap, then map elsewhere", 0) {
            @Override
            public String stepName(int pc) {
                return "call";
            }

            @Override
            public void step(Agent agent, int pc) {
                switch (pc) {
                    case 0 -> agent.call(rig.kernel.calls().munmap(), 1, 0, BASE, PAGE);
                    case 1 -> agent.call(rig.kernel.handleFault(), 2, 0, other, 1);
                    default -> agent.done(0);
                }
            }
        };
        rig.mm.map(other, PAGE, RW, Mm.FIRST_TOUCH, 0);
        SlowWalk walk = walkWhile(() -> rig.call(unmapThenMap));
        // Freed in the order 3, 2, 1 and reused in the order 1, 2, 3: the new page of ptes is the old one.
        assertThat(rig.log).contains("stale read of table 3");
        assertThat(walk.pte).isEqualTo(rig.mm.peekPte(other));
    }

    @Test
    void tables_areReusedLastInFirstOut() {
        rig.mm.map(BASE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, PAGE);
        rig.mm.map(BASE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_ALLOCATED)).isEqualTo(6);
        assertThat(rig.call(rig.kernel.userPages().atomicWalk(), 0, BASE, 1)).isEqualTo(rig.mm.peekPte(BASE));
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_READ_AFTER_FREE))
                .isZero();
    }

    @Test
    void unmappingOneSideOfASharedTable_keepsIt() {
        rig.mm.map(BASE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.mm.map(BASE + 4 * PAGE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(BASE, true);
        rig.fault(BASE + 4 * PAGE, true);
        rig.call(rig.kernel.calls().munmap(), 0, BASE, PAGE);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_FREED)).isZero();
        rig.call(rig.kernel.calls().munmap(), 0, BASE + 4 * PAGE, PAGE);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_FREED)).isEqualTo(3);
    }

    @Test
    void unmappingAWideRange_freesEveryTableInIt() {
        // Two pages in each of three neighbouring 2 MiB parts, one page 1 GiB and one 512 GiB further on.
        long[] touched = {0, 0x1ff000, 0x200000, 0x3ff000, 0x400000, 0x5ff000, 0x4000_0000L, 0x80_0000_0000L};
        rig.mm.map(0, 0x80_0000_1000L, RW, Mm.FIRST_TOUCH, 0);
        for (long vaddr : touched) {
            rig.fault(vaddr, true);
        }
        // pages of ptes 3 + 1 + 1, pmd pages 1 + 1 + 1, pud pages 1 + 1
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_ALLOCATED)).isEqualTo(10);
        rig.call(rig.kernel.calls().munmap(), 0, 0, 0x80_0000_1000L);
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_FREED)).isEqualTo(10);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(64);
    }

    /** Neighbouring pages have neighbouring ptes and share what is above; where no table is, there is no cell. */
    @Test
    void entryCell_followsTheTables() {
        rig.mm.map(BASE, 2 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        assertThat(rig.mm.entryCell(BASE, PageTables.PTE)).isNegative();
        assertThat(rig.mm.entryCell(BASE, PageTables.PGD)).isNotNegative();
        rig.fault(BASE, true);
        int pte = rig.mm.entryCell(BASE, PageTables.PTE);
        assertThat(rig.mm.entryCell(BASE + PAGE, PageTables.PTE)).isEqualTo(pte + 1);
        assertThat(rig.mm.entryCell(BASE + PAGE, PageTables.PMD)).isEqualTo(rig.mm.entryCell(BASE, PageTables.PMD));
    }
}
