package grusim.result.stat;

/** The ends of an interval while it is being computed. */
record Range(double low, double high) {}
