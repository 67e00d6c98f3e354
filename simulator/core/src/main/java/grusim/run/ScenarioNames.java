package grusim.run;

import grusim.driver.ThreadState;
import grusim.engine.Cpu;
import grusim.linux.Mm;
import grusim.workload.ScenarioSpec;
import grusim.workload.SpecException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names in a scenario stand for, in order of the spec. A name that stands for nothing is an error of the spec. */
final class ScenarioNames {
    final Map<String, Cpu> cpus = new LinkedHashMap<>();
    final Map<String, Mm> spaces = new LinkedHashMap<>();
    final Map<String, ScenarioSpec.Page> pages = new LinkedHashMap<>();
    final Map<String, ThreadState> contexts = new LinkedHashMap<>();

    private final String spec;

    /** Knows no names yet of the scenario of a spec. */
    ScenarioNames(String spec) {
        this.spec = spec;
    }

    /** The CPU of an agent. */
    Cpu cpu(String name) {
        return named(cpus.get(name), "agent", name);
    }

    Mm space(String name) {
        return named(spaces.get(name), "space", name);
    }

    ScenarioSpec.Page page(String name) {
        return named(pages.get(name), "page", name);
    }

    ThreadState context(String name) {
        return named(contexts.get(name), "context", name);
    }

    private <T> T named(@Nullable T found, String kind, String name) {
        if (found == null) {
            throw new SpecException(spec + ": scenario: no " + kind + " is called " + name);
        }
        return found;
    }
}
