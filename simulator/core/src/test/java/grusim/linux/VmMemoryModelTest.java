package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.MemoryModels;
import grusim.engine.Routine;
import grusim.explore.Outcome;
import grusim.explore.Verdict;
import grusim.workload.KernelSpec.ReclaimNotifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Races inside the kernel, on CPUs with store buffers or views: its locks and barriers keep every page and table accounted
 * for in all interleavings.
 */
final class VmMemoryModelTest {
    private static final long WORD = 0x1234_5678_9abcL;

    /** What races with what; the first page is present. */
    enum Race {
        FAULT_AND_RECLAIM,
        DROP_AND_RECLAIM,
        UNMAP_AND_RECLAIM,
        DOWNGRADED_UNMAP_AND_FAULT_NEXT_TO_IT,
        PROTECT_AND_RECLAIM,
        TWO_DROPS_OF_EACH_OTHER,
        LOCKED_EXIT_AND_RECLAIM
    }

    record Racers(VmRig rig, Cpu first, Cpu second, ModelWalk.Mark read) {
        void start(Routine one, long[] oneWith, Routine two, long[] twoWith) {
            first.start(one, 0, oneWith);
            second.start(two, 0, twoWith);
        }

        /** What is wrong in the present state, or null. */
        @Nullable
        String violation() {
            if (read.isSet()) {
                return "a freed table was read";
            }
            if (!ModelWalk.over(rig.engine)) {
                return null;
            }
            int present = 0;
            int swapped = 0;
            for (long page = 2; page < 4; page++) {
                long pte = rig.mm.peekPte(page * PAGE);
                if (Pte.present(pte)) {
                    present++;
                    if (rig.kernel.frames().references(Pte.pfn(pte)) != 1) {
                        return "page " + page + " has another number of references";
                    }
                } else if (Pte.swap(pte)) {
                    swapped++;
                }
                if (pte != Pte.NONE && page == 2 && rig.kernel.userMemory().readWord(rig.mm, page * PAGE, 8) != WORD) {
                    return "page " + page + " has lost its content";
                }
            }
            if (rig.kernel.frames().freeFrames() != 3 - present) {
                return rig.kernel.frames().freeFrames() + " frames are free beside " + present + " pages";
            }
            return rig.kernel.swap().used() == swapped ? null : "swap slots are lost";
        }
    }

    private static ModelWalk.Machine machine(Race race, Memory memory) {
        String[] settings = VmRig.settings(
                ReclaimNotifier.PAGE,
                false,
                0,
                0,
                "kernel.munmapDowngrade=" + (race == Race.DOWNGRADED_UNMAP_AND_FAULT_NEXT_TO_IT),
                "kernel.exitLock=" + (race == Race.LOCKED_EXIT_AND_RECLAIM ? "mmap-lock" : "none"));
        Engine engine = Engine.exploring(memory);
        VmRig rig = new VmRig(engine, VmRig.spec(settings), 1, 3, 1);
        rig.mm.map(2 * PAGE, 2 * PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        Cpu second = new Cpu(engine, "second");
        Racers racers = new Racers(rig, rig.cpu, second, ModelWalk.tableReadAfterFree(rig));
        touch(rig, 2);
        rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(2 * PAGE)), 0, 8, WORD);
        Kernel kernel = rig.kernel;
        long[] reclaim = {1, 1, 2 * PAGE, 3 * PAGE};
        long[] page = {0, 2 * PAGE, PAGE};
        switch (race) {
            case FAULT_AND_RECLAIM ->
                racers.start(kernel.handleFault(), new long[] {0, 2 * PAGE, 1}, kernel.reclaimPages(), reclaim);
            case DROP_AND_RECLAIM ->
                racers.start(kernel.calls().madviseDontneed(), page, kernel.reclaimPages(), reclaim);
            case UNMAP_AND_RECLAIM -> racers.start(kernel.calls().munmap(), page, kernel.reclaimPages(), reclaim);
            case DOWNGRADED_UNMAP_AND_FAULT_NEXT_TO_IT ->
                racers.start(kernel.calls().munmap(), page, kernel.handleFault(), new long[] {0, 3 * PAGE, 1});
            case PROTECT_AND_RECLAIM ->
                racers.start(
                        kernel.calls().mprotect(),
                        new long[] {0, 2 * PAGE, PAGE, Prot.READ},
                        kernel.reclaimPages(),
                        reclaim);
            case TWO_DROPS_OF_EACH_OTHER -> {
                rig.mm.runsOn(rig.cpu);
                rig.mm.runsOn(second);
                touch(rig, 3);
                racers.start(
                        kernel.calls().madviseDontneed(), page, kernel.calls().madviseDontneed(), new long[] {
                            0, 3 * PAGE, PAGE
                        });
            }
            case LOCKED_EXIT_AND_RECLAIM ->
                racers.start(kernel.exitMmap(), new long[] {0}, kernel.reclaimPages(), reclaim);
        }
        return new ModelWalk.Machine(engine, racers::violation);
    }

    private static void touch(VmRig rig, long page) {
        rig.cpu.start(rig.kernel.handleFault(), 0, 0, page * PAGE, 1);
        ModelWalk.settle(rig.engine);
    }

    @ParameterizedTest
    @EnumSource(Race.class)
    void race_keepsEveryPageAndTableAccountedFor(Race race) {
        for (String model : MemoryModels.NAMES) {
            Verdict verdict = ModelWalk.run(model, memory -> machine(race, memory));
            assertThat(verdict.outcome())
                    .as("%s: %s", model, verdict.explanation())
                    .isEqualTo(Outcome.SAFE);
        }
    }
}
