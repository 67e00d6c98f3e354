package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Memory;
import grusim.engine.MemoryModels;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.explore.Bounds;
import grusim.explore.Explorer;
import grusim.explore.Outcome;
import grusim.explore.Progress;
import grusim.explore.Subject;
import grusim.explore.Verdict;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks all states of a machine under a memory model, without reduction. */
final class ModelWalk {
    private static final long MOST_STATES = 3_000_000;

    /** A built machine, and what is wrong in its present state. */
    record Machine(Engine engine, Supplier<@Nullable String> wrong) implements Subject {
        @Override
        public @Nullable String violation() {
            return wrong.get();
        }

        @Override
        public long observed() {
            return 0;
        }
    }

    /** Something that has happened on the way to the present state. */
    static final class Mark implements Stateful {
        private boolean set;

        Mark(Engine engine) {
            engine.component(this);
        }

        void set() {
            set = true;
        }

        boolean isSet() {
            return set;
        }

        @Override
        public void state(StateIo io) {
            set = io.bool(set);
        }
    }

    private ModelWalk() {}

    static Verdict run(String model, Function<Memory, Machine> build) {
        Supplier<Machine> factory = () -> {
            Memory memory = MemoryModels.of(model, 0);
            Machine machine = build.apply(memory);
            memory.settled();
            return machine;
        };
        Verdict verdict = new Explorer(factory, Bounds.NONE.withStates(MOST_STATES), 1, false, Progress.SILENT).run();
        if (verdict.outcome() == Outcome.BOUNDED) {
            throw new AssertionError(model + ": more than " + MOST_STATES + " states");
        }
        return verdict;
    }

    /** Marks that a table was read after its free, from now on. */
    static Mark tableReadAfterFree(VmRig rig) {
        Mark mark = new Mark(rig.engine);
        rig.kernel.observer(new VmObserver() {
            @Override
            public void tableReadAfterFree(Agent agent, long table) {
                mark.set();
            }
        });
        return mark;
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
