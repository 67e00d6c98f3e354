package grusim.explore;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.ScriptedRoutine;
import grusim.engine.SequentialMemory;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Small simulations to explore. */
final class Subjects {
    private Subjects() {}

    /** A simulation and its invariant, which looks only at state that agents share. */
    static Subject of(Engine engine, Supplier<@Nullable String> invariant) {
        return new Subject() {
            @Override
            public Engine engine() {
                return engine;
            }

            @Override
            public @Nullable String violation() {
                return invariant.get();
            }

            @Override
            public long observed() {
                return 0;
            }
        };
    }

    /** Builds the same simulation, under sequential consistency, whenever it is asked; the program returns the invariant. */
    static Supplier<Subject> of(Function<Engine, Supplier<@Nullable String>> program) {
        return () -> {
            Engine engine = Engine.exploring(new SequentialMemory());
            return of(engine, program.apply(engine));
        };
    }

    /** Starts an agent that runs a script. */
    static void start(Engine engine, String name, ScriptedRoutine.Script script, long... arguments) {
        new Agent(engine, name).start(new ScriptedRoutine(engine, name, script), 0, arguments);
    }

    /** Whether every agent has come to its end. */
    static boolean idle(Engine engine) {
        return engine.agents().stream().allMatch(Agent::idle);
    }
}
