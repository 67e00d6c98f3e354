package grusim.run;

/** How much a run measures besides what it counts; none of it changes a simulated fact. */
public enum Measures {
    /** Nothing: the result has counters and series only. */
    NONE,
    /** How long instructions, misses and the driver's work take, and locks. */
    LATENCIES,
    /** Also what instructions and misses wait for. */
    ALL
}
