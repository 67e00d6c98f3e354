package grusim.protocol;

import static grusim.protocol.ProtocolRig.FLUSH_PS;
import static grusim.protocol.ProtocolRig.NS;
import static grusim.protocol.ProtocolRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.notifier.FillRules;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the IOMMU's requests cost, what an unmapping waits for, and in which order. */
final class AtsTest {
    private static final long NEVER_SLEEPS = 0;
    private static final long SLEEPS = 1;

    private final ProtocolRig rig = new ProtocolRig("invalidation.protocol=ats");
    private final FillRules fills = Objects.requireNonNull(rig.fills);

    @Test
    void translationRequest_costsItsRoundTrip() {
        assertThat(rig.took(rig.cpu(0), fills.enter(), 0, 0, NEVER_SLEEPS)).isEqualTo(500 * NS);
        assertThat(rig.took(rig.cpu(0), fills.admit(), 0, 0, 1, 77, 0, NEVER_SLEEPS))
                .isZero();
    }

    @Test
    void pageRequest_costsTheWayInTheAnswerAndATranslation() {
        assertThat(rig.took(rig.cpu(0), fills.enter(), 0, 0, SLEEPS)).isEqualTo(5000 * NS);
        assertThat(rig.took(rig.cpu(0), fills.admit(), 0, 0, 0, 77, 0, SLEEPS)).isEqualTo((1000 + 500) * NS);
    }

    @Test
    void munmap_flushesBeforeItFrees() {
        rig.touch(0);
        rig.listen();
        rig.call(rig.cpu(1), rig.kernel.calls().munmap(), 0, 0, 64 * PAGE);
        assertThat(rig.steps)
                .containsSubsequence(
                        "take the page-table lock",
                        "clear a pte",
                        "announce the clears",
                        "flush the device",
                        "TGH invalidate",
                        "wait for the TGH",
                        "note that the CPU's clears are flushed",
                        "announced the clears",
                        "flush the CPUs' TLBs",
                        "announce the flush",
                        "are the clears flushed?",
                        "announce the free of page-table pages",
                        "note the walks under way",
                        "wait for the walks under way",
                        "free a page");
        assertThat(rig.steps)
                .filteredOn(step -> step.equals("flush the device"))
                .hasSize(1);
    }

    @Test
    void withoutTheRule_theRangesEndFlushes() {
        ProtocolRig late = new ProtocolRig(
                "invalidation.protocol=ats", "invalidation.without=invalidate-under-lock", "kernel.gatherPages=1");
        late.touch(0);
        late.listen();
        late.call(late.cpu(1), late.kernel.calls().munmap(), 0, 0, PAGE);
        assertThat(late.steps)
                .containsSubsequence("clear a pte", "free a page", "announce the range's end", "flush the device");
    }

    @Test
    void flushWithoutAClear_isMade() {
        assertThat(rig.took(rig.cpu(1), rig.callouts.flushed(), 0, 0, PAGE)).isEqualTo(FLUSH_PS);
        rig.call(rig.cpu(1), rig.callouts.cleared(), 0, 0, PAGE);
        assertThat(rig.took(rig.cpu(2), rig.callouts.flushed(), 0, 0, PAGE))
                .as("another CPU's clear")
                .isEqualTo(FLUSH_PS);
        assertThat(rig.took(rig.cpu(1), rig.callouts.flushed(), 0, 0, PAGE)).isZero();
        assertThat(rig.took(rig.cpu(1), rig.callouts.flushed(), 0, 0, PAGE)).isEqualTo(FLUSH_PS);
    }

    @Test
    void freeOfTables_waitsForTheWalksThatBeganBefore() {
        rig.call(rig.cpu(0), fills.enter(), 0, 0, NEVER_SLEEPS);
        List<Long> free = rig.start(rig.cpu(1), rig.callouts.tablesUnlinked(), 0);
        rig.run();
        rig.call(rig.cpu(2), fills.enter(), 0, 0, NEVER_SLEEPS);
        assertThat(free).isEmpty();
        rig.call(rig.cpu(0), fills.abandoned(), 0, 0, 1);
        assertThat(free).as("the walk that began later still goes on").hasSize(1);
        rig.call(rig.cpu(2), fills.admit(), 0, 0, 1, 77, 0, NEVER_SLEEPS);
    }

    @Test
    void release_refusesWalksAndFlushesAll() {
        rig.listen();
        rig.call(rig.cpu(1), rig.callouts.release(), 0);
        assertThat(rig.steps)
                .containsSubsequence("take the tables away", "wait for the walks under way", "flush the device");
        assertThat(rig.call(rig.cpu(0), fills.enter(), 0, 0, NEVER_SLEEPS)).isEqualTo(FillRules.REFUSED);
        assertThat(rig.call(rig.cpu(0), fills.enter(), 0, 0, SLEEPS)).isZero();
    }

    @Test
    void walks_keepTheirState() {
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        WalksInFlight walks = new WalksInFlight(engine, "walks");
        Agent walker = new Agent(engine, "walker");
        Agent waiter = new Agent(engine, "waiter");
        walker.start(
                new Script(engine, "walk", 0).then("begin", (a, here) -> {
                    walks.begin(a);
                    a.done(0);
                }),
                0);
        engine.timed().run(1);
        waiter.start(
                new Script(engine, "drain", 0).then("drain", (a, here) -> {
                    walks.drain(a);
                    a.done(0);
                }),
                0);
        engine.timed().run(Long.MAX_VALUE);
        Engine other = Engine.timed(new SequentialMemory(), 1);
        StateContract.assertRoundTrip(walks, new WalksInFlight(other, "walks"), true);
    }
}
