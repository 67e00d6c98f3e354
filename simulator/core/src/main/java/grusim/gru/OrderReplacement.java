package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.StateIo;

/**
 * Least recently used, or first in first out: each way of a set has an age from 0 (youngest) to ways - 1, and the oldest
 * one goes. Uses make a way young under LRU only; fills under both. An emptied way becomes the oldest, so that what was
 * in it leaves no trace.
 */
final class OrderReplacement implements Replacement {
    private final int ways;
    private final boolean usesCount;
    private final byte[] ages;

    OrderReplacement(int sets, int ways, boolean usesCount) {
        this.ways = ways;
        this.usesCount = usesCount;
        ages = new byte[sets * ways];
        for (int i = 0; i < ages.length; i++) {
            ages[i] = (byte) (ways - 1 - i % ways);
        }
    }

    @Override
    public void used(int set, int way) {
        if (usesCount && ages[set * ways + way] != 0) {
            filled(set, way);
        }
    }

    @Override
    public void filled(int set, int way) {
        int first = set * ways;
        byte age = ages[first + way];
        for (int i = first; i < first + ways; i++) {
            if (ages[i] < age) {
                ages[i]++;
            }
        }
        ages[first + way] = 0;
    }

    @Override
    public void emptied(int set, int way) {
        int first = set * ways;
        byte age = ages[first + way];
        for (int i = first; i < first + ways; i++) {
            if (ages[i] > age) {
                ages[i]--;
            }
        }
        ages[first + way] = (byte) (ways - 1);
    }

    @Override
    public int victim(Agent agent, int set) {
        int first = set * ways;
        for (int way = 0; way < ways; way++) {
            if (ages[first + way] == ways - 1) {
                return way;
            }
        }
        throw new AssertionError("set " + set + " has no oldest way");
    }

    @Override
    public void state(StateIo io) {
        io.array(ages);
    }
}
