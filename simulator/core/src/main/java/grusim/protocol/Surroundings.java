package grusim.protocol;

import grusim.driver.GruDriver;
import grusim.engine.Engine;
import grusim.linux.Kernel;
import grusim.linux.lock.Mutex;
import grusim.linux.lock.SpinLock;
import grusim.workload.KernelSpec;
import grusim.workload.Protocol.Rule;

/**
 * What a protocol works with.
 *
 * @param without the rule that is left out
 */
record Surroundings(Kernel kernel, KernelSpec costs, GruDriver driver, Rule without) {
    Engine engine() {
        return kernel.engine();
    }

    /** Whether a rule is kept. */
    boolean keeps(Rule rule) {
        return without != rule;
    }

    SpinLock spinLock(String name) {
        return new SpinLock(engine(), name, kernel.counters());
    }

    Mutex mutex(String name) {
        return new Mutex(engine(), name, kernel.counters());
    }
}
