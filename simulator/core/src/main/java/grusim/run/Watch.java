package grusim.run;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.result.Verdict;

/** What watches over a run: the contract, if it is on. */
interface Watch {
    /** Starts watching a simulation that has just been built. */
    static Watch over(Simulation simulation, RunOptions options) {
        if (!options.contract()) {
            return () -> Verdict.UNCHECKED;
        }
        Contract contract = new Contract(simulation.engine(), simulation.functional());
        simulation.engine().component(contract);
        simulation.chiplets().forEach(chiplet -> chiplet.observer(contract.device()));
        simulation.kernel().observer(contract.vm());
        simulation.driver().observer(contract.driver());
        return () -> new Verdict(
                contract.checks(),
                contract.violations(),
                contract.kept().stream().map(Violation::text).toList());
    }

    /** The outcome so far. */
    Verdict verdict();
}
