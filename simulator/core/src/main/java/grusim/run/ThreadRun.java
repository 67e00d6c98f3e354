package grusim.run;

import grusim.driver.ThreadState;
import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.gru.Chiplet;
import grusim.gru.ControlBlock;
import grusim.isa.AllocationMap;
import grusim.workload.ArrivalsSpec;
import org.jspecify.annotations.Nullable;

/** Where a user thread is in its program: the place, the loops' counts, and the instructions in flight. */
final class ThreadRun implements Stateful {
    final int id;
    final ProcessRun process;
    final int member;
    final ThreadState gts;
    final OwnCores cores;
    final ProgramCode code;
    final RandomStream random;
    /** What the gaps of an open loop are drawn from, or null if the program has none. */
    private final @Nullable RandomStream gaps;

    final long[] words = new long[8];

    static final long NOT_BEGUN = -1;

    int place;
    long issued;
    long completed;
    /** When the next instruction or message of an open loop comes due, or {@link #NOT_BEGUN} before the first. */
    long duePs;

    /** Address the last load read, for a pointer chase; zero before the first. */
    long pointer;
    /** Events of the current trace consumed. */
    long traceEvents;

    /** How often the oldest instruction was started again after an exception, and how it was given up, if it was. */
    int tries;

    int givenUp;

    /** When the thread had accounted for its last instruction and turned to the next one. */
    long turnedPs;

    /** Whether the thread pauses between two instructions of a step, and until when it last did. */
    boolean thinks;

    long thoughtPs;

    /** The region whose mremap this thread has called, or -1, and the size it gets. */
    private int remapped = -1;

    private long remappedSize;

    private final long[] loopsLeft;
    /** Address of the instruction on each control block in flight. */
    private final long[] addresses = new long[128];

    ThreadRun(
            int id,
            ProcessRun process,
            int member,
            ThreadState gts,
            OwnCores cores,
            ProgramCode code,
            RandomStream random,
            @Nullable RandomStream gaps) {
        this.id = id;
        this.process = process;
        this.member = member;
        this.gts = gts;
        this.cores = cores;
        this.code = code;
        this.random = random;
        this.gaps = gaps;
        this.loopsLeft = new long[code.loops()];
    }

    /** The thread calls mremap; if it is for a whole region, the region follows its mapping. */
    void remapping(int region, long offset, long length, long newLength) {
        remapped = offset == 0 && length == process.size(region) ? region : -1;
        remappedSize = newLength;
    }

    /** The thread's call has returned. */
    void callReturned(long result) {
        if (remapped >= 0 && result > 0) {
            process.remapped(remapped, result, remappedSize);
        }
        remapped = -1;
    }

    /** The thread takes a step: if it was pausing, that is over. */
    void goesOn(Engine engine) {
        if (thinks) {
            thinks = false;
            thoughtPs = engine.isTimed() ? engine.nowPs() : 0;
        }
    }

    /** Begins an operation that issues instructions. */
    void begin() {
        issued = 0;
        completed = 0;
        duePs = NOT_BEGUN;
        pointer = 0;
    }

    /** The gap before the next instruction or message of an open loop. */
    long gapPs(ArrivalsSpec arrivals) {
        RandomStream drawn = gaps;
        assert drawn != null : "the program has no open loop";
        long mean = arrivals.rateIntervalPs();
        return switch (arrivals.spacing()) {
            case POISSON -> drawn.exponentialPs(mean);
            case UNIFORM -> 1 + drawn.below(2 * mean - 1);
            case FIXED -> mean;
        };
    }

    long loopsLeft(int depth) {
        return loopsLeft[depth];
    }

    void loopsLeft(int depth, long left) {
        loopsLeft[depth] = left;
    }

    long address(int cbr) {
        return addresses[cbr];
    }

    void address(int cbr, long at) {
        addresses[cbr] = at;
    }

    /** The control block its user knows by this number. */
    ControlBlock cb(Chiplet chiplet, int user) {
        return chiplet.cb(AllocationMap.cbNumber(gts.cbrMap(), user));
    }

    @Override
    public void state(StateIo io) {
        place = io.i32(place);
        issued = io.i64(issued);
        completed = io.i64(completed);
        duePs = io.i64(duePs);
        pointer = io.i64(pointer);
        traceEvents = io.i64(traceEvents);
        tries = io.i32(tries);
        givenUp = io.i32(givenUp);
        if (io.timed()) {
            turnedPs = io.i64(turnedPs);
            thinks = io.bool(thinks);
            thoughtPs = io.i64(thoughtPs);
        }
        remapped = io.i32(remapped);
        remappedSize = io.i64(remappedSize);
        io.array(loopsLeft);
        io.array(addresses);
    }
}
