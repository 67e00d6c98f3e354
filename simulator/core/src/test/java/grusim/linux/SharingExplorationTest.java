package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every interleaving of operations on shared frames keeps what each side wrote, and loses no frame, table or swap slot. */
final class SharingExplorationTest {
    private static final long OLD = 0x1234_5678_9abcL;
    private static final long PARENTS = 11;
    private static final long CHILDS = 22;
    private static final int FRAMES = 6;
    private static final int PARENT = 0;
    private static final int CHILD = 1;

    private final List<Agent> agents = new ArrayList<>();

    /** One page, written, in an address space that a CPU may fork once. */
    private VmRig rig(String... settings) {
        String[] all = Stream.concat(Stream.of("kernel.shootdown=purge"), Stream.of(settings))
                .toArray(String[]::new);
        VmRig rig = new VmRig(Engine.exploring(new SequentialMemory()), VmRig.spec(all), 1, FRAMES, 1);
        rig.mm.map(PAGE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        rig.kernel.processes().allow(rig.cpu, 1);
        settle(rig, rig.kernel.processes().userStore(), PARENT, PAGE, OLD);
        return rig;
    }

    private VmRig forked(String... settings) {
        VmRig rig = rig(settings);
        settle(rig, rig.kernel.processes().fork(), PARENT);
        return rig;
    }

    private static void settle(VmRig rig, Routine routine, long... arguments) {
        rig.cpu.start(routine, 0, arguments);
        while (!rig.cpu.idle()) {
            rig.engine.exploring().step(rig.cpu);
        }
    }

    private void start(VmRig rig, String name, Routine routine, long... arguments) {
        start(new Cpu(rig.engine, name), routine, arguments);
    }

    private void start(Cpu cpu, Routine routine, long... arguments) {
        cpu.start(routine, 0, arguments);
        agents.add(cpu);
    }

    private void store(VmRig rig, int mm, long value) {
        start(rig, "store" + mm, rig.kernel.processes().userStore(), mm, PAGE, value);
    }

    private void reclaim(VmRig rig) {
        start(rig, "reclaim", rig.kernel.reclaimPages(), 1, 1, PAGE, 2 * PAGE);
    }

    /** Walks all states, checks every final one and that nothing is left once both sides have ended; counts the states. */
    private int explore(VmRig rig, Runnable check) {
        Set<Snapshot> seen = new HashSet<>();
        Deque<Snapshot> open = new ArrayDeque<>();
        open.push(Snapshot.of(rig.engine, false));
        seen.add(open.peek());
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
                settle(rig, rig.kernel.exitMmap(), PARENT);
                if (rig.kernel.mm(CHILD).vmas().count() > 0) {
                    settle(rig, rig.kernel.exitMmap(), CHILD);
                }
                assertThat(rig.kernel.frames().freeFrames()).isEqualTo(FRAMES);
                assertThat(rig.kernel.swap().used()).isZero();
            }
        }
        return seen.size();
    }

    private static void holds(VmRig rig, int mm, long value) {
        assertThat(rig.kernel.userMemory().readWord(rig.kernel.mm(mm), PAGE, 8)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "range"})
    void bothSidesWrite(String notifier) {
        VmRig rig = forked("kernel.cowNotifier=" + notifier);
        store(rig, PARENT, PARENTS);
        store(rig, CHILD, CHILDS);
        int states = explore(rig, () -> {
            holds(rig, PARENT, PARENTS);
            holds(rig, CHILD, CHILDS);
        });
        assertThat(states).isGreaterThan(300);
    }

    @Test
    void parentWrites_whileTheChildExits() {
        VmRig rig = forked();
        store(rig, PARENT, PARENTS);
        start(rig, "exit", rig.kernel.exitMmap(), CHILD);
        explore(rig, () -> holds(rig, PARENT, PARENTS));
    }

    /** Reclaim takes the parent's page first: a child that writes then must not write what the parent's slot will hold. */
    @ParameterizedTest
    @ValueSource(ints = {PARENT, CHILD})
    void oneSideWrites_whileReclaimTakesTheSharedFrame(int writer) {
        VmRig rig = forked();
        store(rig, writer, PARENTS);
        reclaim(rig);
        explore(rig, () -> {
            holds(rig, writer, PARENTS);
            holds(rig, 1 - writer, OLD);
        });
    }

    @Test
    void childExits_whileReclaimTakesTheSharedFrame() {
        VmRig rig = forked();
        start(rig, "exit", rig.kernel.exitMmap(), CHILD);
        reclaim(rig);
        explore(rig, () -> holds(rig, PARENT, OLD));
    }

    @Test
    void fork_whileReclaimTakesTheFrame() {
        VmRig rig = rig();
        start(rig.cpu, rig.kernel.processes().fork(), PARENT);
        reclaim(rig);
        explore(rig, () -> {
            holds(rig, PARENT, OLD);
            holds(rig, CHILD, OLD);
        });
    }

    @Test
    void fork_whileTheParentWrites() {
        VmRig rig = rig();
        start(rig.cpu, rig.kernel.processes().fork(), PARENT);
        store(rig, PARENT, PARENTS);
        Set<Long> seen = new HashSet<>();
        explore(rig, () -> {
            holds(rig, PARENT, PARENTS);
            seen.add(rig.kernel.userMemory().readWord(rig.kernel.mm(CHILD), PAGE, 8));
        });
        assertThat(seen).containsExactlyInAnyOrder(OLD, PARENTS);
    }

    @Test
    void lazyFreeing_whileReclaimTakesTheFrameAndADeviceWrites() {
        VmRig rig = rig();
        settle(rig, rig.kernel.calls().madviseFree(), PARENT, PAGE, PAGE);
        store(rig, PARENT, PARENTS);
        reclaim(rig);
        explore(rig, () -> holds(rig, PARENT, PARENTS));
    }

    @Test
    void merging_whileOneOfThePagesIsWritten() {
        VmRig rig = rig();
        rig.mm.map(2 * PAGE, PAGE, Prot.READ | Prot.WRITE, Mm.FIRST_TOUCH, 0);
        settle(rig, rig.kernel.processes().userStore(), PARENT, 2 * PAGE, OLD);
        start(rig, "ksmd", rig.kernel.calls().ksmMerge(), PARENT, PAGE, 3 * PAGE);
        store(rig, PARENT, PARENTS);
        Set<Boolean> merged = new HashSet<>();
        explore(rig, () -> {
            holds(rig, PARENT, PARENTS);
            assertThat(rig.kernel.userMemory().readWord(rig.mm, 2 * PAGE, 8)).isEqualTo(OLD);
            merged.add(Pte.shared(rig.mm.peekPte(2 * PAGE)));
        });
        assertThat(merged).containsExactlyInAnyOrder(true, false);
    }
}
