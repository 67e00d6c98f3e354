package grusim.run;

import grusim.contract.Contract;
import grusim.contract.Violation;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.LockObserver;
import grusim.explore.Subject;
import grusim.gru.Chiplet;
import grusim.gru.DeviceObserver;
import grusim.linux.Kernel;
import grusim.linux.Mm;
import grusim.linux.VmObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scenario built for exploration: the driver, kernel and device of every timed run, on one blade with one small chiplet,
 * settled in its first state with its agents about to take their first step.
 */
public final class Scenario implements Subject {
    /** What counts as wrong in a state. */
    public enum Concern {
        EVERYTHING,
        /** What violates an invariant in a step. */
        INVARIANTS,
        /** Agents that wait for ever. */
        STANDSTILLS
    }

    private final Engine engine;
    private final Contract contract;
    private final Kernel kernel;
    private final Chiplet chiplet;
    private final Map<String, Cpu> cpus;
    private final Map<String, Mm> spaces;
    private final int tableBits;
    private Concern concern = Concern.EVERYTHING;

    Scenario(
            Engine engine,
            Contract contract,
            Kernel kernel,
            Chiplet chiplet,
            Map<String, Cpu> cpus,
            Map<String, Mm> spaces,
            int tableBits) {
        this.engine = engine;
        this.contract = contract;
        this.kernel = kernel;
        this.chiplet = chiplet;
        this.cpus = cpus;
        this.spaces = spaces;
        this.tableBits = tableBits;
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public @Nullable String violation() {
        return concern == Concern.STANDSTILLS
                ? null
                : contract.firstViolation().map(Violation::text).orElse(null);
    }

    @Override
    public long observed() {
        return contract.topics();
    }

    @Override
    public boolean mindsStandstill() {
        return concern != Concern.INVARIANTS;
    }

    /** Sets what counts as wrong; everything, unless this is called. */
    public void concern(Concern about) {
        concern = about;
    }

    /** The first violation of the contract on the way to the present state, if that was played and not loaded. */
    public Optional<Violation> firstViolation() {
        return contract.firstViolation();
    }

    /** What is violated where nobody can step: it may be that agents wait for ever. */
    public List<Violation> standstill() {
        contract.stuck();
        return contract.kept();
    }

    /** The CPU of each agent by name, in the order of the spec. */
    public Map<String, Cpu> cpus() {
        return cpus;
    }

    /** The address spaces by name. */
    public Map<String, Mm> spaces() {
        return spaces;
    }

    /** Address bits that one level of the page tables resolves. */
    public int tableBits() {
        return tableBits;
    }

    /** The kernel. */
    public Kernel kernel() {
        return kernel;
    }

    /** The device. */
    public Chiplet chiplet() {
        return chiplet;
    }

    /** Tells further observers, besides the contract, what device, kernel and locks do. */
    public void tell(DeviceObserver device, VmObserver vm, LockObserver locks) {
        chiplet.observer(new DeviceObservers(contract.device(), device));
        kernel.observer(new VmObservers(contract.vm(), vm));
        engine.lockObserver(new LockObservers(contract.locks(), locks));
    }
}
