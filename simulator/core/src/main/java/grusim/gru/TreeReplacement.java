package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.StateIo;

/**
 * Pseudo-LRU: a binary tree of one bit per inner node over the ways of a set; each bit points to the half that was used
 * longer ago. Needs a power of two of ways, at most 64.
 */
final class TreeReplacement implements Replacement {
    private final int ways;
    /** Per set, bit n is inner node n of a heap-ordered tree rooted at 1; set = the right half is older. */
    private final long[] trees;

    TreeReplacement(int sets, int ways) {
        if (Integer.bitCount(ways) != 1 || ways > Long.SIZE) {
            throw new IllegalArgumentException("tlb.ways: " + ways + "; accepted with plru: 1, 2, 4 .. 64");
        }
        this.ways = ways;
        trees = new long[sets];
    }

    @Override
    public void used(int set, int way) {
        long tree = trees[set];
        for (int node = ways + way; node > 1; node >>= 1) {
            long bit = 1L << (node >> 1);
            tree = (node & 1) == 0 ? tree | bit : tree & ~bit;
        }
        trees[set] = tree;
    }

    @Override
    public void filled(int set, int way) {
        used(set, way);
    }

    @Override
    public void emptied(int set, int way) {}

    @Override
    public int victim(Agent agent, int set) {
        int node = 1;
        while (node < ways) {
            node = 2 * node + (int) ((trees[set] >>> node) & 1);
        }
        return node - ways;
    }

    @Override
    public void state(StateIo io) {
        io.array(trees);
    }
}
