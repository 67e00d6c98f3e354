package grusim.contract;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * Messages arrive whole, once, and in the order in which their sender sent them: the next of a sender is always the one
 * after its last. Senders of queues are kept in order of their numbers.
 */
final class MessageOrder implements Stateful {
    private static final int SENDER_BITS = 10;

    private final Findings findings;
    private int known;
    private int[] keys = {};
    private int[] next = {};
    private long[] lastPs = {};

    MessageOrder(Findings findings) {
        this.findings = findings;
    }

    void received(int by, int queue, int sender, int number, boolean whole) {
        findings.checks++;
        String message = "message %d of sender %d".formatted(number, sender);
        if (!whole) {
            Deed before =
                    findings.deed(findings.nowPs(), Findings.DRIVER, "left it in queue %d in parts".formatted(queue));
            findings.violated(Invariant.MESSAGE, before, by, "received " + message + ", which is not whole");
            return;
        }
        int at = slot(queue << SENDER_BITS | sender);
        if (number != next[at]) {
            Deed before = findings.deed(lastPs[at], by, before(next[at], sender));
            findings.violated(Invariant.MESSAGE, before, by, "received " + message + what(number, next[at]));
        }
        next[at] = number + 1;
        lastPs[at] = findings.nowPs();
    }

    private static String before(int next, int sender) {
        return next == 0
                ? "had received none of sender " + sender
                : "received message %d of sender %d".formatted(next - 1, sender);
    }

    private static String what(int number, int next) {
        return number < next ? ", again or too late" : ", of which %d before it are lost".formatted(number - next);
    }

    private int slot(int key) {
        int at = Arrays.binarySearch(keys, 0, known, key);
        if (at >= 0) {
            return at;
        }
        at = -1 - at;
        if (known == keys.length) {
            reach(Math.max(4, 2 * known));
        }
        System.arraycopy(keys, at, keys, at + 1, known - at);
        System.arraycopy(next, at, next, at + 1, known - at);
        System.arraycopy(lastPs, at, lastPs, at + 1, known - at);
        known++;
        keys[at] = key;
        next[at] = 0;
        lastPs[at] = 0;
        return at;
    }

    private void reach(int length) {
        keys = Arrays.copyOf(keys, length);
        next = Arrays.copyOf(next, length);
        lastPs = Arrays.copyOf(lastPs, length);
    }

    @Override
    public void state(StateIo io) {
        known = io.i32(known);
        if (known > keys.length) {
            reach(known);
        }
        for (int i = 0; i < known; i++) {
            keys[i] = io.i32(keys[i]);
            next[i] = io.i32(next[i]);
            if (io.timed()) {
                lastPs[i] = io.i64(lastPs[i]);
            }
        }
    }
}
