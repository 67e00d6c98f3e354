package grusim.run;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.driver.DriverObserver;
import grusim.gru.Chiplet;
import grusim.gru.DeviceObserver;
import grusim.result.Verdict;

/** What watches over a run: the measurements, and the contract if it is on. */
interface Watch {
    /** Starts watching a simulation that has just been built. */
    static Watch over(Simulation simulation, RunOptions options) {
        LatencyWatch latencies = new LatencyWatch(
                simulation.engine(),
                simulation.driver(),
                simulation.machine().topology().chiplets(),
                simulation.probes());
        if (!options.contract()) {
            listen(simulation, latencies, latencies);
            return () -> Verdict.UNCHECKED;
        }
        Contract contract = new Contract(simulation.engine(), simulation.functional());
        simulation.engine().component(contract);
        simulation.kernel().observer(contract.vm());
        listen(
                simulation,
                new DeviceObservers(contract.device(), latencies),
                new DriverObservers(contract.driver(), latencies));
        return () -> new Verdict(
                contract.checks(),
                contract.violations(),
                contract.kept().stream().map(Violation::text).toList());
    }

    private static void listen(Simulation simulation, DeviceObserver device, DriverObserver driver) {
        for (Chiplet chiplet : simulation.chiplets()) {
            chiplet.observer(device);
        }
        simulation.driver().observer(driver);
    }

    /** The outcome so far. */
    Verdict verdict();
}
