package grusim.explore;

import grusim.engine.Footprint;
import java.util.HashMap;
import java.util.Map;

/**
 * Who was ever seen to read and write what: by cell, by piece of shared state, and by topic of the invariants. An access
 * is a number that stands for a place and whether it is written.
 */
final class Accesses {
    private static final long WRITE = 1;
    private static final int INDEX_SHIFT = 1;
    private static final int SHARED_SHIFT = 34;

    /** Keeps the indexes of whole states and waiters, which are negative, above that of {@link #ANY}. */
    private static final int INDEX_BIAS = 3;

    /** Stands for whatever cell of a piece of state. */
    private static final int ANY = -INDEX_BIAS;

    private static final long TOPICS = 1L << 28;

    /** Agents that read a place and that write it, in their own routines and in handlers. */
    private static final class Users {
        private long readers;
        private long readingHandlers;
        private long writers;
        private long writingHandlers;

        boolean add(Actor actor, boolean write) {
            long bit = 1L << actor.agent();
            long before = actor.handler() ? (write ? writingHandlers : readingHandlers) : write ? writers : readers;
            if (actor.handler()) {
                writingHandlers |= write ? bit : 0;
                readingHandlers |= write ? 0 : bit;
            } else {
                writers |= write ? bit : 0;
                readers |= write ? 0 : bit;
            }
            return (before & bit) == 0;
        }

        /** Whether others than the actor write the place, or, if the actor does, use it at all. */
        boolean conflict(Actor actor, boolean write, boolean alone) {
            long bit = 1L << actor.agent();
            long notRoutines = actor.handler() ? -1L : ~bit;
            long notHandlers = actor.handler() && alone ? ~bit : -1L;
            long others = (writers & notRoutines) | (writingHandlers & notHandlers);
            if (write) {
                others |= (readers & notRoutines) | (readingHandlers & notHandlers);
            }
            return others != 0;
        }
    }

    private final Map<Long, Users> users = new HashMap<>();

    /** The access at a place of a footprint. */
    static long access(Footprint footprint, int place) {
        return access(footprint.shared(place), footprint.index(place), footprint.written(place));
    }

    /** The access of informing the invariants on a topic. */
    static long topic(int topic) {
        return access(TOPICS, topic, true);
    }

    private static long access(long shared, int index, boolean write) {
        return shared << SHARED_SHIFT | (long) (index + INDEX_BIAS) << INDEX_SHIFT | (write ? WRITE : 0);
    }

    private static long at(long access, int index) {
        return access(access >>> SHARED_SHIFT, index, false);
    }

    private static boolean writes(long access) {
        return (access & WRITE) != 0;
    }

    private static int index(long access) {
        return (int) ((access & ((1L << SHARED_SHIFT) - 1)) >>> INDEX_SHIFT) - INDEX_BIAS;
    }

    /** Notes that an actor makes an access; whether that is new. */
    boolean add(Actor actor, long access) {
        boolean write = writes(access);
        users(at(access, ANY)).add(actor, write);
        return users(access & ~WRITE).add(actor, write);
    }

    private Users users(long place) {
        return users.computeIfAbsent(place, p -> new Users());
    }

    /**
     * Whether anybody else was seen to make a conflicting access.
     *
     * @param alone whether the actor's steps are never interrupted by other steps of the same actor
     */
    boolean conflict(Actor actor, long access, boolean alone) {
        boolean write = writes(access);
        if (index(access) == Footprint.WHOLE) {
            return users(at(access, ANY)).conflict(actor, write, alone);
        }
        return users(access & ~WRITE).conflict(actor, write, alone)
                || users(at(access, Footprint.WHOLE)).conflict(actor, write, alone);
    }
}
