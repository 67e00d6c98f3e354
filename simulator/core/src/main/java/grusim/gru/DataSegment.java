package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The data segment of a chiplet: 32 KiB given to contexts in units of 1 KiB. A context counts its bytes from 0 through
 * the units it owns. Keeps bytes only in functional mode.
 *
 * <p>Not racing state: software must not touch what a running instruction uses.
 */
public final class DataSegment implements Stateful {
    private static final int UNIT_SHIFT = 10;
    private static final int LINE_SHIFT = 6;
    private static final int UNIT_MASK = AllocationMap.DSR_BYTES_PER_UNIT - 1;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = {};
    /** Units that ever held anything. */
    private int used;

    /** Copies bytes of the context that owns the units in {@code map}, from its byte {@code offset} on. */
    public void read(int map, long offset, byte[] into, int at, int count) {
        if (bytes.length == 0) {
            Arrays.fill(into, at, at + count, (byte) 0);
            return;
        }
        for (int done = 0; done < count; ) {
            long from = offset + done;
            int n = Math.min(count - done, AllocationMap.DSR_BYTES_PER_UNIT - ((int) from & UNIT_MASK));
            System.arraycopy(bytes, place(map, from), into, at + done, n);
            done += n;
        }
    }

    /** The doubleword at a byte of the context that owns the units in {@code map}. */
    long word(int map, long offset) {
        if (bytes.length == 0) {
            return 0;
        }
        if (((int) offset & UNIT_MASK) <= AllocationMap.DSR_BYTES_PER_UNIT - Long.BYTES) {
            return (long) WORDS.get(bytes, place(map, offset));
        }
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (bytes[place(map, offset + i)] & 0xff);
        }
        return word;
    }

    /** Writes bytes of the context that owns the units in {@code map}, from its byte {@code offset} on. */
    public void write(int map, long offset, byte[] from, int at, int count) {
        if (bytes.length == 0) {
            bytes = new byte[ChipletMap.DSR_BYTES];
        }
        for (int done = 0; done < count; ) {
            long to = offset + done;
            int n = Math.min(count - done, AllocationMap.DSR_BYTES_PER_UNIT - ((int) to & UNIT_MASK));
            int place = place(map, to);
            System.arraycopy(from, at + done, bytes, place, n);
            used |= 1 << (place >> UNIT_SHIFT);
            done += n;
        }
    }

    /** Zeroes the units in a map, as the driver does when it loads a context without saved state. */
    public void zero(int map) {
        for (int left = map & used; left != 0; left &= left - 1) {
            int first = Integer.numberOfTrailingZeros(left) << UNIT_SHIFT;
            Arrays.fill(bytes, first, first + AllocationMap.DSR_BYTES_PER_UNIT, (byte) 0);
        }
        used &= ~map;
    }

    /** Where a context's byte lies in the chiplet. */
    static int place(int map, long offset) {
        int left = map;
        for (long unit = offset >>> UNIT_SHIFT; unit > 0; unit--) {
            left &= left - 1;
        }
        return (Integer.numberOfTrailingZeros(left) << UNIT_SHIFT) + ((int) offset & UNIT_MASK);
    }

    @Override
    public void state(StateIo io) {
        int before = used;
        used = io.i32(used);
        if (used != 0 && bytes.length == 0) {
            bytes = new byte[ChipletMap.DSR_BYTES];
        }
        if (io.loading()) {
            int now = used;
            used |= before;
            zero(used);
            used = now;
        }
        for (int left = used; left != 0; left &= left - 1) {
            lines(io, Integer.numberOfTrailingZeros(left) << UNIT_SHIFT);
        }
    }

    /** Visits the lines of a unit that are not zero. */
    private void lines(StateIo io, int first) {
        int mask = io.i32(nonZeroLines(first));
        for (int left = mask; left != 0; left &= left - 1) {
            int line = first + (Integer.numberOfTrailingZeros(left) << LINE_SHIFT);
            for (int at = line; at < line + (1 << LINE_SHIFT); at += Long.BYTES) {
                WORDS.set(bytes, at, io.i64((long) WORDS.get(bytes, at)));
            }
        }
    }

    private int nonZeroLines(int first) {
        int mask = 0;
        for (int at = first; at < first + AllocationMap.DSR_BYTES_PER_UNIT; at += Long.BYTES) {
            if ((long) WORDS.get(bytes, at) != 0) {
                mask |= 1 << ((at - first) >> LINE_SHIFT);
            }
        }
        return mask;
    }
}
