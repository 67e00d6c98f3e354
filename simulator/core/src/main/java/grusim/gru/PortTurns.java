package grusim.gru;

import grusim.engine.StateIo;
import grusim.engine.Stateful;
import java.util.Arrays;

/**
 * The turns of control blocks at a port of the chiplet that takes {@code width} passes at once, each for a service time:
 * who finds the port taken is given the next turn, in order of arrival, and comes back for it.
 *
 * <p>Timing state only. Picoseconds.
 */
final class PortTurns implements Stateful {
    private static final long NONE = -1;

    private final long servicePs;
    private final long[] freePs;
    private final long[] turnPs;

    PortTurns(int width, long servicePs, int cbrs) {
        this.servicePs = servicePs;
        freePs = new long[width];
        turnPs = new long[cbrs];
        Arrays.fill(turnPs, NONE);
    }

    /** The time of the control block's turn: now, if it can pass or has come back for its turn, or later. */
    long turnPs(int cb, long nowPs) {
        if (turnPs[cb] == nowPs) {
            turnPs[cb] = NONE;
            return nowPs;
        }
        assert turnPs[cb] == NONE : "control block " + cb + " comes at " + nowPs + ", its turn is " + turnPs[cb];
        int first = 0;
        for (int i = 1; i < freePs.length; i++) {
            if (freePs[i] < freePs[first]) {
                first = i;
            }
        }
        long turn = Math.max(nowPs, freePs[first]);
        freePs[first] = turn + servicePs;
        if (turn != nowPs) {
            turnPs[cb] = turn;
        }
        return turn;
    }

    /** The control block does not come back for its turn. */
    void renounce(int cb) {
        turnPs[cb] = NONE;
    }

    @Override
    public void state(StateIo io) {
        io.array(freePs);
        io.array(turnPs);
    }
}
