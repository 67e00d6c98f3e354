package grusim.workload.trace;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Streams a Valgrind Lackey trace: data accesses, and the system calls that change the address space.
 *
 * <p>Lines: {@code " L addr,size"} load, {@code " S addr,size"} store, {@code " M addr,size"} modify, {@code "I
 * addr,size"} instruction (skipped), {@code SYSCALL[..]} a system call, {@code ==pid==} the tool's chatter (skipped).
 * Anything else is an error. After {@link #next} the accessors tell about the event it moved to; an access allocates
 * nothing. Does not keep apart the threads and processes of the traced program. Not thread-safe.
 */
public final class LackeyReader implements Closeable {
    /** What the reader can stand at. */
    public enum Event {
        LOAD,
        STORE,
        MODIFY,
        CALL
    }

    /** The largest access Lackey reports. */
    public static final int LARGEST_ACCESS = 512;

    /** Bits of a user address. */
    static final int ADDRESS_BITS = 47;

    private final TraceInput input;
    private final CallParser calls;
    private Event event = Event.LOAD;
    private long address;
    private int size;
    private @Nullable VmCall call;

    private LackeyReader(TraceInput input) {
        this.input = input;
        this.calls = new CallParser(input);
    }

    /** Opens a trace, gzip or plain. */
    public static LackeyReader open(Path file) {
        return new LackeyReader(TraceInput.open(file));
    }

    /** Moves to the next access or VM call; false at the end of the trace. */
    public boolean next() {
        while (input.advance()) {
            byte[] b = input.buffer();
            int start = input.start();
            int length = input.end() - start;
            if (length > 3 && b[start] == ' ' && b[start + 2] == ' ') {
                switch (b[start + 1]) {
                    case 'L' -> event = Event.LOAD;
                    case 'S' -> event = Event.STORE;
                    case 'M' -> event = Event.MODIFY;
                    case 'I' -> {
                        access(start + 3);
                        continue;
                    }
                    default -> throw notLackey();
                }
                access(start + 3);
                return true;
            }
            if (other(b, start, length)) {
                return true;
            }
        }
        if (input.line() == 0) {
            throw input.fail("empty trace");
        }
        return false;
    }

    private boolean other(byte[] b, int start, int length) {
        if (length == 0 || chatter(b, start, length)) {
            return false;
        }
        if (length > 3 && b[start] == 'I' && b[start + 1] == ' ' && b[start + 2] == ' ') {
            access(start + 3);
            return false;
        }
        if (b[start] == 'S' || (length > 4 && b[start] == ' ' && b[start + 1] == '-' && b[start + 2] == '-')) {
            String text = new String(b, start, length, StandardCharsets.ISO_8859_1);
            if (text.startsWith("SYSCALL[")) {
                call = calls.call(text);
            } else if (text.startsWith(" --> ")) {
                call = calls.result(text);
            } else {
                throw notLackey();
            }
            event = Event.CALL;
            return call != null;
        }
        throw notLackey();
    }

    /** Lines that Valgrind marks as its own: {@code ==pid==}, {@code --pid--}, {@code **pid**}. */
    private static boolean chatter(byte[] b, int start, int length) {
        byte mark = b[start];
        if (length < 5 || (mark != '=' && mark != '-' && mark != '*') || b[start + 1] != mark) {
            return false;
        }
        int i = start + 2;
        while (i < start + length && b[i] >= '0' && b[i] <= '9') {
            i++;
        }
        return i > start + 2 && i + 1 < start + length && b[i] == mark && b[i + 1] == mark;
    }

    private void access(int from) {
        byte[] b = input.buffer();
        int end = input.end();
        int i = from;
        while (i < end && b[i] == ' ') {
            i++;
        }
        int first = i;
        long value = 0;
        for (; i < end && b[i] != ','; i++) {
            int digit = Character.digit(b[i], 16);
            if (digit < 0) {
                throw input.fail("address is not hexadecimal");
            }
            value = value << 4 | digit;
        }
        if (i == first || i - first > 16 || value >>> ADDRESS_BITS != 0) {
            throw input.fail("address is not one of user space (" + ADDRESS_BITS + " bits)");
        }
        address = value;
        size = size(b, i + 1, end);
    }

    private int size(byte[] b, int from, int end) {
        int value = 0;
        for (int i = from; i < end && value <= LARGEST_ACCESS; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                throw input.fail("size is not a number");
            }
            value = 10 * value + digit;
        }
        if (value < 1 || value > LARGEST_ACCESS) {
            throw input.fail("size is not 1 .. " + LARGEST_ACCESS);
        }
        return value;
    }

    private TraceException notLackey() {
        return input.fail("not a line of Lackey's");
    }

    /** What the reader stands at. */
    public Event event() {
        return event;
    }

    /** The address of an access. */
    public long address() {
        return address;
    }

    /** The bytes of an access. */
    public int size() {
        return size;
    }

    /** The call, when the reader stands at one. */
    public VmCall call() {
        VmCall current = call;
        if (event != Event.CALL || current == null) {
            throw new IllegalStateException("the reader stands at a " + event);
        }
        return current;
    }

    /** The line of the trace the reader stands at, from 1. */
    public long line() {
        return input.line();
    }

    @Override
    public void close() {
        input.close();
    }
}
