package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import java.util.Arrays;

/**
 * The activation descriptor by which one CPU sends messages: the hubs of the present one, and how far it is with each. The
 * sender fills it in and reads it; a hub marks itself when its last CPU has acknowledged. In timed runs it also holds the
 * CPU's recent response times.
 */
final class BauSend extends Shared {
    private static final int TO_SEND = 0;
    private static final int ACCEPTED = 1;
    private static final int ACKNOWLEDGED = 2;

    private long number;

    /** Hub and how far it is, two words each. */
    private int[] hubs = new int[2];

    private int count;
    private int responses;
    private long responsesPs;

    BauSend(Engine engine, String name) {
        super(engine, name);
    }

    // ---- by the sender, before the hardware looks ----

    /** Empties the descriptor. */
    void clear() {
        count = 0;
    }

    /** Adds a hub unless it is there. */
    void add(int hub) {
        for (int i = 0; i < count; i++) {
            if (hubs[2 * i] == hub) {
                return;
            }
        }
        if (2 * count == hubs.length) {
            hubs = Arrays.copyOf(hubs, 2 * hubs.length);
        }
        hubs[2 * count] = hub;
        hubs[2 * count++ + 1] = TO_SEND;
    }

    int count() {
        return count;
    }

    int hub(int index) {
        return hubs[2 * index];
    }

    /** The first index from {@code from} on of a hub that has not accepted the message, or the count. */
    int nextToSend(int from) {
        return next(from, TO_SEND);
    }

    /** The first index from {@code from} on of a hub that has accepted and not acknowledged it, or the count. */
    int nextAccepted(int from) {
        return next(from, ACCEPTED);
    }

    private int next(int from, int state) {
        int index = from;
        while (index < count && hubs[2 * index + 1] != state) {
            index++;
        }
        return index;
    }

    /** A hub has accepted the message, in the step in which it did. */
    void accepted(int index) {
        hubs[2 * index + 1] = ACCEPTED;
    }

    /** The number of the present message. */
    long number() {
        return number;
    }

    // ---- accesses ----

    /** Hands the descriptor to the hardware as a new message. */
    void activate(Agent sender) {
        access(sender, Access.UPDATE);
        number++;
    }

    /** A hub acknowledges a message; nothing happens if it is not the present one. */
    void acknowledge(Agent cpu, int hub, long message) {
        access(cpu, Access.UPDATE);
        engine().memory().releasing(cpu, this);
        if (message == number) {
            for (int i = 0; i < count; i++) {
                if (hubs[2 * i] == hub && hubs[2 * i + 1] == ACCEPTED) {
                    hubs[2 * i + 1] = ACKNOWLEDGED;
                    changed();
                }
            }
        }
    }

    /** The sender polls the status: whether all hubs have acknowledged. */
    boolean complete(Agent sender) {
        access(sender, Access.UPDATE);
        engine().memory().acquired(sender, this);
        return nextToSend(0) == count && nextAccepted(0) == count;
    }

    /** Notes a response time; returns the mean once there are as many as asked, and begins again; -1 until then. */
    long mean(long responsePs, int wanted) {
        responses++;
        responsesPs += responsePs;
        if (responses < wanted) {
            return -1;
        }
        long meanPs = responsesPs / responses;
        responses = 0;
        responsesPs = 0;
        return meanPs;
    }

    @Override
    public void state(StateIo io) {
        number = io.i64(number);
        count = io.i32(count);
        hubs = io.array(hubs, 2 * count);
        if (io.timed()) {
            responses = io.i32(responses);
            responsesPs = io.i64(responsesPs);
        }
    }
}
