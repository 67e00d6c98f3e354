package grusim.benchmarks;

import umontreal.ssj.simevents.eventlist.BinaryTree;
import umontreal.ssj.simevents.eventlist.Henriksen;
import umontreal.ssj.simevents.eventlist.RedblackTree;
import umontreal.ssj.simevents.eventlist.SplayTree;

/** The pending-event sets compared. */
public enum PendingSet {
    /** The engine's queue, one bucket per tick. */
    GRUSIM("grusim EventQueue"),
    /** The same with delays a timed run might have: ticks of 128 ps in its buckets of 512 ps. */
    GRUSIM_TIMED("grusim EventQueue, 4 ticks a bucket"),
    PRIORITY_QUEUE("java.util.PriorityQueue"),
    TREE_SET("java.util.TreeSet"),
    SSJ_SPLAY("SSJ, SplayTree (its default)"),
    SSJ_HENRIKSEN("SSJ, Henriksen"),
    SSJ_RED_BLACK("SSJ, RedblackTree"),
    SSJ_BINARY("SSJ, BinaryTree");

    private final String text;

    PendingSet(String text) {
        this.text = text;
    }

    /** What it is, for the table. */
    String text() {
        return text;
    }

    /** A hold model on this set. */
    HoldModel hold(int pending) {
        return switch (this) {
            case GRUSIM -> new GrusimHold(pending, 0, 0);
            case GRUSIM_TIMED -> new GrusimHold(pending, 9, 7);
            case PRIORITY_QUEUE -> new PriorityQueueHold(pending);
            case TREE_SET -> new TreeSetHold(pending);
            case SSJ_SPLAY -> new SsjHold(pending, new SplayTree());
            case SSJ_HENRIKSEN -> new SsjHold(pending, new Henriksen());
            case SSJ_RED_BLACK -> new SsjHold(pending, new RedblackTree());
            case SSJ_BINARY -> new SsjHold(pending, new BinaryTree());
        };
    }
}
