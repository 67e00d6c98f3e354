package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import grusim.workload.KernelSpec.ReclaimNotifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every interleaving of a few operations on a tiny machine ends with all frames, tables and swap slots accounted for. */
final class VmExplorationTest {
    private static final long WORD = 0x1234_5678_9abcL;

    private final List<Agent> agents = new ArrayList<>();

    private VmRig rig(ReclaimNotifier notifier, String... settings) {
        String[] all = VmRig.settings(notifier, false, 0, 0, settings);
        VmRig rig = new VmRig(Engine.exploring(new SequentialMemory()), VmRig.spec(all), 1, 3, 1);
        rig.mm.map(PAGE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        return rig;
    }

    private void start(VmRig rig, String name, Routine routine, long... arguments) {
        Agent agent = new Agent(rig.engine, name);
        agent.start(routine, 0, arguments);
        agents.add(agent);
    }

    /** Runs the first agent alone to its end: the state from which the others race. */
    private void settle(VmRig rig) {
        Agent agent = agents.remove(0);
        while (!agent.idle()) {
            rig.engine.exploring().step(agent);
        }
    }

    /** Walks all states depth first and checks every final one; returns how many states there are. */
    private int explore(VmRig rig, Runnable check) {
        Set<Snapshot> seen = new HashSet<>();
        Deque<Snapshot> open = new ArrayDeque<>();
        open.push(Snapshot.of(rig.engine, false));
        seen.add(open.peek());
        int finals = 0;
        while (!open.isEmpty()) {
            Snapshot state = open.pop();
            boolean last = true;
            for (Agent agent : agents) {
                state.into(rig.engine);
                if (rig.engine.exploring().enabled(agent)) {
                    last = false;
                    rig.engine.exploring().step(agent);
                    Snapshot next = Snapshot.of(rig.engine, false);
                    if (seen.add(next)) {
                        open.push(next);
                    }
                }
            }
            if (last) {
                state.into(rig.engine);
                assertThat(agents).as(rig.engine.waitGraph()).allMatch(Agent::idle);
                check.run();
                finals++;
            }
        }
        assertThat(finals).isPositive();
        return seen.size();
    }

    private static void checkAccounts(VmRig rig) {
        long pte = rig.mm.peekPte(PAGE);
        int present = (Pte.present(pte) ? 1 : 0) + (Pte.present(rig.mm.peekPte(2 * PAGE)) ? 1 : 0);
        assertThat(rig.kernel.frames().freeFrames()).isEqualTo(3 - present);
        assertThat(rig.kernel.swap().used()).isEqualTo(Pte.swap(pte) ? 1 : 0);
        if (Pte.present(pte)) {
            assertThat(rig.kernel.frames().references(Pte.pfn(pte))).isEqualTo(1);
        }
        assertThat(rig.mm.mmapSem().readers()).isZero();
        assertThat(rig.mm.mmapSem().writeLocked()).isFalse();
        assertThat(rig.kernel.counters().value(VmCounter.TABLES_READ_AFTER_FREE))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(ReclaimNotifier.class)
    void faultRacingWithReclaim_keepsTheContent(ReclaimNotifier notifier) {
        VmRig rig = rig(notifier);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(PAGE)), 0, 8, WORD);
        start(rig, "fault", rig.kernel.handleFault(), 0, PAGE, 1);
        start(rig, "reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
        int states = explore(rig, () -> {
            checkAccounts(rig);
            assertThat(rig.kernel.userMemory().readWord(rig.mm, PAGE, 8)).isEqualTo(WORD);
        });
        assertThat(states).isGreaterThan(300);
    }

    @Test
    void twoFaultsOnASwappedPage_readItOnce() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        rig.memory.writeWord(Pte.pfn(rig.mm.peekPte(PAGE)), 0, 8, WORD);
        start(rig, "setup reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
        settle(rig);
        assertThat(Pte.swap(rig.mm.peekPte(PAGE))).isTrue();
        start(rig, "fault", rig.kernel.handleFault(), 0, PAGE, 1);
        start(rig, "other fault", rig.kernel.handleFault(), 0, PAGE, 0);
        explore(rig, () -> {
            checkAccounts(rig);
            assertThat(Pte.present(rig.mm.peekPte(PAGE))).isTrue();
            assertThat(rig.kernel.userMemory().readWord(rig.mm, PAGE, 8)).isEqualTo(WORD);
        });
    }

    @Test
    void getUserPageRacingWithReclaim_leavesNoReference() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        start(rig, "get_user_pages", rig.kernel.userPages().get(), 0, PAGE, 1);
        start(rig, "reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
        explore(rig, () -> checkAccounts(rig));
    }

    @Test
    void firstTouchesRacingWithEachOther_leakNothing() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        start(rig, "fault", rig.kernel.handleFault(), 0, PAGE, 1);
        start(rig, "other fault", rig.kernel.handleFault(), 0, PAGE, 1);
        assertThat(explore(rig, () -> checkAccounts(rig))).isGreaterThan(10_000);
    }

    @Test
    void faultRacingWithADrop_leaksNothing() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        start(rig, "fault", rig.kernel.handleFault(), 0, PAGE, 1);
        start(rig, "drop", rig.kernel.calls().madviseDontneed(), 0, PAGE, PAGE);
        explore(rig, () -> checkAccounts(rig));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unmapRacingWithReclaim_freesEverythingAndNoTableInUse(boolean downgrade) {
        VmRig rig = rig(ReclaimNotifier.RANGE, "kernel.munmapDowngrade=" + downgrade);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        start(rig, "unmap", rig.kernel.calls().munmap(), 0, PAGE, PAGE);
        start(rig, "reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
        explore(rig, () -> {
            checkAccounts(rig);
            assertThat(rig.mm.peekPte(PAGE)).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unmapRacingWithAFaultNextToIt_takesNoTableFromIt(boolean downgrade) {
        VmRig rig = rig(ReclaimNotifier.PAGE, "kernel.munmapDowngrade=" + downgrade);
        rig.mm.map(2 * PAGE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        start(rig, "unmap", rig.kernel.calls().munmap(), 0, PAGE, PAGE);
        start(rig, "fault", rig.kernel.handleFault(), 0, 2 * PAGE, 1);
        explore(rig, () -> {
            checkAccounts(rig);
            assertThat(rig.mm.peekPte(PAGE)).isZero();
            assertThat(Pte.present(rig.mm.peekPte(2 * PAGE))).isTrue();
            assertThat(rig.kernel.frames().references(Pte.pfn(rig.mm.peekPte(2 * PAGE))))
                    .isEqualTo(1);
        });
    }

    @Test
    void dropAndTouchRacingWithReclaim_neverTakesTheNewFrameForTheOld() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        Routine dropAndTouch = new Routine(rig.engine, "drop and touch", 1) {
            @Override
            public String stepName(int pc) {
                return "call";
            }

            @Override
            public void step(Agent agent, int pc) {
                switch (pc) {
                    case 0 -> agent.call(rig.kernel.calls().madviseDontneed(), 1, 0, PAGE, PAGE);
                    case 1 -> agent.call(rig.kernel.handleFault(), 2, 0, PAGE, 1);
                    default -> agent.done(0);
                }
            }
        };
        start(rig, "drop and touch", dropAndTouch);
        start(rig, "reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
        explore(rig, () -> {
            checkAccounts(rig);
            assertThat(rig.mm.peekPte(PAGE)).isNotZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "mmap-lock"})
    void exitRacingWithReclaim_freesEverything(String exitLock) {
        VmRig rig = rig(ReclaimNotifier.PAGE, "kernel.exitLock=" + exitLock);
        rig.notifier();
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        start(rig, "exit", rig.kernel.exitMmap(), 0);
        start(rig, "reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
        explore(rig, () -> {
            checkAccounts(rig);
            assertThat(rig.kernel.frames().freeFrames()).isEqualTo(3);
        });
    }

    @Test
    void snapshots_ofATinyMachine_areSmall() {
        VmRig rig = rig(ReclaimNotifier.PAGE);
        start(rig, "setup", rig.kernel.handleFault(), 0, PAGE, 1);
        settle(rig);
        assertThat(Snapshot.of(rig.engine, false).length()).isLessThan(160);
    }
}
