package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.RandomStream;
import grusim.engine.StateIo;

/** Any way of the set, each as likely as the others; an exploration tries them all. */
final class RandomReplacement implements Replacement {
    private final int ways;
    private final RandomStream random;

    RandomReplacement(int ways, RandomStream random) {
        this.ways = ways;
        this.random = random;
    }

    @Override
    public void used(int set, int way) {}

    @Override
    public void filled(int set, int way) {}

    @Override
    public void emptied(int set, int way) {}

    @Override
    public int victim(Agent agent, int set) {
        return agent.engine().isTimed() ? random.below(ways) : agent.engine().choose(agent, ways);
    }

    @Override
    public void state(StateIo io) {}
}
