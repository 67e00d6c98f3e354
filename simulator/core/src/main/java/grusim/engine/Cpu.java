package grusim.engine;

import org.jspecify.annotations.Nullable;

/**
 * An agent that takes interrupts: a raised interrupt is a routine pushed on top of what the CPU runs, at the next step
 * boundary at which interrupts are not masked.
 *
 * <p>A waiting CPU takes an interrupt when it is delivered and looks again at what it waited for afterwards; a CPU in
 * the middle of a {@link #pause} takes it at once and pauses on for the rest. Any other step runs to its end first.
 */
public final class Cpu extends Agent {
    private static final int LINES = 8;

    private static final long NO_ALARM = -1;

    private final Routine[] handlers = new Routine[LINES];
    private int lines;
    private final long[] dueAtPs = new long[LINES];
    private int pending;
    private int masked;
    /** Whether the next step follows a delay that an interrupt may break. */
    private boolean paused;

    private long pauseEndPs;

    /** Until when the CPU waits at most; {@link #NO_ALARM} if it waits however long. */
    private long alarmPs = NO_ALARM;

    /** When the interrupt taken last had reached the CPU; read in the first step of its handler only. */
    private long takenDuePs;

    private long interruptEndPs;

    /** What is to begin when the CPU is idle, its delay from then on and its argument. */
    private @Nullable Routine queued;

    private long queuedDelayPs;
    private long queuedArgument;

    /** What the memory model keeps between this CPU and memory. */
    @Nullable
    StoreBuffer storeBuffer;

    /** Makes an idle CPU. */
    @SuppressWarnings("this-escape") // the memory model only files the reference
    public Cpu(Engine engine, String name) {
        super(engine, name);
        engine.memory().attach(this);
    }

    /** Connects a handler and returns the number of its interrupt line; lower numbers are served first. */
    public int connect(Routine handler) {
        if (lines == LINES) {
            throw new IllegalStateException(name() + " has no free interrupt line, at most " + LINES);
        }
        handlers[lines] = handler;
        return lines++;
    }

    /**
     * Raises an interrupt that reaches the CPU {@code deliveryPs} from now; raising a line that is still pending keeps the
     * earlier delivery.
     */
    public void raise(int line, long deliveryPs) {
        disturbed();
        long due = engine().nowPs() + deliveryPs;
        if ((pending & 1 << line) == 0 || due < dueAtPs[line]) {
            pending |= 1 << line;
            dueAtPs[line] = due;
        }
        if (masked == 0) {
            hurry(due);
        }
    }

    /** Whether an interrupt is to be taken. */
    public boolean interrupted() {
        return pending != 0;
    }

    /** When the interrupt just taken had reached the CPU, in the first step of its handler. */
    public long takenDuePs() {
        return takenDuePs;
    }

    /** When the last interrupt of all that were taken had ended; zero before the first. */
    public long interruptEndPs() {
        return interruptEndPs;
    }

    @Override
    protected void interruptEnds() {
        interruptEndPs = engine().nowPs();
    }

    /** Stops taking interrupts; nests. */
    public void mask() {
        masked++;
    }

    /** Takes interrupts again once every mask is undone, from the next step on. */
    public void unmask() {
        assert masked > 0;
        masked--;
    }

    /** Whether interrupts are masked. */
    public boolean masked() {
        return masked != 0;
    }

    /** Ends the step: goes on at {@code pc} after a delay that interrupts may break. */
    public void pause(int pc, long delayPs, Why reason) {
        next(pc, delayPs, reason);
        delayed(delayPs);
    }

    /**
     * As {@link #pause}, until a time that interrupts do not put off: after each the step is done at once, and has to look at
     * the clock.
     */
    public void pauseUntil(int pc, long atPs, Why reason) {
        next(pc, atPs - engine().nowPs(), reason);
        delayed(0);
    }

    /**
     * Ends the step as {@link #await} does, but does step {@code pc} at the given time at the latest. Timed runs only.
     */
    public void awaitUntil(Shared on, int pc, long atPs, Why reason) {
        assert engine().isTimed() : "no time passes in an exploration";
        await(on, pc, reason);
        alarmPs = waiting() ? Math.max(atPs, engine().nowPs()) : NO_ALARM;
    }

    /**
     * As {@link #start(Routine, long, long...)}; a CPU that is busy, with an interrupt say, starts when it has become idle,
     * and the delay counts from then on. Timed runs only.
     */
    public void startWhenIdle(Routine first, long delayPs, long argument) {
        assert engine().isTimed() : "what is queued is no part of an explored state";
        if (idle()) {
            start(first, delayPs, argument);
            return;
        }
        if (queued != null) {
            throw new IllegalStateException(name() + " is to run " + queued.name() + " already");
        }
        queued = first;
        queuedDelayPs = delayPs;
        queuedArgument = argument;
    }

    @Override
    protected void delayed(long delayPs) {
        paused = true;
        pauseEndPs = engine().nowPs() + delayPs;
    }

    @Override
    protected void beforeStep() {
        boolean broken = paused && engine().isTimed();
        paused = false;
        if (pending != 0 && masked == 0) {
            int line = engine().scheduler().dueLine(this, pending, dueAtPs);
            if (line >= 0) {
                pending &= ~(1 << line);
                takenDuePs = dueAtPs[line];
                interruptBy(handlers[line], broken ? Math.max(0, pauseEndPs - engine().nowPs()) : 0);
            }
        }
        if (alarmPs != NO_ALARM) {
            if (waiting()) {
                stopWaiting();
            }
            alarmPs = NO_ALARM;
        }
    }

    @Override
    protected void afterStep() {
        if (alarmPs != NO_ALARM) {
            engine().scheduler().interruptAt(this, alarmPs);
        }
        if (queued != null && idle()) {
            Routine first = queued;
            queued = null;
            start(first, queuedDelayPs, queuedArgument);
            return;
        }
        if (pending != 0 && masked == 0) {
            for (int line = 0; line < lines; line++) {
                if ((pending & 1 << line) != 0) {
                    hurry(dueAtPs[line]);
                }
            }
        }
    }

    /** Whether the CPU does nothing, and no interrupt can change that. */
    boolean finished() {
        return idle() && lines == 0;
    }

    private void hurry(long atPs) {
        if (idle() || waiting() || paused) {
            engine().scheduler().interruptAt(this, Math.max(atPs, engine().nowPs()));
        }
    }

    @Override
    protected boolean enabled() {
        return super.enabled() || (pending != 0 && masked == 0);
    }

    @Override
    public void state(StateIo io) {
        super.state(io);
        pending = io.i32(pending);
        masked = io.i32(masked);
        if (io.timed()) {
            paused = io.bool(paused);
            io.array(dueAtPs);
            pauseEndPs = io.i64(pauseEndPs);
            interruptEndPs = io.i64(interruptEndPs);
            alarmPs = io.i64(alarmPs);
            int first = io.i32(queued == null ? -1 : queued.id());
            queued = first < 0 ? null : engine().routine(first);
            queuedDelayPs = io.i64(queuedDelayPs);
            queuedArgument = io.i64(queuedArgument);
        }
    }
}
