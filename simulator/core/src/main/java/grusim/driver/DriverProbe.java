package grusim.driver;

/** Is told how long the driver's work took. */
@FunctionalInterface
public interface DriverProbe {
    /** Hears nothing. */
    DriverProbe NONE = (latency, durationPs) -> {};

    /** Something took this many picoseconds. */
    void took(DriverLatency latency, long durationPs);
}
