package grusim.result.chart;

/** The unit in which an axis shows simulated time: the largest of which the whole spans at least two. */
enum TimeScale {
    PS("ps", 1),
    NS("ns", 1_000),
    US("us", 1_000_000),
    MS("ms", 1_000_000_000),
    S("s", 1_000_000_000_000L);

    private final String unit;
    private final long ps;

    TimeScale(String unit, long ps) {
        this.unit = unit;
        this.ps = ps;
    }

    static TimeScale of(long spanPs) {
        TimeScale best = PS;
        for (TimeScale scale : values()) {
            if (spanPs >= 2.0 * scale.ps) {
                best = scale;
            }
        }
        return best;
    }

    String unit() {
        return unit;
    }

    double from(long timePs) {
        return (double) timePs / ps;
    }
}
