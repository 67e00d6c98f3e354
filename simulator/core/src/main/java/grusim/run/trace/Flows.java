package grusim.run.trace;

/** Numbers for flows, from 1 on. */
final class Flows {
    /** No flow. */
    static final long NONE = 0;

    private long last;

    long next() {
        return ++last;
    }
}
