package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * Where the CPUs that were asked for a flush acknowledge it, and the senders wait: one of the eight slots of x86
 * (arch/x86/kernel/tlb_64.c, 2.6.28: a sender's slot is its number modulo eight). An acknowledgement is an atomic operation
 * on the slot; it orders what the target did before it against what the sender does after it, and nothing else.
 *
 * <p>Senders of the same slot, which Linux makes wait for each other, only share it here.
 */
final class FlushAcknowledgements extends Shared {
    /** Number of slots. */
    static final int SLOTS = 8;

    /** By the sender's number divided by the number of slots, twice: acknowledgements that arrived and that it waits for. */
    private int[] counts = new int[2];

    private int length;

    FlushAcknowledgements(Engine engine, String name) {
        super(engine, name);
    }

    /** Counts an acknowledgement for a sender. */
    void acknowledge(Agent agent, int sender) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        int at = place(sender);
        if (++counts[at] == counts[at + 1]) {
            changed();
        }
    }

    /** Whether all acknowledgements have arrived; they are forgotten then, and awaited otherwise. */
    boolean complete(Agent agent, int expected) {
        access(agent, Access.UPDATE);
        int at = place(agent.id());
        if (counts[at] < expected) {
            counts[at + 1] = expected;
            return false;
        }
        assert counts[at] == expected : name() + " has " + counts[at] + " acknowledgements of " + expected;
        engine().memory().acquired(agent, this);
        counts[at] = 0;
        counts[at + 1] = 0;
        while (length > 0 && counts[length - 1] == 0 && counts[length - 2] == 0) {
            length -= 2;
        }
        return true;
    }

    private int place(int sender) {
        int at = sender / SLOTS * 2;
        if (at >= length) {
            if (at >= counts.length) {
                counts = Arrays.copyOf(counts, at + 2);
            }
            Arrays.fill(counts, length, at + 2, 0);
            length = at + 2;
        }
        return at;
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        counts = io.array(counts, length);
    }
}
