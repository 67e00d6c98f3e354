package grusim.driver;

import grusim.gru.ControlBlock;

/** Is told how long the driver's work took. */
@FunctionalInterface
public interface DriverProbe {
    /** Hears nothing. */
    DriverProbe NONE = (latency, durationPs) -> {};

    /** Something took this many picoseconds. */
    void took(DriverLatency latency, long durationPs);

    /** The kernel has seen the end of an instruction of its own on a control block of a chiplet. */
    default void kernelInstruction(int chiplet, ControlBlock cb) {}
}
