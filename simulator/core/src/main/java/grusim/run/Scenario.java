package grusim.run;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.gru.Chiplet;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scenario built for exploration: the driver, kernel and device of every timed run, on one blade with one small chiplet,
 * settled in its first state with its agents about to take their first step.
 */
public final class Scenario {
    private final Engine engine;
    private final Contract contract;
    private final Kernel kernel;
    private final Chiplet chiplet;
    private final Map<String, Cpu> cpus;
    private final Map<String, Mm> spaces;

    Scenario(
            Engine engine,
            Contract contract,
            Kernel kernel,
            Chiplet chiplet,
            Map<String, Cpu> cpus,
            Map<String, Mm> spaces) {
        this.engine = engine;
        this.contract = contract;
        this.kernel = kernel;
        this.chiplet = chiplet;
        this.cpus = cpus;
        this.spaces = spaces;
    }

    public Engine engine() {
        return engine;
    }

    public @Nullable String violation() {
        return contract.firstViolation().map(Violation::text).orElse(null);
    }

    public long observed() {
        return contract.topics();
    }

    /** The first violation of the contract on the way to the present state, if that was played and not loaded. */
    public Optional<Violation> firstViolation() {
        return contract.firstViolation();
    }

    /** The CPU of each agent by name, in the order of the spec. */
    public Map<String, Cpu> cpus() {
        return cpus;
    }

    /** The address spaces by name. */
    Map<String, Mm> spaces() {
        return spaces;
    }

    Kernel kernel() {
        return kernel;
    }

    Chiplet chiplet() {
        return chiplet;
    }
}
