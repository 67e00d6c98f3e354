package grusim.driver;

import grusim.engine.Engine;
import grusim.machine.PhysicalMemory;
import grusim.machine.RacingBlock;

/**
 * A message queue in a physically contiguous block of memory (struct message_queue): the header's line that senders race
 * for, the receiver's line, and the lines of messages in two halves.
 *
 * <p>Line 0 holds {head, limit}, the number of lines and the two words hstatus; line 1 the receiver's next, limit, start
 * and start2; messages lie from line 2 on. Head and limit count lines. Source: Linux driver drivers/misc/sgi-gru,
 * grukservices.c. The receiver's line holds physical addresses, where the driver has virtual ones.
 */
public final class MessageQueue {
    static final int LINE = PhysicalMemory.LINE_BYTES;

    /** The first line that holds messages. */
    static final int FIRST_LINE = 2;

    private static final int QLINES_WORD = 8;
    private static final int HSTATUS_WORD = 16;
    private static final int RECEIVER_LINE = LINE;

    final int id;
    final String name;
    /** Physical address of the queue. */
    final long address;
    /** Lines of the queue without the header's two. */
    final int qlines;
    /** Whether a message interrupts the receiver. */
    final boolean interrupts;
    /** What senders and the receiver race for. */
    final RacingBlock block;

    private final PhysicalMemory memory;

    /**
     * Creates an empty queue (gru_create_message_queue).
     *
     * @param address physical address of its first byte; the bytes from there on are contiguous
     * @throws IllegalArgumentException if the block is not aligned to lines, or too small for two messages
     */
    public MessageQueue(
            Engine engine, PhysicalMemory memory, int id, String name, long address, long bytes, boolean interrupts) {
        if ((address | bytes) % LINE != 0 || bytes < 8 * LINE) {
            throw new IllegalArgumentException(
                    "queue %s: %d bytes at 0x%x; accepted: whole lines of 64 bytes, at least 8, aligned to lines"
                            .formatted(name, bytes, address));
        }
        long last = (address + bytes - 1) >>> PhysicalMemory.FRAME_SHIFT;
        long first = address >>> PhysicalMemory.FRAME_SHIFT;
        if (!memory.exists(first) || !memory.exists(last) || memory.blade(first) != memory.blade(last)) {
            throw new IllegalArgumentException(
                    "queue %s: %d bytes at 0x%x are not contiguous; accepted: a block of one blade's memory"
                            .formatted(name, bytes, address));
        }
        this.id = id;
        this.name = name;
        this.address = address;
        this.interrupts = interrupts;
        this.memory = memory;
        qlines = (int) (bytes / LINE) - FIRST_LINE;
        block = new RacingBlock(engine, memory, "queue " + name, address, (int) (bytes / LINE));
        block.poke(address, headAndLimit(FIRST_LINE, middle()));
        block.poke(address + QLINES_WORD, qlines);
        block.poke(hstatus(0), 0);
        block.poke(hstatus(1), 1);
        receiver(0, line(FIRST_LINE));
        receiver(1, line(qlines));
        receiver(2, line(FIRST_LINE));
        receiver(3, line(middle()));
    }

    /** The driver's number of the queue. */
    public int id() {
        return id;
    }

    /** The word that holds head and limit. */
    static long headAndLimit(int head, int limit) {
        return (long) limit << Integer.SIZE | head;
    }

    static int head(long word) {
        return (int) word;
    }

    static int limit(long word) {
        return (int) (word >>> Integer.SIZE);
    }

    /** The first line of the second half, which is the limit of the first. */
    int middle() {
        return qlines / 2 + 1;
    }

    /** Head and limit of one who has just moved to a half. */
    long start(int half) {
        return half == 0 ? headAndLimit(FIRST_LINE, middle()) : headAndLimit(middle(), qlines);
    }

    /** Address of a line. */
    long line(int line) {
        return address + (long) line * LINE;
    }

    /** Address of the word that says whether a half is handed back. */
    long hstatus(int half) {
        return address + HSTATUS_WORD + (long) half * Long.BYTES;
    }

    /** Whether a sender of some lines could get on now, by the words last looked at. */
    boolean hasRoom(int lines) {
        long word = block.peek(address);
        int other = limit(word) == qlines ? 0 : 1;
        return head(word) + lines <= limit(word) || block.peek(hstatus(other)) != 0;
    }

    /** Address of the line the receiver looks at next. */
    long next() {
        return receiver(0);
    }

    /**
     * The receiver goes on by a message's lines; returns the half that it has left behind, or -1.
     */
    int advance(int lines) {
        long previous = next();
        long next = previous + (long) lines * LINE;
        int half = -1;
        if (next == receiver(1)) {
            next = receiver(2);
            half = 1;
        } else if (previous < receiver(3) && next >= receiver(3)) {
            half = 0;
        }
        receiver(0, next);
        return half;
    }

    private long receiver(int word) {
        long at = address + RECEIVER_LINE + (long) word * Long.BYTES;
        return memory.readWord(at >>> PhysicalMemory.FRAME_SHIFT, offset(at), Long.BYTES);
    }

    private void receiver(int word, long value) {
        long at = address + RECEIVER_LINE + (long) word * Long.BYTES;
        memory.writeWord(at >>> PhysicalMemory.FRAME_SHIFT, offset(at), Long.BYTES, value);
    }

    /** Reads what follows the first word of a message's line. */
    void readRest(long line, byte[] into) {
        memory.read(line >>> PhysicalMemory.FRAME_SHIFT, offset(line), into, 0, LINE);
    }

    private static int offset(long address) {
        return (int) address & (PhysicalMemory.FRAME_BYTES - 1);
    }
}
