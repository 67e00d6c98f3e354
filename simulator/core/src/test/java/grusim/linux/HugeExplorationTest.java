package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Why;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever meets a collapse or a split, in every order: no frame or table leaks, the content stays. */
final class HugeExplorationTest {
    private static final long BASE = 2 * PAGE;
    private static final long HUGE = 2 * PAGE;
    private static final int FRAMES = 6;
    private static final long WORD = 0x1234_5678_9abcL;

    private static VmRig rig(String lock) {
        String[] settings = VmRig.settings(ReclaimNotifier.RANGE, false, 0, 0, "kernel.pageTableLock=" + lock);
        VmRig rig = new VmRig(Engine.exploring(new SequentialMemory()), VmRig.spec(settings), 1, FRAMES, 1);
        rig.mm.map(BASE, HUGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        return rig;
    }

    private static StateWalk touched(VmRig rig) {
        StateWalk walk = new StateWalk(rig.engine);
        walk.settle("first", rig.kernel.handleFault(), 0, BASE, 1);
        walk.settle("second", rig.kernel.handleFault(), 0, BASE + PAGE, 1);
        for (int page = 0; page < 2; page++) {
            rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(BASE + page * PAGE)), 0, 8, WORD + page);
        }
        return walk;
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault", "madvise", "munmap", "reclaim", "get", "collapse", "mprotect"})
    void collapse_racesWith(String other) {
        collapse("mm", other);
        collapse("split", other);
    }

    private static void collapse(String lock, String other) {
        VmRig rig = rig(lock);
        StateWalk walk = touched(rig);
        walk.start("a collapse", rig.kernel.calls().collapse(), 0, BASE, HUGE, 0);
        start(walk, rig, other);
        assertThat(walk.explore(() -> check(rig, other))).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fault", "madvise", "munmap", "reclaim", "get", "collapse", "mprotect", "split", "scan"})
    void split_racesWith(String other) {
        split("mm", other);
        split("split", other);
    }

    private static void split(String lock, String other) {
        VmRig rig = rig(lock);
        StateWalk walk = touched(rig);
        walk.settle("set-up", rig.kernel.calls().collapse(), 0, BASE, HUGE, 0);
        // Hints of NUMA balancing are for base pages.
        walk.start("a split", rig.kernel.calls().numaScan(), 0, BASE, BASE + PAGE);
        start(walk, rig, other);
        assertThat(walk.explore(() -> check(rig, other))).isGreaterThan(50);
    }

    /** get_user_pages as its callers make it, under mmap_sem. */
    private static final class UserPage extends Routine {
        private final VmRig rig;

        UserPage(VmRig rig) {
            super(rig.engine, "get", 0);
            this.rig = rig;
        }

        @Override
        public String stepName(int pc) {
            return "step " + pc;
        }

        @Override
        public void step(Agent agent, int pc) {
            switch (pc) {
                case 0 -> {
                    if (rig.mm.mmapSem().downRead(agent)) {
                        agent.next(1, 0, Why.VM);
                    } else {
                        agent.await(rig.mm.mmapSem(), 0, Why.LOCK);
                    }
                }
                case 1 -> agent.call(rig.kernel.userPages().get(), 2, 0, BASE + PAGE, 1);
                default -> {
                    rig.mm.mmapSem().upRead(agent);
                    agent.done(0);
                }
            }
        }
    }

    private static void start(StateWalk walk, VmRig rig, String other) {
        Kernel kernel = rig.kernel;
        switch (other) {
            case "fault" -> walk.start(other, kernel.handleFault(), 0, BASE + PAGE, 1);
            case "madvise" -> walk.start(other, kernel.calls().madviseDontneed(), 0, BASE, PAGE);
            case "munmap" -> walk.start(other, kernel.calls().munmap(), 0, BASE, HUGE);
            case "reclaim" -> walk.start(other, kernel.reclaimPages(), 1, 1, BASE, BASE + PAGE);
            case "get" -> walk.start(other, new UserPage(rig));
            case "collapse" -> walk.start(other, kernel.calls().collapse(), 0, BASE, HUGE, 0);
            case "mprotect" -> walk.start(other, kernel.calls().mprotect(), 0, BASE, HUGE, Prot.READ);
            case "scan" -> walk.start(other, kernel.calls().numaScan(), 0, BASE, BASE + HUGE);
            default -> walk.start(other, kernel.splitHugePmd(), 0, BASE);
        }
    }

    private static void check(VmRig rig, String other) {
        int present = 0;
        int swapped = 0;
        for (int page = 0; page < 2; page++) {
            long pte = rig.mm.peekPte(BASE + page * PAGE);
            present += Pte.present(pte) ? 1 : 0;
            swapped += Pte.swap(pte) ? 1 : 0;
            if (Pte.present(pte)) {
                assertThat(rig.kernel.frames().references(Pte.pfn(pte))).isEqualTo(1);
            }
            boolean dropped = other.equals("munmap") || (other.equals("madvise") && page == 0);
            if (!dropped) {
                assertThat(rig.kernel.userMemory().readWord(rig.mm, BASE + page * PAGE, 8))
                        .isEqualTo(WORD + page);
            }
        }
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES - present);
        assertThat(rig.kernel.swap().used()).isEqualTo(swapped);
        VmCounters counters = rig.kernel.counters();
        assertThat(counters.value(VmCounter.TABLES_READ_AFTER_FREE)).isZero();
        assertThat(rig.mm.mmapSem().readers()).isZero();
        assertThat(rig.mm.mmapSem().writeLocked()).isFalse();
    }
}
