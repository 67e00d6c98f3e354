package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.RandomStream;
import grusim.engine.Stateful;
import grusim.workload.TlbSpec;

/**
 * Which entry of a full set a dropin replaces. What the hardware does is published nowhere: all policies are assumptions
 * to compare.
 */
interface Replacement extends Stateful {
    /** A lookup hit the way. */
    void used(int set, int way);

    /** A dropin wrote the way. */
    void filled(int set, int way);

    /** An invalidate emptied the way. */
    void emptied(int set, int way);

    /** The way to replace in a set without an empty one. */
    int victim(Agent agent, int set);

    /** The policy of a spec; {@code random} is drawn from by the random one when time passes. */
    static Replacement of(TlbSpec spec, RandomStream random) {
        return switch (spec.replacement()) {
            case LRU -> new OrderReplacement(spec.sets(), spec.ways(), true);
            case FIFO -> new OrderReplacement(spec.sets(), spec.ways(), false);
            case PLRU -> new TreeReplacement(spec.sets(), spec.ways());
            case RANDOM -> new RandomReplacement(spec.ways(), random);
        };
    }
}
