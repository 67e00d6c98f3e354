package grusim.protocol;

import static grusim.protocol.ProtocolRig.FLUSH_PS;
import static grusim.protocol.ProtocolRig.LOCK_PS;
import static grusim.protocol.ProtocolRig.NS;
import static grusim.protocol.ProtocolRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.linux.Mm;
import grusim.notifier.FillRules;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Messages, interrupts and the table of active faults: how long they take, and that nobody waits for ever. */
final class CrossPartitionIpiTest {
    private final ProtocolRig rig = new ProtocolRig("invalidation.protocol=cross-partition-ipi");
    private final FillRules fills = Objects.requireNonNull(rig.fills);

    private long enter(Cpu cpu, long page) {
        return rig.took(cpu, fills.enter(), 0, page * PAGE, 1);
    }

    private void invalidate(long from, long to) {
        rig.call(rig.cpu(1), rig.callouts.cleared(), 0, from * PAGE, to * PAGE);
    }

    @Test
    void invalidate_takesInterruptHandlerAndFlush() {
        // the deposit's 1,000 ns pass while the interrupt is on its way
        long serviceNs = 1000 + 500;
        assertThat(rig.took(rig.cpu(1), rig.callouts.cleared(), 0, 0, PAGE))
                .isEqualTo(serviceNs * NS + LOCK_PS + FLUSH_PS + LOCK_PS);
    }

    @Test
    void secondSender_isServedAfterTheFirstByOneInterrupt() {
        List<Long> first = rig.start(rig.cpu(1), rig.callouts.cleared(), 0, 0, PAGE);
        List<Long> second = rig.start(rig.cpu(2), rig.callouts.cleared(), 0, PAGE, 2 * PAGE);
        long startPs = rig.engine.nowPs();
        rig.run();
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1);
        long each = 500 * NS + LOCK_PS + FLUSH_PS + LOCK_PS;
        assertThat(rig.engine.nowPs() - startPs).isEqualTo(1000 * NS + 2 * each);
    }

    @Test
    void fill_takesARequestAndAnAnswer() {
        assertThat(enter(rig.cpu(0), 3)).isEqualTo(2000 * NS);
        assertThat(rig.took(rig.cpu(0), fills.admit(), 0, 3 * PAGE, 0, 77)).isEqualTo(2000 * NS + LOCK_PS);
        rig.call(rig.cpu(0), fills.filled(), 0, 3 * PAGE, 0, 77);
    }

    @Test
    void invalidate_cancelsTheFillsOfItsRange() {
        enter(rig.cpu(0), 3);
        enter(rig.cpu(2), 4);
        invalidate(2, 4);
        assertThat(rig.call(rig.cpu(0), fills.admit(), 0, 3 * PAGE, 0, 77)).isEqualTo(FillRules.AGAIN);
        assertThat(rig.call(rig.cpu(2), fills.admit(), 0, 4 * PAGE, 0, 78)).isEqualTo(78);
        rig.call(rig.cpu(2), fills.filled(), 0, 4 * PAGE, 0, 78);
        enter(rig.cpu(0), 3);
        assertThat(rig.call(rig.cpu(0), fills.admit(), 0, 3 * PAGE, 0, 79))
                .as("cancelled once, not for ever")
                .isEqualTo(79);
    }

    @Test
    void invalidate_waitsForAnEntryThatIsBeingGiven() {
        enter(rig.cpu(0), 3);
        rig.call(rig.cpu(0), fills.admit(), 0, 3 * PAGE, 0, 77);
        List<Long> sender = rig.start(rig.cpu(1), rig.callouts.cleared(), 0, 3 * PAGE, 4 * PAGE);
        rig.run();
        assertThat(sender).isEmpty();
        assertThat(rig.cpu(0).masked()).isTrue();
        rig.call(rig.cpu(0), fills.filled(), 0, 3 * PAGE, 0, 77);
        assertThat(sender).hasSize(1);
        assertThat(rig.cpu(0).masked()).isFalse();
    }

    @Test
    void abandonedFill_leavesTheTable() {
        enter(rig.cpu(0), 3);
        rig.call(rig.cpu(0), fills.abandoned(), 0, 3 * PAGE, 0);
        enter(rig.cpu(0), 3);
    }

    @Test
    void twoCpusThatServeEachOther_bothGoOn() {
        ProtocolRig two = new ProtocolRig((spec, around) -> {
            Cpu first = new Cpu(around.engine(), "first");
            Cpu second = new Cpu(around.engine(), "second");
            return new CrossPartitionIpi(around, spec.invalidation().crossPartition(), List.of(first, second));
        });
        Cpu first = two.engine.agents().stream()
                .filter(a -> a.name().equals("first"))
                .map(Cpu.class::cast)
                .findAny()
                .orElseThrow();
        Cpu second = two.engine.agents().stream()
                .filter(a -> a.name().equals("second"))
                .map(Cpu.class::cast)
                .findAny()
                .orElseThrow();
        Mm other = two.space();
        other.register(two.protocol.callouts(other.id()));
        two.touch(0);
        two.call(two.cpu(1), two.kernel.handleFault(), other.id(), 0, 1);
        // the first CPU serves space 0 and unmaps space 1, the second one the other way round
        List<Long> one = two.start(first, two.kernel.calls().munmap(), 1, 0, PAGE);
        List<Long> another = two.start(second, two.kernel.calls().munmap(), 0, 0, PAGE);
        two.run();
        assertThat(one).as(two.engine.waitGraph()).containsExactly(0L);
        assertThat(another).containsExactly(0L);
    }

    @Test
    void state_isKept() {
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        ActiveFaults faults = new ActiveFaults(engine, "faults");
        Payloads payloads = new Payloads(engine, "payloads");
        Agent agent = new Agent(engine, "cpu");
        step(engine, agent, a -> faults.begin(a, 0x3000));
        step(engine, agent, a -> assertThat(faults.cancel(a, 0x3000, 0x4000)).isOne());
        step(
                engine,
                agent,
                a -> assertThat(payloads.deposit(a, 2, 0x1000, 0x5000)).isTrue());
        step(engine, agent, payloads::take);
        Engine other = Engine.timed(new SequentialMemory(), 1);
        StateContract.assertRoundTrip(faults, new ActiveFaults(other, "faults"), true);
        StateContract.assertRoundTrip(payloads, new Payloads(other, "payloads"), true);
    }

    private static void step(Engine engine, Agent agent, Consumer<Agent> access) {
        agent.start(
                new Script(engine, "step", 0).then("access", (a, here) -> {
                    access.accept(a);
                    a.done(0);
                }),
                0);
        engine.timed().run(Long.MAX_VALUE);
    }
}
