package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * What CPUs ask one serving CPU to invalidate: a queue with one entry for each sender, which waits until its entry is
 * answered. An interrupt is sent only to a queue that was empty. Each operation is the one access of its step.
 */
final class Payloads extends Shared {
    private int[] senders = new int[4];
    private int[] mms = new int[4];
    private long[] starts = new long[4];
    private long[] ends = new long[4];
    private int count;
    /** Whether the first one is being served. */
    private boolean serving;

    Payloads(Engine engine, String name) {
        super(engine, name);
    }

    /** Deposits a range to invalidate; says whether it takes an interrupt to have it looked at. */
    boolean deposit(Agent agent, int mm, long start, long end) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        if (count == senders.length) {
            senders = Arrays.copyOf(senders, 2 * count);
            mms = Arrays.copyOf(mms, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        senders[count] = agent.id();
        mms[count] = mm;
        starts[count] = start;
        ends[count] = end;
        return count++ == 0;
    }

    /** Begins to serve the first one. */
    void take(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        assert count > 0 && !serving;
        serving = true;
    }

    /** Address space of what is being served; a look at what only its server changes. */
    int mm() {
        return mms[0];
    }

    /** Start of what is being served. */
    long start() {
        return starts[0];
    }

    /** End of what is being served. */
    long end() {
        return ends[0];
    }

    /** Writes the completion word of the sender that is being served; says whether there is another one. */
    boolean answer(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        count--;
        System.arraycopy(senders, 1, senders, 0, count);
        System.arraycopy(mms, 1, mms, 0, count);
        System.arraycopy(starts, 1, starts, 0, count);
        System.arraycopy(ends, 1, ends, 0, count);
        serving = false;
        changed();
        return count > 0;
    }

    /** Whether the agent's range was answered. */
    boolean answered(Agent agent) {
        access(agent, Access.READ);
        engine().memory().acquired(agent, this);
        boolean pending = false;
        for (int i = 0; i < count; i++) {
            pending |= senders[i] == agent.id();
        }
        return !pending;
    }

    @Override
    public void state(StateIo io) {
        serving = io.bool(serving);
        count = io.i32(count);
        senders = io.array(senders, count);
        mms = io.array(mms, count);
        starts = io.array(starts, count);
        ends = io.array(ends, count);
    }
}
