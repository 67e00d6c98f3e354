package grusim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that acts: a CPU or a device unit, running a stack of {@link Routine}s step by step.
 *
 * <p>The agent is its own entry in the event queue. All its state is the frame stack and a few scalars, so that it can
 * be saved, hashed and restored.
 */
public class Agent extends Event implements Stateful {
    /** What the agent is doing. */
    enum Status {
        IDLE,
        READY,
        WAITING;

        private static final Status[] ALL = values();

        static Status of(int ordinal) {
            return ALL[ordinal];
        }
    }

    /** Words before a frame's slots: routine and pc, base of the calling frame, what is left of an interrupted delay. */
    private static final int HEADER = 3;

    /** In the frame's third word, the reason of the interrupted delay lies below its rest. */
    private static final int REASON_BITS = 7;

    private static final long REASON_MASK = (1L << REASON_BITS) - 1;

    /** In the third word of an interrupt's frame; what the interrupted routine was last returned lies behind its slots. */
    private static final long INTERRUPT = 1L << REASON_BITS;

    private static final int REST_SHIFT = REASON_BITS + 1;

    private static final int NO_FRAME = -1;

    /** Places of the scalars in the first word of the saved state; a stack may have 64 Ki words. */
    private static final int STATUS_MASK = 3;

    private static final int WHY_SHIFT = 2;
    private static final int TOP_SHIFT = WHY_SHIFT + REASON_BITS;
    private static final int BASE_SHIFT = TOP_SHIFT + 16;
    private static final int WAITING_SHIFT = BASE_SHIFT + 16;
    private static final long STACK_MASK = (1L << 16) - 1;

    private final Engine engine;
    private final int id;
    private final String name;
    /** Where its choices are drawn from, made when the first one is. */
    private @Nullable RandomStream draws;

    private long[] stack = new long[24];
    private int base = NO_FRAME;
    private int top;
    private @Nullable Routine routine;
    private long result;
    private Status status = Status.IDLE;
    private int waitingOn = -1;
    private Why why = Why.IDLE;

    /** Whether this agent, though it waits, is due to take an interrupt after its present step. */
    boolean armed;

    private boolean stepping;
    private boolean ended;
    private @Nullable Shared accessed;
    private @Nullable Access accessKind;
    private int accessedCell;

    /** Makes an idle agent. */
    @SuppressWarnings("this-escape") // the engine only files the reference
    public Agent(Engine engine, String name) {
        this.engine = engine;
        this.name = name;
        this.id = engine.register(this);
    }

    /** The engine this agent runs in. */
    public final Engine engine() {
        return engine;
    }

    /** Number of the agent, in order of construction. */
    public final int id() {
        return id;
    }

    /** Name used in traces, wait graphs and counterexamples. */
    public final String name() {
        return name;
    }

    // ---- what routines use ----

    /** A slot of the running routine's frame. */
    public final long local(int slot) {
        assert hasSlot(slot) : describe() + " has no slot " + slot;
        return stack[base + HEADER + slot];
    }

    /** Sets a slot of the running routine's frame. */
    public final void local(int slot, long value) {
        assert hasSlot(slot) : describe() + " has no slot " + slot;
        stack[base + HEADER + slot] = value;
    }

    /** What the routine called last returned. */
    public final long result() {
        return result;
    }

    /** Ends the step: the next one is {@code pc}, {@code costPs} picoseconds from now, spent on {@code reason}. */
    public final void next(int pc, long costPs, Why reason) {
        assert costPs >= 0 : "negative cost " + costPs;
        pc(pc);
        ready(costPs, reason);
    }

    /** Ends the step by calling a routine; it returns to {@code returnPc}. */
    public final void call(Routine callee, int returnPc) {
        pc(returnPc);
        push(callee, 0, 0);
        ready(0, Why.COMPUTE);
    }

    /** As {@link #call(Routine, int)}, with an argument in the callee's slot 0. */
    public final void call(Routine callee, int returnPc, long argument0) {
        call(callee, returnPc);
        local(0, argument0);
    }

    /** As {@link #call(Routine, int)}, with arguments in the callee's slots 0 and 1. */
    public final void call(Routine callee, int returnPc, long argument0, long argument1) {
        call(callee, returnPc, argument0);
        local(1, argument1);
    }

    /** As {@link #call(Routine, int)}, with arguments in the callee's slots 0 to 2. */
    public final void call(Routine callee, int returnPc, long argument0, long argument1, long argument2) {
        call(callee, returnPc, argument0, argument1);
        local(2, argument2);
    }

    /** As {@link #call(Routine, int)}, with arguments in the callee's slots 0 to 3. */
    public final void call(
            Routine callee, int returnPc, long argument0, long argument1, long argument2, long argument3) {
        call(callee, returnPc, argument0, argument1, argument2);
        local(3, argument3);
    }

    /**
     * Ends the step: sleeps until {@code on} changes, then does step {@code pc}, which looks again; at once if what the agent
     * read there was old already.
     */
    public final void await(Shared on, int pc, Why reason) {
        pc(pc);
        if (engine.explores()) {
            engine.footprint().add(on.id(), Footprint.WAITERS, false);
        }
        if (!on.upToDate(this, on == accessed ? accessedCell : Footprint.WHOLE)) {
            ready(0, reason);
            return;
        }
        end();
        status = Status.WAITING;
        waitingOn = on.id();
        why = reason;
        timePs = engine.nowPs();
        on.enlist(this);
    }

    /** Ends the step and the routine; the caller goes on at the step it named. */
    public final void done(long value) {
        long resume = stack[base + 2];
        result = (resume & INTERRUPT) == 0 ? value : stack[top - 1];
        if ((resume & INTERRUPT) != 0) {
            interruptEnds();
        }
        int caller = (int) stack[base + 1];
        top = base;
        base = caller;
        if (caller == NO_FRAME) {
            end();
            routine = null;
            status = Status.IDLE;
            why = Why.IDLE;
        } else {
            routine = engine.routine((int) (stack[base] >>> 32));
            long restPs = resume >>> REST_SHIFT;
            if (restPs == 0) {
                ready(0, Why.COMPUTE);
            } else {
                ready(restPs, Why.of((int) (resume & REASON_MASK)));
                delayed(restPs);
            }
        }
    }

    // ---- what schedulers, interrupts and set-up use ----

    /** Sets an idle agent to work on a routine, {@code delayPs} from now; until then interrupts may come. */
    public final void start(Routine first, long delayPs, long... arguments) {
        start(first, delayPs);
        for (int i = 0; i < arguments.length; i++) {
            local(i, arguments[i]);
        }
    }

    /** As {@link #start(Routine, long, long...)}, without arguments and without an array for them. */
    public final void start(Routine first, long delayPs) {
        if (base != NO_FRAME) {
            throw new IllegalStateException(name + " is already running " + describe());
        }
        push(first, 0, 0);
        status = Status.READY;
        why = Why.IDLE;
        disturbed();
        engine.scheduler().ready(this, delayPs);
        delayed(delayPs);
        afterStep();
    }

    /** Performs the agent's next step. */
    final void step() {
        beforeStep();
        Routine running = routine;
        assert running != null && status == Status.READY : name + " has nothing to run";
        int pc = (int) stack[base];
        accessed = null;
        stepping = true;
        ended = false;
        engine.stepped(this, running, pc);
        running.step(this, pc);
        stepping = false;
        assert ended : describe() + " ended in none of next, call, await, done";
        engine.stepEnded(this);
        afterStep();
    }

    /** Hook before a step; a CPU takes its interrupts here. */
    protected void beforeStep() {}

    /** Hook after a step; a CPU that now waits arms its pending interrupts here. */
    protected void afterStep() {}

    /** Hook when the agent is to do nothing for the given time, which an interrupt may break. */
    protected void delayed(long delayPs) {}

    /** Hook at the end of a routine that had interrupted another. */
    protected void interruptEnds() {}

    /** Whether an exploration may let this agent step now. */
    protected boolean enabled() {
        return status == Status.READY;
    }

    /** Pushes a routine that runs before the current one goes on; the rest of the delay it breaks follows it. */
    protected final void interruptBy(Routine handler, long restPs) {
        if (status == Status.WAITING) {
            engine.shared(waitingOn).strike(this);
            waitingOn = -1;
        }
        push(handler, 1, restPs << REST_SHIFT | INTERRUPT | (restPs == 0 ? 0 : why.ordinal()));
        stack[top - 1] = result;
        status = Status.READY;
    }

    /** Lets this agent, which is ready, do step {@code pc} now instead of what it was to do later; timed runs only. */
    protected final void hurry(int pc) {
        assert status == Status.READY : name + " is not ready";
        pc(pc);
        engine.scheduler().ready(this, 0);
    }

    /** Lets this agent, which waits, go on although nothing has changed. */
    protected final void stopWaiting() {
        assert status == Status.WAITING : name + " is not waiting";
        engine.shared(waitingOn).strike(this);
        waitingOn = -1;
        status = Status.READY;
    }

    /** Takes from an agent that is ready what it runs; explorations only. */
    final void halt() {
        assert status == Status.READY && !stepping : name + " is not ready";
        base = NO_FRAME;
        top = 0;
        routine = null;
        status = Status.IDLE;
        why = Why.IDLE;
        disturbed();
    }

    final void wake() {
        assert status == Status.WAITING : name + " is not waiting";
        waitingOn = -1;
        status = Status.READY;
        disturbed();
        engine.scheduler().ready(this, 0);
    }

    /** Notes that the present step, another agent's, changed what this agent can do. */
    final void disturbed() {
        if (engine.explores()) {
            engine.footprint().disturb(id);
        }
    }

    /** Whether the agent has nothing to do. */
    public final boolean idle() {
        return status == Status.IDLE;
    }

    /** Whether the agent has a step to take, now or later. */
    public final boolean ready() {
        return status == Status.READY;
    }

    /** Whether the agent waits for something to change. */
    public final boolean waiting() {
        return status == Status.WAITING;
    }

    /** What the agent waits for, or null. */
    public final @Nullable Shared waitingOn() {
        return waitingOn < 0 ? null : engine.shared(waitingOn);
    }

    /** When the agent began to wait, while it waits and is not due to take an interrupt. */
    public final long waitsSincePs() {
        return timePs;
    }

    /** The next step, as the number of its routine in the high half and its pc in the low one; -1 for an idle agent. */
    public final long position() {
        return base == NO_FRAME ? -1 : stack[base];
    }

    /** When the next step is due, while the agent is ready. */
    public final long dueAtPs() {
        return timePs;
    }

    /** Number of routines on its stack. */
    public final int depth() {
        int depth = 0;
        for (int frame = base; frame != NO_FRAME; frame = (int) stack[frame + 1]) {
            depth++;
        }
        return depth;
    }

    /** The routine on its stack that lies so many calls below the running one, which is 0. */
    public final Routine frame(int below) {
        int frame = base;
        for (int i = 0; i < below; i++) {
            frame = (int) stack[frame + 1];
        }
        return engine.routine((int) (stack[frame] >>> 32));
    }

    /** Number of interrupts that it is handling, one on top of the other. */
    public final int interrupts() {
        int interrupts = 0;
        for (int frame = base; frame != NO_FRAME; frame = (int) stack[frame + 1]) {
            interrupts += (stack[frame + 2] & INTERRUPT) == 0 ? 0 : 1;
        }
        return interrupts;
    }

    /** What the agent's time goes to at present. */
    public final Why why() {
        return why;
    }

    /** The state the last step touched, or null. */
    public final @Nullable Shared accessed() {
        return accessed;
    }

    /** What the last step did to the state it touched, or null. */
    public final @Nullable Access accessKind() {
        return accessKind;
    }

    /** The running routine and its step in words, empty if the agent is idle. */
    public final String doing() {
        Routine running = routine;
        return running == null ? "" : running.name() + " " + running.stepName((int) stack[base]);
    }

    /** The agent, its routine and step in words. */
    public final String describe() {
        return routine == null ? name + " (idle)" : name + ": " + doing();
    }

    /** The numbers by which a timed run resolves the choices the model leaves open for this agent. */
    final RandomStream draws() {
        RandomStream stream = draws;
        if (stream == null) {
            stream = engine.choiceStream(this);
            draws = stream;
        }
        return stream;
    }

    final void accesses(Shared state, int cell, Access kind) {
        assert stepping : "access to " + state.name() + " outside a step of " + name;
        assert accessed == null
                : describe() + " touches " + state.name() + " after " + (accessed == null ? "" : accessed.name());
        accessed = state;
        accessKind = kind;
        accessedCell = cell;
        if (engine.explores()) {
            engine.footprint().add(state.id(), cell, kind != Access.READ);
        }
    }

    final void consults(Shared state) {
        assert stepping : "look at " + state.name() + " outside a step of " + name;
        if (engine.explores()) {
            engine.footprint().add(state.id(), Footprint.WHOLE, false);
        }
    }

    private void pc(int pc) {
        stack[base] = stack[base] >>> 32 << 32 | pc;
    }

    private void ready(long costPs, Why reason) {
        end();
        status = Status.READY;
        why = reason;
        engine.scheduler().ready(this, costPs);
    }

    private void end() {
        assert stepping : name + " acts outside its step";
        assert !ended : describe() + " ended its step twice";
        ended = true;
    }

    private boolean hasSlot(int slot) {
        return slot >= 0 && slot < top - base - HEADER;
    }

    private void push(Routine callee, int saved, long resume) {
        int newTop = top + HEADER + callee.slots() + saved;
        if (newTop > stack.length) {
            stack = Arrays.copyOf(stack, 2 * newTop);
        }
        stack[top] = (long) callee.id() << 32;
        stack[top + 1] = base;
        stack[top + 2] = resume;
        Arrays.fill(stack, top + HEADER, newTop, 0);
        base = top;
        top = newTop;
        routine = callee;
    }

    @Override
    public void state(StateIo io) {
        // What a ready agent's time goes to says nothing where no time passes.
        Why kept = io.timed() || status == Status.WAITING ? why : Why.IDLE;
        long scalars = io.i64(status.ordinal()
                | (long) kept.ordinal() << WHY_SHIFT
                | (long) top << TOP_SHIFT
                | (long) (base + 1) << BASE_SHIFT
                | (long) (waitingOn + 1) << WAITING_SHIFT);
        if (io.loading()) {
            status = Status.of((int) scalars & STATUS_MASK);
            why = Why.of((int) (scalars >>> WHY_SHIFT & REASON_MASK));
            top = (int) (scalars >>> TOP_SHIFT & STACK_MASK);
            base = (int) (scalars >>> BASE_SHIFT & STACK_MASK) - 1;
            waitingOn = (int) (scalars >>> WAITING_SHIFT) - 1;
        }
        stack = io.array(stack, top);
        result = io.i64(result);
        routine = base == NO_FRAME ? null : engine.routine((int) (stack[base] >>> 32));
        if (io.timed()) {
            timePs = io.i64(timePs);
            sequence = io.i64(sequence);
            draws().state(io);
            if (io.bool(queued()) && io.loading()) {
                engine.scheduler().requeue(this);
            }
        }
    }
}
