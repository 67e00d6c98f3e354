package grusim.run;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.result.Verdict;
import java.util.List;

/** Watches a run with the contract. */
final class ContractWatch implements Watch {
    private final Contract contract;
    private final Simulation simulation;
    private final String version;

    ContractWatch(Simulation simulation, RunOptions options, LatencyWatch latencies) {
        this.simulation = simulation;
        this.version = options.version();
        contract = new Contract(simulation.engine(), simulation.functional());
        simulation.engine().component(contract);
        simulation.engine().lockObserver(contract.locks());
        simulation.kernel().observer(contract.vm());
        Watch.listen(
                simulation,
                new DeviceObservers(contract.device(), latencies),
                new DriverObservers(contract.driver(), latencies));
    }

    @Override
    public boolean deadlocked() {
        return contract.deadlocked();
    }

    @Override
    public void stuck(String waitGraph) {
        contract.stuck();
    }

    @Override
    public void ended() {
        contract.ended();
    }

    /** The violations kept in words. */
    List<Violation> violations() {
        return contract.kept();
    }

    @Override
    public Verdict verdict() {
        return new Verdict(
                contract.checks(),
                contract.violations(),
                contract.kept().stream().map(this::text).toList());
    }

    private String text(Violation violation) {
        return violation.text() + "; replay "
                + ReplayToken.of(simulation.resolved(), version, violation.step())
                        .text();
    }
}
