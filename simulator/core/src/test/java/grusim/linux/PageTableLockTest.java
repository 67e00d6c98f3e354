package grusim.linux;

import static grusim.linux.VmRig.NS;
import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.LockObserver;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Shared;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which page-table lock guards which entries. */
final class PageTableLockTest {
    /** What one page of ptes translates. */
    private static final long TABLE = 512 * PAGE;

    private static final int RW = Prot.READ | Prot.WRITE;
    private static final String SPLIT = "kernel.pageTableLock=split";

    private final List<String> locks = new ArrayList<>();

    private VmRig rig(String... settings) {
        VmRig rig = new VmRig(VmRig.spec(settings), 64);
        rig.mm.map(TABLE, 4 * TABLE, RW, Mm.FIRST_TOUCH, 0);
        rig.fault(TABLE, true);
        rig.fault(2 * TABLE, true);
        return rig;
    }

    private void watch(VmRig rig) {
        rig.engine.lockObserver(new LockObserver() {
            @Override
            public void taken(Agent agent, Shared lock, boolean exclusive) {
                log("+", lock);
            }

            @Override
            public void released(Agent agent, Shared lock) {
                log("-", lock);
            }

            private void log(String what, Shared lock) {
                if (lock.name().contains("page_table_lock")) {
                    locks.add(what + lock.name());
                }
            }
        });
    }

    /** Both faults come to their locks at once; under one lock the second gets it when the first has written its entry. */
    @ParameterizedTest
    @CsvSource({"mm, 1, 1", "mm, 2, 1", "split, 1, 1", "split, 2, 0"})
    void faultsOfTwoTables_waitForEachOtherUnderOneLockOnly(String rule, int table, int waits) {
        VmRig rig = rig("kernel.pageTableLock=" + rule);
        Cpu other = new Cpu(rig.engine, "other");
        long start = rig.engine.nowPs();
        rig.cpu.start(rig.kernel.handleFault(), 0, 0, TABLE + PAGE, 1);
        other.start(rig.kernel.handleFault(), 0, 0, table * TABLE + 2 * PAGE, 1);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.kernel.counters().value(VmCounter.SPINLOCK_WAITS)).isEqualTo(waits);
        // the holder takes 20 ns to lock, 20 to write the entry and then unlocks
        assertThat((rig.engine.nowPs() - start) / NS).isEqualTo(750 + 950 + waits * 40L);
    }

    @Test
    void mremap_takesTheLocksOfBothPlaces() {
        VmRig rig = rig(SPLIT);
        long target = 4 * TABLE;
        rig.fault(target, true);
        watch(rig);
        rig.cpu.start(
                rig.kernel.calls().mremap(), 0, 0, TABLE, PAGE, PAGE, Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED, target);
        rig.engine.timed().run(Long.MAX_VALUE);
        assertThat(rig.mm.peekPte(target)).isNotEqualTo(Pte.NONE);
        String from = name(rig, TABLE);
        String to = name(rig, target);
        // the new place is unmapped, the page moves, the old place is unmapped
        assertThat(locks)
                .containsExactly(
                        "+" + to, "-" + to, "+" + from, "+" + to, "-" + to, "-" + from, "+" + from, "-" + from);
    }

    @Test
    void mremapWithinATable_takesItsLockOnceAtATime() {
        VmRig rig = rig(SPLIT);
        watch(rig);
        long target = TABLE + 8 * PAGE;
        rig.cpu.start(
                rig.kernel.calls().mremap(), 0, 0, TABLE, PAGE, PAGE, Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED, target);
        rig.engine.timed().run(Long.MAX_VALUE);
        String lock = name(rig, TABLE);
        assertThat(locks).containsExactly("+" + lock, "-" + lock, "+" + lock, "-" + lock, "+" + lock, "-" + lock);
    }

    private static String name(VmRig rig, long vaddr) {
        return rig.kernel
                .pageTableLock(rig.mm, rig.mm.tables().peekEntry(vaddr))
                .name();
    }

    @Test
    void newTableOfPtes_isLinkedUnderThePmdsLock_thoseAboveUnderTheAddressSpaces() {
        VmRig rig = new VmRig(VmRig.spec(SPLIT), 64);
        rig.mm.map(TABLE, 4 * TABLE, RW, Mm.FIRST_TOUCH, 0);
        watch(rig);
        rig.fault(TABLE, true);
        String mm = rig.mm.pageTableLock().name();
        String pmd = "linux.tables.page_table_lock2";
        String pte = "linux.tables.page_table_lock3";
        assertThat(locks)
                .containsExactly("+" + mm, "-" + mm, "+" + mm, "-" + mm, "+" + pmd, "-" + pmd, "+" + pte, "-" + pte);
    }

    @Test
    void pagesBeyondThoseWithLocks_useTheAddressSpaces() {
        VmRig rig = new VmRig(Engine.timed(new SequentialMemory(), 1), VmRig.spec(SPLIT), 1, 64, 1);
        List<Mm> more = new ArrayList<>();
        for (int i = 1; i < 16; i++) {
            more.add(rig.kernel.createMm());
        }
        assertThat(rig.kernel.pageTableLock(rig.mm, more.get(14).tables().root()))
                .isNotSameAs(rig.mm.pageTableLock());
        Mm last = rig.kernel.createMm();
        assertThat(rig.kernel.pageTableLock(last, last.tables().root())).isSameAs(last.pageTableLock());
    }

    @Test
    void lockTakenForADevice_isGivenBack() {
        VmRig rig = rig(SPLIT);
        watch(rig);
        assertThat(rig.call(rig.kernel.userPages().lockPte(), 0, TABLE)).isEqualTo(rig.mm.peekPte(TABLE));
        rig.call(new Routine(rig.engine, "unlock", 0) {
            @Override
            public String stepName(int pc) {
                return "step " + pc;
            }

            @Override
            public void step(Agent agent, int pc) {
                if (pc == 0) {
                    rig.kernel.userPages().unlockPte(agent, 0);
                    agent.next(1, 0, Why.VM);
                } else {
                    agent.done(0);
                }
            }
        });
        assertThat(locks).containsExactly("+" + name(rig, TABLE), "-" + name(rig, TABLE));
    }
}
