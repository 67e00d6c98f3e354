package grusim.run;

import grusim.driver.DriverObserver;
import grusim.gru.Chiplet;
import grusim.gru.DeviceObserver;
import grusim.result.Verdict;

/** What watches over a run: the measurements, and the contract if it is on. */
interface Watch {
    /** Nobody judges. */
    Watch UNJUDGED = new Watch() {};

    /** Starts watching a simulation that has just been built. */
    static Watch over(Simulation simulation, RunOptions options) {
        if (options.contract()) {
            return ContractWatch.over(simulation, options, null);
        }
        if (options.measures() == Measures.NONE) {
            return UNJUDGED;
        }
        simulation.engine().lockObserver(simulation.locks());
        LatencyWatch latencies = latencies(simulation);
        listen(simulation, latencies, latencies);
        return UNJUDGED;
    }

    /** Measures latencies for the simulation's result, once it is told of facts. */
    static LatencyWatch latencies(Simulation simulation) {
        return new LatencyWatch(
                simulation.engine(),
                simulation.driver(),
                simulation.machine().topology().chiplets(),
                simulation.probes());
    }

    /** Has the device and the driver tell these observers. */
    static void listen(Simulation simulation, DeviceObserver device, DriverObserver driver) {
        for (Chiplet chiplet : simulation.chiplets()) {
            chiplet.observer(device);
        }
        simulation.driver().observer(driver);
    }

    /** Whether agents wait for each other, so that they wait for ever. */
    default boolean deadlocked() {
        return false;
    }

    /**
     * The run stands still though threads have not ended.
     *
     * @throws HangException if nobody judges
     */
    default void stuck(String waitGraph) {
        throw new HangException(waitGraph);
    }

    /** All threads have ended. */
    default void ended() {}

    /** The outcome so far. */
    default Verdict verdict() {
        return Verdict.UNCHECKED;
    }
}
