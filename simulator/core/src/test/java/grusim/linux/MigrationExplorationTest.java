package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.workload.KernelSpec.ReclaimNotifier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever meets a migrating page, in every order: nothing leaks, nothing is freed twice, the content stays. */
final class MigrationExplorationTest {
    private static final long WORD = 0x1234_5678_9abcL;

    record Case(String name, ReclaimNotifier notifier, String other) {
        @Override
        public String toString() {
            return name + ", " + notifier;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(ReclaimNotifier.values())
                .flatMap(notifier -> Stream.of(
                                "fault", "madvise", "munmap", "mremap", "mprotect", "reclaim", "migrate", "get")
                        .map(other -> new Case(other, notifier, other)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void migration_racesWith(Case test) {
        VmRig rig = new VmRig(
                Engine.exploring(new SequentialMemory()),
                VmRig.spec(VmRig.settings(test.notifier(), false, 0, 0)),
                2,
                2,
                1);
        rig.mm.map(PAGE, PAGE, Prot.READ | Prot.WRITE, 0, 0);
        StateWalk walk = new StateWalk(rig.engine);
        walk.settle("setup", rig.kernel.handleFault(), 0, PAGE, 1);
        rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(PAGE)), 0, 8, WORD);
        walk.start("migrate", rig.kernel.calls().movePages(), 0, PAGE, PAGE, 1);
        start(walk, rig, test.other());
        int states = walk.explore(() -> check(rig, test.other()));
        assertThat(states).isGreaterThan(100);
    }

    private static void start(StateWalk walk, VmRig rig, String other) {
        Kernel kernel = rig.kernel;
        switch (other) {
            case "fault" -> walk.start(other, kernel.handleFault(), 0, PAGE, 1);
            case "madvise" -> walk.start(other, kernel.calls().madviseDontneed(), 0, PAGE, PAGE);
            case "munmap" -> walk.start(other, kernel.calls().munmap(), 0, PAGE, PAGE);
            case "mremap" -> walk.start(other, new Move(kernel));
            case "mprotect" -> walk.start(other, kernel.calls().mprotect(), 0, PAGE, PAGE, Prot.READ);
            case "reclaim" -> walk.start(other, kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
            case "migrate" -> walk.start("migrate back", kernel.calls().movePages(), 0, PAGE, PAGE, 0);
            default -> walk.start(other, kernel.userPages().get(), 0, PAGE, 0);
        }
    }

    /** Moves the page one up. */
    private static final class Move extends Routine {
        private final Kernel kernel;

        Move(Kernel kernel) {
            super(kernel.engine(), "move", 0);
            this.kernel = kernel;
        }

        @Override
        public String stepName(int pc) {
            return "move";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                agent.call(kernel.calls().mremap(), 1, 0, PAGE, PAGE, PAGE);
                agent.local(4, Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED);
                agent.local(5, 2 * PAGE);
            } else {
                agent.done(agent.result());
            }
        }
    }

    private static void check(VmRig rig, String other) {
        long vaddr = other.equals("mremap") ? 2 * PAGE : PAGE;
        long pte = rig.mm.peekPte(vaddr);
        boolean dropped = other.equals("munmap") || other.equals("madvise");
        assertThat(Pte.migration(pte)).isFalse();
        assertThat(rig.kernel.pageLocks().count()).isZero();
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(Pte.present(pte) ? 3 : 4);
        assertThat(rig.kernel.swap().used()).isEqualTo(Pte.swap(pte) ? 1 : 0);
        if (Pte.present(pte)) {
            assertThat(rig.kernel.frames().references(Pte.pfn(pte))).isEqualTo(1);
        }
        if (dropped) {
            assertThat(pte).isEqualTo(Pte.NONE);
        } else {
            assertThat(rig.kernel.userMemory().readWord(rig.mm, vaddr, 8)).isEqualTo(WORD);
        }
        if (other.equals("mprotect")) {
            assertThat(Pte.writable(pte)).isFalse();
        }
        assertThat(rig.mm.mmapSem().readers()).isZero();
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_READ_AFTER_FREE))
                .isZero();
    }
}
