package grusim.run;

import grusim.gru.DeviceStat;
import grusim.result.Counter;
import grusim.result.RunResultBuilder;
import grusim.result.StatDeclaration;
import java.util.ArrayList;
import java.util.List;

/** What a run says of exceptions: how many by cause, what was started again and what given up, and the errors that struck. */
final class ExceptionReport {
    private ExceptionReport() {}

    /** Adds the counters, if there was an exception or the spec lets errors strike. */
    static void report(RunResultBuilder result, Simulation simulation) {
        List<Counter> counters = new ArrayList<>(DeviceStat.causes(simulation.chiplets()));
        counters.add(new Counter(
                new StatDeclaration(
                        "exceptions.retries", "retries", "Instructions started again by the user library.", "model"),
                simulation.exceptions().retries()));
        counters.add(new Counter(
                new StatDeclaration(
                        "exceptions.given_up",
                        "instructions",
                        "Instructions that the user library did not start again, or not any more.",
                        "model"),
                simulation.exceptions().givenUp()));
        boolean injects = !simulation.spec().gru().errors().inject().isEmpty();
        if (injects) {
            counters.addAll(DeviceStat.struck(simulation.chiplets()));
        }
        if (injects || counters.stream().anyMatch(c -> c.value() > 0)) {
            counters.forEach(c -> result.counter(c.declaration(), c.value()));
        }
    }
}
