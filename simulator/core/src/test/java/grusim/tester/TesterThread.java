package grusim.tester;

import grusim.driver.ThreadState;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.isa.InstructionStatus;
import grusim.linux.Mm;
import grusim.linux.Prot;
import grusim.linux.SystemCalls;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the tester: does its deeds in order, up to two instructions at a time on control blocks of its own, and
 * checks each result against the shadow. A deed that would touch what another is about waits a little, and is left out if that
 * does not help.
 */
final class TesterThread extends Routine {
    static final int BLOCKS = 2;
    private static final int MOST_TRIES = 50;
    private static final long RETRY_PS = 700_000;
    private static final long PROTECTED_PS = 3_000_000;

    private static final long MOVE_PS = 5_000_000;

    private static final int NEXT = 0;
    private static final int POLL = 1;
    private static final int CALLED = 2;
    private static final int SECOND = 3;
    private static final int ASKED = 4;
    private static final int CLOSE = 5;
    private static final int END = 6;

    private final Trial trial;
    private final String name;
    private final Cpu home;
    private final Cpu other;
    private final Mm mm;
    private final Shadow shadow;
    private final @Nullable ThreadState gts;
    private final List<Deed> deeds;
    private final Segment[] segments = {new Segment(0), new Segment(1)};
    private final @Nullable Deed[] running = new @Nullable Deed[BLOCKS];
    private int at;
    private int tries;
    private int polled;
    private @Nullable Deed called;
    private boolean closing;
    private boolean ended;
    int skipped;

    TesterThread(
            Trial trial,
            String name,
            Cpu home,
            Cpu other,
            Mm mm,
            Shadow shadow,
            @Nullable ThreadState gts,
            List<Deed> deeds) {
        super(trial.engine, name, 0);
        this.trial = trial;
        this.name = name;
        this.home = home;
        this.other = other;
        this.mm = mm;
        this.shadow = shadow;
        this.gts = gts;
        this.deeds = deeds;
    }

    boolean ended() {
        return ended;
    }

    @Override
    public String stepName(int pc) {
        return List.of("next deed", "poll", "call returned", "undo", "asked about an exception", "close", "end")
                .get(pc);
    }

    /** What the thread is at, in words. */
    String doing() {
        StringBuilder text = new StringBuilder(name + ": ");
        if (called != null) {
            text.append("in the call ").append(called);
        }
        for (int block = 0; block < BLOCKS; block++) {
            Deed deed = running[block];
            if (deed != null) {
                text.append("control block ")
                        .append(block)
                        .append(" runs ")
                        .append(deed)
                        .append("; ");
            }
        }
        if (gts != null && gts.loaded()) {
            text.append("context ").append(gts.context()).append(" of gru").append(gts.chiplet());
        } else {
            text.append("no context loaded");
        }
        return text.append(", deed ")
                .append(at)
                .append(" of ")
                .append(deeds.size())
                .toString();
    }

    @Override
    public void step(Agent a, int pc) {
        switch (pc) {
            case NEXT -> next(a);
            case POLL -> poll(a, context());
            case CALLED -> returned(a);
            case SECOND -> undo(a);
            case ASKED -> asked(a, context());
            case CLOSE -> {
                closing = true;
                if (gts == null) {
                    a.next(END, 0, Why.IDLE);
                } else {
                    a.call(trial.driver.closeSegment(), END, gts.id());
                }
            }
            default -> {
                ended = true;
                trial.done();
                a.done(0);
            }
        }
    }

    private ThreadState context() {
        ThreadState state = gts;
        if (state == null) {
            throw new IllegalStateException(name + " has no context");
        }
        return state;
    }

    private void next(Agent a) {
        int free = running[0] == null ? 0 : running[1] == null ? 1 : -1;
        boolean idle = running[0] == null && running[1] == null;
        if (at == deeds.size() || free < 0) {
            a.next(idle ? CLOSE : POLL, 0, Why.POLL);
            return;
        }
        Deed deed = deeds.get(at);
        if (!shadow.claim(deed.spans())) {
            later(a, idle);
        } else if (deed.kind().instruction()) {
            start(a, context(), deed, free);
        } else if (deed.kind() == Deed.Kind.MOVE) {
            move(a, context());
        } else {
            at++;
            called = deed;
            call(a, deed);
        }
    }

    /** Somebody, perhaps the thread itself, is about what the next deed needs. */
    private void later(Agent a, boolean idle) {
        tries++;
        if (tries > MOST_TRIES) {
            tries = 0;
            at++;
            skipped++;
            a.next(NEXT, 0, Why.THINK);
        } else if (idle) {
            a.next(NEXT, RETRY_PS, Why.THINK);
        } else {
            a.next(POLL, 0, Why.POLL);
        }
    }

    private void move(Agent a, ThreadState state) {
        Cpu to = a == home ? other : home;
        if (!to.idle()) {
            a.next(NEXT, RETRY_PS, Why.THINK); // it is in an interrupt
            return;
        }
        at++;
        trial.driver.moved(state, to);
        to.start(this, MOVE_PS);
        trial.done();
        a.done(0);
    }

    // ---- instructions ----

    private void start(Agent a, ThreadState state, Deed deed, int free) {
        if (!state.mapping().present(a)) {
            shadow.release(deed.spans());
            a.call(trial.driver.segmentFault(), NEXT, state.id());
            return;
        }
        Chiplet chiplet = trial.chiplet(state);
        segments[free].prepare(chiplet.dataSegment(), state.dsrMap(), deed);
        block(state, free)
                .start(a, Instructions.of(deed, Trial.BASE, segments[free]).words());
        running[free] = deed;
        at++;
        tries = 0;
        a.next(NEXT, 0, Why.START);
    }

    private ControlBlock block(ThreadState state, int user) {
        return trial.chiplet(state).cb(AllocationMap.cbNumber(state.cbrMap(), user));
    }

    private void poll(Agent a, ThreadState state) {
        if (running[polled] == null) {
            polled = 1 - polled;
        }
        Deed deed = running[polled];
        if (deed == null) {
            a.next(NEXT, 0, Why.POLL);
        } else if (!state.mapping().present(a)) {
            a.call(trial.driver.segmentFault(), POLL, state.id());
        } else {
            ControlBlock block = block(state, polled);
            InstructionStatus status = block.status(a);
            switch (status) {
                case ACTIVE -> a.await(block.awaitable(), POLL, Why.POLL);
                case CALL_OS -> a.call(trial.driver.callOs(), POLL, state.id(), polled);
                case EXCEPTION -> a.call(trial.driver.exceptionRequest(), ASKED, state.id(), polled);
                case IDLE -> {
                    finished(state, deed, block);
                    running[polled] = null;
                    polled = 1 - polled;
                    a.next(NEXT, 0, Why.POLL);
                }
            }
        }
    }

    private void finished(ThreadState state, Deed deed, ControlBlock block) {
        Segment segment = segments[polled];
        if (deed.kind() == Deed.Kind.COUNT) {
            if (!shadow.counted(Instructions.counter(deed), block.avalue())) {
                trial.fail("%s: %s returned %d, as an increment before it".formatted(name, deed, block.avalue()));
            }
        } else {
            long old = Instructions.play(deed, shadow, segment);
            if (deed.kind() == Deed.Kind.ATOMIC && block.avalue() != old) {
                trial.fail("%s: %s returned 0x%x, memory held 0x%x".formatted(name, deed, block.avalue(), old));
            }
        }
        int wrong = segment.wrong(trial.chiplet(state).dataSegment(), state.dsrMap());
        if (wrong >= 0) {
            trial.fail("%s: after %s, byte %d of the data segment is wrong".formatted(name, deed, wrong));
        }
        shadow.release(deed.spans());
        trial.done();
    }

    private void asked(Agent a, ThreadState state) {
        if (a.result() != 0) {
            a.next(POLL, 0, Why.RETRY);
        } else if (!state.mapping().present(a)) {
            a.call(trial.driver.segmentFault(), POLL, state.id());
        } else if (trial.injects()) {
            block(state, polled).restart(a);
            a.next(POLL, 0, Why.RETRY);
        } else {
            trial.fail("%s: %s raised exception 0x%x"
                    .formatted(name, running[polled], state.exception().ecause()));
            a.done(0);
        }
    }

    // ---- calls ----

    private void call(Agent a, Deed deed) {
        SystemCalls calls = trial.kernel.calls();
        long start = Trial.BASE + deed.offset();
        long length = (long) deed.elements() * Deed.PAGE;
        int id = mm.id();
        switch (deed.kind()) {
            case THINK -> a.next(CALLED, deed.value() * 1000, Why.THINK);
            case UNLOAD -> {
                TesterThread other = trial.sibling(mm, deed.to());
                if (other.closing) {
                    a.next(CALLED, 0, Why.VM);
                } else {
                    a.call(trial.driver.unloadRequest(), CALLED, other.context().id(), 1);
                }
            }
            case FLUSH_TLB -> a.call(trial.driver.flushTlb(), CALLED, id, start, start + length);
            case DONTNEED -> a.call(calls.madviseDontneed(), CALLED, id, start, length);
            case REMAP -> a.call(calls.munmap(), SECOND, id, start, length);
            case PROTECT -> a.call(calls.mprotect(), SECOND, id, start, length, Prot.READ);
            case PAGEOUT -> a.call(calls.madvisePageout(), CALLED, id, start, length);
            case MIGRATE -> a.call(calls.movePages(), CALLED, id, start, length, deed.to());
            case NUMA_SCAN -> a.call(calls.numaScan(), CALLED, id, start, start + length);
            case MERGE -> a.call(calls.ksmMerge(), CALLED, id, start, start + length);
            case RECLAIM ->
                a.call(trial.kernel.reclaimPages(), CALLED, deed.elements(), id + 1L, start, start + length);
            case TOUCH -> {
                a.call(calls.touchPages(), CALLED, id, start, start + length, Deed.PAGE);
                a.local(4, 0);
            }
            default -> throw new IllegalArgumentException(deed.toString());
        }
    }

    /** The second half of a call that takes something away: gives it back. */
    private void undo(Agent a) {
        Deed deed = called;
        if (deed == null) {
            throw new IllegalStateException(name + " is in no call");
        }
        long start = Trial.BASE + deed.offset();
        long length = (long) deed.elements() * Deed.PAGE;
        SystemCalls calls = trial.kernel.calls();
        if (deed.kind() == Deed.Kind.PROTECT) {
            if (tries++ == 0) {
                a.next(SECOND, PROTECTED_PS, Why.THINK);
            } else {
                tries = 0;
                a.call(calls.mprotect(), CALLED, mm.id(), start, length, Prot.READ | Prot.WRITE);
            }
        } else {
            a.call(calls.mmap(), CALLED, mm.id(), start, length, Prot.READ | Prot.WRITE | Prot.FIXED);
            a.local(4, 0);
            a.local(5, trial.zeroPages);
        }
    }

    private void returned(Agent a) {
        Deed deed = called;
        if (deed == null) {
            throw new IllegalStateException(name + " is in no call");
        }
        if (deed.kind() == Deed.Kind.DONTNEED || deed.kind() == Deed.Kind.REMAP) {
            Arrays.fill(shadow.bytes, deed.offset(), deed.offset() + deed.elements() * Deed.PAGE, (byte) 0);
        }
        shadow.release(deed.spans());
        called = null;
        trial.done();
        a.next(NEXT, 0, Why.VM);
    }
}
