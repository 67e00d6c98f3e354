package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.MemoryModels;
import grusim.explore.ExhaustiveWalk;
import grusim.explore.Outcome;
import grusim.explore.Verdict;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks all states of a machine under a memory model, as often as it takes to know which old values can be read. */
final class ModelWalk {
    private static final long MOST_STATES = 3_000_000;

    /** A built machine, and what is wrong in its present state. */
    record Machine(Engine engine, Supplier<@Nullable String> violation) {}

    private ModelWalk() {}

    static Verdict run(String model, Function<Memory, Machine> build) {
        Memory memory = MemoryModels.of(model, 0);
        while (true) {
            int before = memory.discoveries();
            Machine machine = build.apply(memory);
            memory.settled();
            Verdict verdict = new ExhaustiveWalk(machine.engine, machine.violation, MOST_STATES).run();
            if (verdict.outcome() != Outcome.SAFE || memory.discoveries() == before) {
                return verdict;
            }
            Memory next = MemoryModels.of(model, 0);
            next.learn(memory);
            memory = next;
        }
    }

    /** Lets agents step, one after the other, until none can. */
    static void settle(Engine engine) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Agent agent : engine.agents()) {
                if (engine.exploring().enabled(agent)) {
                    engine.exploring().step(agent);
                    moved = true;
                }
            }
        }
    }

    /** Whether no agent can take a step. */
    static boolean over(Engine engine) {
        return engine.agents().stream().noneMatch(engine.exploring()::enabled);
    }
}
