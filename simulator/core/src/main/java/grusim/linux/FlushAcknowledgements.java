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

    /** Acknowledgements that arrived, by the sender's number divided by the number of slots. */
    private int[] arrived = new int[1];

    private int length;

    FlushAcknowledgements(Engine engine, String name) {
        super(engine, name);
    }

    /** Counts an acknowledgement for a sender that waits for {@code expected} of them. */
    void acknowledge(Agent agent, int sender, int expected) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        int at = sender / SLOTS;
        if (at >= length) {
            if (at >= arrived.length) {
                arrived = Arrays.copyOf(arrived, at + 1);
            }
            Arrays.fill(arrived, length, at, 0);
            length = at + 1;
            arrived[at] = 0;
        }
        if (++arrived[at] == expected) {
            changed();
        }
    }

    /** Whether all acknowledgements have arrived; they are forgotten then. */
    boolean complete(Agent agent, int expected) {
        access(agent, Access.UPDATE);
        int at = agent.id() / SLOTS;
        if (at >= length || arrived[at] < expected) {
            return false;
        }
        assert arrived[at] == expected : name() + " has " + arrived[at] + " acknowledgements of " + expected;
        engine().memory().acquired(agent, this);
        arrived[at] = 0;
        while (length > 0 && arrived[length - 1] == 0) {
            length--;
        }
        return true;
    }

    @Override
    public void state(StateIo io) {
        length = io.i32(length);
        arrived = io.array(arrived, length);
    }
}
