package grusim.benchmarks;

/** An event for the collections of the JDK, in the engine's order: time, then order of scheduling. */
final class JdkEvent implements Comparable<JdkEvent> {
    private long time;
    private long sequence;

    void due(long newTime, long newSequence) {
        time = newTime;
        sequence = newSequence;
    }

    long time() {
        return time;
    }

    @Override
    public int compareTo(JdkEvent other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
