package grusim.run;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.driver.DriverObserver;
import grusim.gru.DeviceObserver;
import grusim.linux.VmObserver;
import grusim.result.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches a run with the contract. */
final class ContractWatch implements Watch {
    private final Contract contract;
    private final Simulation simulation;
    private final String version;

    private ContractWatch(
            Simulation simulation, RunOptions options, @Nullable LatencyWatch latencies, @Nullable FactLines facts) {
        this.simulation = simulation;
        this.version = options.version();
        contract = new Contract(simulation.engine(), simulation.functional());
        simulation.engine().component(contract);
        boolean measures = latencies != null;
        simulation
                .engine()
                .lockObserver(measures ? new LockObservers(simulation.locks(), contract.locks()) : contract.locks());
        DeviceObserver device = contract.device();
        DriverObserver driver = contract.driver();
        if (latencies != null) {
            device = new DeviceObservers(device, latencies);
            driver = new DriverObservers(driver, latencies);
        }
        VmObserver vm = contract.vm();
        if (facts != null) {
            device = new DeviceObservers(facts, device);
            driver = new DriverObservers(facts, driver);
            vm = new VmObservers(facts, vm);
        }
        simulation.kernel().observer(vm);
        Watch.listen(simulation, device, driver);
    }

    /** Starts watching; facts are told to {@code facts} too, before they are judged. */
    static ContractWatch over(Simulation simulation, RunOptions options, @Nullable FactLines facts) {
        return new ContractWatch(
                simulation, options, options.measures() == Measures.NONE ? null : Watch.latencies(simulation), facts);
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
