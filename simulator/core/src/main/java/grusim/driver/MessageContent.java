package grusim.driver;

import grusim.engine.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a message says: who sent it and its number, and bytes that follow from these, so that a receiver can tell whether
 * all of them arrived.
 *
 * <p>The first word of a message is present, present2, lines and a byte that stays free, then the tag; the first word of
 * the second line is a present byte of its own, then the tag again. The sender's first byte of the second line travels in
 * present2. Explorations leave the other words zero.
 */
final class MessageContent {
    static final int EMPTY = 0;
    static final int FULL = 1;
    static final int NOOP = 2;

    private static final long PRESENT = 0xff;
    private static final int PRESENT2_SHIFT = 8;
    private static final int LINES_SHIFT = 16;
    private static final int TAG_SHIFT = 32;
    private static final int NUMBER_BITS = 22;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private MessageContent() {}

    /** What a sender and the number of its message are in one. */
    static int tag(int sender, int number) {
        assert number < 1 << NUMBER_BITS : "message number " + number;
        return sender << NUMBER_BITS | number;
    }

    static int sender(int tag) {
        return tag >>> NUMBER_BITS;
    }

    static int number(int tag) {
        return tag & (1 << NUMBER_BITS) - 1;
    }

    static int lines(long bytes) {
        return bytes > MessageQueue.LINE ? 2 : 1;
    }

    /** The first byte of the second line, as its sender wrote it. */
    static int secondByte(int tag) {
        return (int) Hash.mix(tag, 1) & 0xff;
    }

    /** The first word of a message. */
    static long header(int tag, int lines) {
        long present2 = lines == 2 ? secondByte(tag) : 0;
        return FULL | present2 << PRESENT2_SHIFT | (long) lines << LINES_SHIFT | (long) tag << TAG_SHIFT;
    }

    /** The first word of the second line. */
    static long second(int tag) {
        return FULL | (long) tag << TAG_SHIFT;
    }

    /** The first word of a no-op message. */
    static long noop() {
        return NOOP | 1L << LINES_SHIFT;
    }

    static int present(long word) {
        return (int) (word & PRESENT);
    }

    static long withPresent(long word, int present) {
        return (word & ~PRESENT) | present;
    }

    static int present2(long header) {
        return (int) (header >>> PRESENT2_SHIFT) & (int) PRESENT;
    }

    static int lines(long header, int most) {
        return Math.min(most, (int) (header >>> LINES_SHIFT) & 0xff);
    }

    static int tag(long word) {
        return (int) (word >>> TAG_SHIFT);
    }

    /** Fills a message. */
    static void fill(byte[] message, int tag, int lines, boolean whole) {
        for (int line = 0; line < lines; line++) {
            int at = line * MessageQueue.LINE;
            WORDS.set(message, at, line == 0 ? header(tag, lines) : second(tag));
            for (int word = 1; word < MessageQueue.LINE / Long.BYTES; word++) {
                WORDS.set(message, at + word * Long.BYTES, whole ? payload(tag, line, word) : 0L);
            }
        }
    }

    /** Whether a received line's words after the first are what the sender filled in. */
    static boolean intact(byte[] line, int tag, int number, boolean whole) {
        for (int word = 1; word < MessageQueue.LINE / Long.BYTES; word++) {
            if ((long) WORDS.get(line, word * Long.BYTES) != (whole ? payload(tag, number, word) : 0L)) {
                return false;
            }
        }
        return true;
    }

    /** Sets the first word of a message. */
    static void firstWord(byte[] message, long word) {
        WORDS.set(message, 0, word);
    }

    private static long payload(int tag, int line, int word) {
        return Hash.mix(Hash.mix(tag, line), word);
    }
}
