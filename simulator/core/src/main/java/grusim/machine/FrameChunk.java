package grusim.machine;

import grusim.engine.StateIo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The content of neighbouring frames of {@link PhysicalMemory}. A frame's host array stays with it when it becomes zero
 * or poisoned, so that reuse allocates nothing.
 */
final class FrameChunk {
    private static final byte ZERO = 0;
    private static final byte SEEDED = 1;
    private static final byte POISONED = 2;
    private static final byte BYTES = 3;

    /** The byte Linux fills freed memory with: POISON_FREE, include/linux/poison.h. */
    private static final byte POISON = 0x6b;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NONE = {};
    private static final int LINES = PhysicalMemory.FRAME_BYTES / PhysicalMemory.LINE_BYTES;
    private static final int LINE_WORDS = PhysicalMemory.LINE_BYTES / Long.BYTES;

    private final byte[] kinds;
    private final long[] seeds;
    private final long[] pageIndexes;
    private final byte[][] contents;
    private int used;

    FrameChunk(int frames) {
        kinds = new byte[frames];
        seeds = new long[frames];
        pageIndexes = new long[frames];
        contents = new byte[frames][];
        Arrays.fill(contents, NONE);
    }

    void zero(int slot) {
        kind(slot, ZERO);
    }

    void zeroAll() {
        Arrays.fill(kinds, ZERO);
        used = 0;
    }

    void seed(int slot, long seed, long pageIndex) {
        kind(slot, SEEDED);
        seeds[slot] = seed;
        pageIndexes[slot] = pageIndex;
    }

    void poison(int slot) {
        kind(slot, POISONED);
    }

    /** The first slot from {@code from} on whose frame is not zero by kind, or -1. */
    int nextUsed(int from) {
        if (used != 0) {
            for (int slot = from; slot < kinds.length; slot++) {
                if (kinds[slot] != ZERO) {
                    return slot;
                }
            }
        }
        return -1;
    }

    void copy(int slot, FrameChunk target, int targetSlot) {
        switch (kinds[slot]) {
            case ZERO -> target.zero(targetSlot);
            case SEEDED -> target.seed(targetSlot, seeds[slot], pageIndexes[slot]);
            case POISONED -> target.poison(targetSlot);
            default -> {
                byte[] own = target.own(targetSlot);
                System.arraycopy(contents[slot], 0, own, 0, own.length);
            }
        }
    }

    void read(int slot, int offset, byte[] into, int at, int bytes) {
        switch (kinds[slot]) {
            case ZERO -> Arrays.fill(into, at, at + bytes, (byte) 0);
            case SEEDED -> GeneratedContent.fill(seeds[slot], position(slot) + offset, into, at, bytes);
            case POISONED -> Arrays.fill(into, at, at + bytes, POISON);
            default -> System.arraycopy(contents[slot], offset, into, at, bytes);
        }
    }

    long readWord(int slot, int offset, int bytes) {
        return switch (kinds[slot]) {
            case ZERO -> 0;
            case SEEDED -> GeneratedContent.word(seeds[slot], position(slot) + offset, bytes);
            case POISONED -> 0x6b6b6b6b6b6b6b6bL >>> (Long.SIZE - bytes * Byte.SIZE);
            default -> getWord(contents[slot], offset, bytes);
        };
    }

    void writeWord(int slot, int offset, int bytes, long value) {
        putWord(bytes(slot), offset, bytes, value);
    }

    /** The frame's own bytes, for writing. */
    byte[] bytes(int slot) {
        byte kind = kinds[slot];
        if (kind == BYTES) {
            return contents[slot];
        }
        byte[] own = own(slot);
        switch (kind) {
            case ZERO -> Arrays.fill(own, (byte) 0);
            case SEEDED -> GeneratedContent.fill(seeds[slot], position(slot), own, 0, own.length);
            default -> Arrays.fill(own, POISON);
        }
        return own;
    }

    private byte[] own(int slot) {
        kind(slot, BYTES);
        if (contents[slot].length == 0) {
            contents[slot] = new byte[PhysicalMemory.FRAME_BYTES];
        }
        return contents[slot];
    }

    private long position(int slot) {
        return pageIndexes[slot] << PhysicalMemory.FRAME_SHIFT;
    }

    private void kind(int slot, byte kind) {
        if (kinds[slot] == ZERO && kind != ZERO) {
            used++;
        } else if (kinds[slot] != ZERO && kind == ZERO) {
            used--;
        }
        kinds[slot] = kind;
    }

    static long getWord(byte[] content, int offset, int bytes) {
        if (offset + Long.BYTES <= content.length) {
            return (long) WORDS.get(content, offset) & -1L >>> (Long.SIZE - bytes * Byte.SIZE);
        }
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (content[offset + i] & 0xff);
        }
        return value;
    }

    static void putWord(byte[] content, int offset, int bytes, long value) {
        if (bytes == Long.BYTES) {
            WORDS.set(content, offset, value);
        } else {
            for (int i = 0; i < bytes; i++) {
                content[offset + i] = (byte) (value >>> (i * Byte.SIZE));
            }
        }
    }

    /** Visits one frame: its kind, then seed and page, or a mask of the lines that are not zero and these lines. */
    void state(StateIo io, int slot) {
        byte kind = (byte) io.i32(kinds[slot]);
        if (io.loading() && kind == BYTES) {
            Arrays.fill(own(slot), (byte) 0);
        }
        kind(slot, kind);
        if (kind == SEEDED) {
            seeds[slot] = io.i64(seeds[slot]);
            pageIndexes[slot] = io.i64(pageIndexes[slot]);
        } else if (kind == BYTES) {
            lines(io, contents[slot]);
        }
    }

    private static void lines(StateIo io, byte[] content) {
        long mask = io.i64(nonZeroLines(content));
        for (long left = mask; left != 0; left &= left - 1) {
            int line = Long.numberOfTrailingZeros(left) * PhysicalMemory.LINE_BYTES;
            for (int i = 0; i < LINE_WORDS; i++) {
                int at = line + i * Long.BYTES;
                WORDS.set(content, at, io.i64((long) WORDS.get(content, at)));
            }
        }
    }

    private static long nonZeroLines(byte[] content) {
        long mask = 0;
        for (int line = 0; line < LINES; line++) {
            long any = 0;
            for (int i = 0; i < LINE_WORDS; i++) {
                any |= (long) WORDS.get(content, line * PhysicalMemory.LINE_BYTES + i * Long.BYTES);
            }
            if (any != 0) {
                mask |= 1L << line;
            }
        }
        return mask;
    }
}
