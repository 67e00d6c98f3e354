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
        LatencyWatch latencies = new LatencyWatch(
                simulation.engine(),
                simulation.driver(),
                simulation.machine().topology().chiplets(),
                simulation.probes());
        if (options.contract()) {
            return new ContractWatch(simulation, options, latencies);
        }
        listen(simulation, latencies, latencies);
        return UNJUDGED;
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
