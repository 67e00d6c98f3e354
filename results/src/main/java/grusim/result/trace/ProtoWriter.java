package grusim.result.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes one protocol-buffer message at a time into a buffer that is used again: fields in the order of the calls, nested
 * messages between {@link #open} and {@link #close}.
 *
 * <p>Source: the public description of the protocol-buffer wire format. Does not model packed fields, groups and signed
 * zigzag numbers, which Perfetto's track events do not need. One thread.
 */
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int TYPE_BITS = 3;

    /** Bytes kept for the length of a nested message: the longest of ours has less than 256 MiB. */
    private static final int LENGTH_BYTES = 4;

    private static final int DEEPEST = 8;

    private byte[] buffer = new byte[256];
    private int size;
    private final int[] open = new int[DEEPEST];
    private int depth;

    /** Adds a number; negative ones take ten bytes, as int64 does. */
    ProtoWriter number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /** Adds a number of eight bytes, least significant byte first. */
    ProtoWriter fixed64(int field, long value) {
        tag(field, FIXED64);
        room(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Adds a text. */
    ProtoWriter text(int field, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        tag(field, BYTES);
        varint(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** Begins a nested message. */
    ProtoWriter open(int field) {
        tag(field, BYTES);
        room(LENGTH_BYTES);
        open[depth++] = size;
        size += LENGTH_BYTES;
        return this;
    }

    /** Ends the message begun last. */
    ProtoWriter close() {
        int at = open[--depth];
        int length = size - at - LENGTH_BYTES;
        size = at;
        varint(length);
        System.arraycopy(buffer, at + LENGTH_BYTES, buffer, size, length);
        size += length;
        return this;
    }

    /** Bytes encoded so far. */
    int size() {
        return size;
    }

    /** What has been encoded so far. */
    byte[] bytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** Writes what has been encoded and starts anew. */
    void flush(OutputStream out) throws IOException {
        assert depth == 0 : depth + " messages are not closed";
        out.write(buffer, 0, size);
        size = 0;
    }

    private void tag(int field, int type) {
        varint(((long) field << TYPE_BITS) | type);
    }

    private void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void room(int bytes) {
        if (size + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + bytes));
        }
    }
}
