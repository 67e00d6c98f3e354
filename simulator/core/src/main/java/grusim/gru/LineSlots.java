package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.workload.InjectedError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The line requests one control block has under way: each slot says what its request does next, and when. The arrays
 * grow to the most that were ever under way at once and are reused.
 */
final class LineSlots implements Stateful {
    static final int NONE = -1;

    private static final byte FREE = 0;
    private static final byte NO_ERROR = -1;
    private static final InjectedError[] ERRORS = InjectedError.values();

    private static final long NEVER = Long.MAX_VALUE;

    private byte[] phases = new byte[1];
    private byte[] streams = new byte[1];
    private byte[] lengths = new byte[1];
    private byte[] errors = new byte[1];
    private long[] duePs = {NEVER};
    private long[] servedPs = new long[1];
    private long[] vaddrs = new long[1];
    private long[] frames = new long[1];
    private long[] positions = new long[1];
    private int used;
    private int active;

    /** Enters a request; returns its slot, the lowest free one. */
    int add(int phase, long due, int stream, long position, int bytes, long vaddr, long frame) {
        int slot = 0;
        while (slot < used && phases[slot] != FREE) {
            slot++;
        }
        if (slot == used) {
            used++;
            if (used > phases.length) {
                grow(2 * used);
            }
        }
        phases[slot] = (byte) phase;
        duePs[slot] = due;
        servedPs[slot] = due;
        streams[slot] = (byte) stream;
        positions[slot] = position;
        lengths[slot] = (byte) bytes;
        errors[slot] = NO_ERROR;
        vaddrs[slot] = vaddr;
        frames[slot] = frame;
        active++;
        return slot;
    }

    private void grow(int length) {
        int from = phases.length;
        phases = Arrays.copyOf(phases, length);
        streams = Arrays.copyOf(streams, length);
        lengths = Arrays.copyOf(lengths, length);
        errors = Arrays.copyOf(errors, length);
        duePs = Arrays.copyOf(duePs, length);
        Arrays.fill(duePs, from, length, NEVER);
        servedPs = Arrays.copyOf(servedPs, length);
        vaddrs = Arrays.copyOf(vaddrs, length);
        frames = Arrays.copyOf(frames, length);
        positions = Arrays.copyOf(positions, length);
    }

    /** All requests are over. */
    void clear() {
        Arrays.fill(phases, FREE);
        Arrays.fill(duePs, NEVER);
        used = 0;
        active = 0;
    }

    /** The request in a slot is over. */
    void remove(int slot) {
        phases[slot] = FREE;
        duePs[slot] = NEVER;
        active--;
        while (used > 0 && phases[used - 1] == FREE) {
            used--;
        }
    }

    /** The slot whose next phase is due first (the lowest at a tie), or {@link #NONE}. */
    int first() {
        int first = NONE;
        long due = NEVER;
        for (int slot = 0; slot < used; slot++) {
            if (duePs[slot] < due) {
                due = duePs[slot];
                first = slot;
            }
        }
        return first;
    }

    /** The n-th slot in use. */
    int nth(int n) {
        int left = n;
        for (int slot = 0; slot < used; slot++) {
            if (phases[slot] != FREE && left-- == 0) {
                return slot;
            }
        }
        return NONE;
    }

    /** First byte of a stream that is not complete, given the first one that no request was made for. */
    long complete(int stream, long issued) {
        long complete = issued;
        for (int slot = 0; slot < used; slot++) {
            if (phases[slot] != FREE && streams[slot] == stream && positions[slot] < complete) {
                complete = positions[slot];
            }
        }
        return complete;
    }

    /** Requests under way. */
    int active() {
        return active;
    }

    int phase(int slot) {
        return phases[slot];
    }

    long duePs(int slot) {
        return duePs[slot];
    }

    /** When the resource the request is at began, or begins, to serve it. */
    long servedPs(int slot) {
        return servedPs[slot];
    }

    /** The request goes on to a phase at a time; {@code served} is when the wait for its present resource ended. */
    void next(int slot, int phase, long due, long served) {
        phases[slot] = (byte) phase;
        duePs[slot] = due;
        servedPs[slot] = served;
    }

    int stream(int slot) {
        return streams[slot];
    }

    long position(int slot) {
        return positions[slot];
    }

    int bytes(int slot) {
        return lengths[slot];
    }

    long vaddr(int slot) {
        return vaddrs[slot];
    }

    long frame(int slot) {
        return frames[slot];
    }

    /** The request will fail by an error. */
    void error(int slot, InjectedError error) {
        errors[slot] = (byte) error.ordinal();
    }

    /** The error by which the request fails, or null. */
    @Nullable
    InjectedError error(int slot) {
        return errors[slot] == NO_ERROR ? null : ERRORS[errors[slot]];
    }

    @Override
    public void state(StateIo io) {
        used = io.i32(used);
        active = 0;
        if (used > phases.length) {
            grow(used);
        }
        if (io.loading()) {
            Arrays.fill(phases, FREE);
            Arrays.fill(duePs, NEVER);
        }
        for (int slot = 0; slot < used; slot++) {
            phases[slot] = (byte) io.i32(phases[slot]);
            if (phases[slot] != FREE) {
                active++;
                slot(io, slot);
            }
        }
    }

    private void slot(StateIo io, int slot) {
        streams[slot] = (byte) io.i32(streams[slot]);
        lengths[slot] = (byte) io.i32(lengths[slot]);
        errors[slot] = (byte) io.i32(errors[slot]);
        vaddrs[slot] = io.i64(vaddrs[slot]);
        frames[slot] = io.i64(frames[slot]);
        positions[slot] = io.i64(positions[slot]);
        duePs[slot] = io.timed() ? io.i64(duePs[slot]) : 0;
        if (io.timed()) {
            servedPs[slot] = io.i64(servedPs[slot]);
        }
    }
}
