package grusim.tester;

import grusim.gru.DataSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * What the part of the data segment that belongs to one control block must hold: 512 bytes of vector, 32 indexes, and
 * four lines that copies pass through.
 */
final class Segment {
    static final int BYTES = 1024;
    static final int VECTOR = 512;
    static final int INDEXES = 32;
    static final int COPY = VECTOR + 8 * INDEXES;
    static final int COPY_LINES = 4;

    final int first;
    private final byte[] expected = new byte[VECTOR];

    Segment(int user) {
        first = user * BYTES;
    }

    /** Puts into the segment what an instruction that is about to start reads from it. */
    void prepare(DataSegment segment, int map, Deed deed) {
        if (deed.kind().stores()) {
            byte[] data = new byte[deed.bytes()];
            new SplittableRandom(deed.value()).nextBytes(data);
            System.arraycopy(data, 0, expected, 0, data.length);
            segment.write(map, first, data, 0, data.length);
        }
        if (deed.kind().indexed()) {
            ByteBuffer indexes = ByteBuffer.allocate(8 * deed.elements()).order(ByteOrder.LITTLE_ENDIAN);
            for (int n = 0; n < deed.elements(); n++) {
                indexes.putLong(deed.index(n));
            }
            segment.write(map, (long) first + VECTOR, indexes.array(), 0, indexes.capacity());
        }
    }

    /** A load has put bytes at a place of the vector. */
    void loaded(int at, byte[] from, int offset, int bytes) {
        System.arraycopy(from, offset, expected, at, bytes);
    }

    /** A byte of what a store has been given. */
    byte stored(int at) {
        return expected[at];
    }

    /** First byte of the vector that is not what it must be, or -1. */
    int wrong(DataSegment segment, int map) {
        byte[] found = new byte[VECTOR];
        segment.read(map, first, found, 0, VECTOR);
        for (int i = 0; i < VECTOR; i++) {
            if (found[i] != expected[i]) {
                return i;
            }
        }
        return -1;
    }
}
