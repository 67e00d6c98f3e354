package grusim.run;

import grusim.contract.Contract;
import grusim.driver.GruDriver;
import grusim.driver.QuickTest;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.gru.Chiplet;
import grusim.gru.ChipletSize;
import grusim.linux.CpuPlaces;
import grusim.linux.Kernel;
import grusim.linux.Partition;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.machine.Topology;
import grusim.workload.Spec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does the driver's tests of itself in a simulated machine: one machine for each chiplet tested, of which only that
 * chiplet's blade is built, with the tests one after the other on the blade's first core.
 */
public final class SelfTests {
    /** Simulated time after which a test that has not ended counts as hanging. */
    private static final long LIMIT_PS = 100_000_000_000L;

    /**
     * How one test ended.
     *
     * @param failure what went wrong, empty if nothing did
     * @param tookPs simulated time it took
     */
    public record Outcome(String name, String failure, long tookPs) {
        /** Whether the test passed. */
        public boolean passed() {
            return failure.isEmpty();
        }
    }

    private SelfTests() {}

    /** Number of chiplets of a spec's machine. */
    public static int chiplets(Spec spec) {
        return Topology.of(spec.machine()).chiplets();
    }

    /** Tests one chiplet of a spec's machine. */
    public static List<Outcome> test(Spec spec, int chiplet) {
        Engine engine = Engine.timed(SimulationBuilder.memoryModel(spec), spec.seed(), true);
        PhysicalMemory memory =
                new PhysicalMemory(spec.machine().blades(), spec.machine().memoryPerBladeBytes(), true);
        Machine machine = new Machine(engine, spec.machine(), memory);
        Kernel kernel = new Kernel(engine, memory, spec.kernel(), Partition.whole(memory), CpuPlaces.of(machine));
        Contract contract = new Contract(engine, true);
        int blade = machine.topology().bladeOfChiplet(chiplet);
        @Nullable Chiplet[] chiplets = new @Nullable Chiplet[machine.topology().chiplets()];
        for (int i = 0; i < machine.topology().chipletsPerBlade(); i++) {
            int index = machine.topology().chiplet(blade, i);
            Chiplet built = new Chiplet(machine, spec.gru(), index, ChipletSize.WHOLE);
            built.observer(contract.device());
            chiplets[index] = built;
        }
        GruDriver driver = new GruDriver(machine, chiplets, kernel, spec.driver(), spec.kernel());
        driver.observer(contract.driver());
        kernel.observer(contract.vm());
        engine.lockObserver(contract.locks());
        List<QuickTest> tests = driver.kernelContexts().quickTests(blade, chiplet);
        Cpu cpu = machine.cpu(blade, 0);
        List<Outcome> outcomes = new ArrayList<>();
        for (QuickTest test : tests) {
            Outcome outcome = run(engine, cpu, contract, test);
            outcomes.add(outcome);
            if (!cpu.idle()) {
                break;
            }
        }
        return outcomes;
    }

    private static Outcome run(Engine engine, Cpu cpu, Contract contract, QuickTest test) {
        test.ready();
        Once once = new Once(engine, test);
        long startedPs = engine.nowPs();
        long violations = contract.violations();
        cpu.start(once, 0);
        engine.timed().run(startedPs + LIMIT_PS);
        String failure = "";
        if (once.endedPs < 0) {
            failure = "it hangs: " + engine.waitGraph().strip().replace("\n", "; ");
        } else if (once.result != QuickTest.PASSED) {
            failure = test.failure(once.result);
        } else if (contract.violations() > violations) {
            failure = contract.kept().get(contract.kept().size() - 1).text();
        }
        return new Outcome(test.name() + " " + test.title(), failure, Math.max(startedPs, once.endedPs) - startedPs);
    }

    /** Does a test and keeps its result. */
    private static final class Once extends Routine {
        private final QuickTest test;
        private long result;
        private long endedPs = -1;

        Once(Engine engine, QuickTest test) {
            super(engine, "self-test", 0);
            this.test = test;
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "begin" : "end";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                agent.call(test, 1);
            } else {
                result = agent.result();
                endedPs = agent.engine().nowPs();
                agent.done(0);
            }
        }
    }
}
