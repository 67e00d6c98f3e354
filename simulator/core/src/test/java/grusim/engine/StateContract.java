package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * What every {@link Stateful} component must keep: save, load, save is equal, and a loaded simulation goes on as if it
 * had not stopped. Tests of components call these; each check builds its simulations anew from the given supplier.
 */
public final class StateContract {
    private StateContract() {}

    /** Saving, loading into a fresh twin and into itself, and saving again gives the same state. */
    public static void assertRoundTrip(Stateful used, Stateful fresh, boolean timed) {
        Snapshot saved = Snapshot.of(used, timed);
        saved.into(fresh);
        assertThat(Snapshot.of(fresh, timed)).as("loaded into a fresh twin").isEqualTo(saved);
        saved.into(used);
        assertThat(Snapshot.of(used, timed)).as("loaded into itself").isEqualTo(saved);
    }

    /**
     * A timed simulation that is cut at each of the given times, and resumed both in a fresh twin and in itself after it
     * ran on, ends with the hash and the state of the run that was not cut.
     */
    public static void assertResumes(Supplier<Engine> built, long untilPs, long... cutsPs) {
        Engine whole = built.get();
        whole.timed().run(untilPs);
        Snapshot end = Snapshot.of(whole, true);
        for (long cutPs : cutsPs) {
            Engine cut = built.get();
            cut.timed().run(cutPs);
            Snapshot saved = Snapshot.of(cut, true);
            Engine fresh = built.get();
            saved.into(fresh);
            assertThat(Snapshot.of(fresh, true)).as("saved at %d ps", cutPs).isEqualTo(saved);
            fresh.timed().run(untilPs);
            assertEnd(fresh, whole, end, "resumed afresh at " + cutPs + " ps");
            cut.timed().run(untilPs);
            saved.into(cut);
            cut.timed().run(untilPs);
            assertEnd(cut, whole, end, "rolled back to " + cutPs + " ps");
        }
    }

    private static void assertEnd(Engine engine, Engine whole, Snapshot end, String what) {
        assertThat(engine.eventHash()).as("event hash, %s", what).isEqualTo(whole.eventHash());
        assertThat(engine.steps()).as("steps, %s", what).isEqualTo(whole.steps());
        assertThat(Snapshot.of(engine, true)).as("final state, %s", what).isEqualTo(end);
    }

    /**
     * On a random walk of an exploring simulation, every step leads to the same state when it is taken again from the
     * restored state, in the same simulation and in a twin: nothing that matters is left out of the listing.
     */
    public static void assertReplays(Supplier<Engine> built, long seed, int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        Engine engine = built.get();
        Engine twin = built.get();
        for (int i = 0; i < steps; i++) {
            List<Agent> enabled = enabled(engine);
            if (enabled.isEmpty()) {
                return;
            }
            Snapshot before = Snapshot.of(engine, false);
            long choices = random.nextLong();
            Agent agent = enabled.get(random.nextInt(enabled.size()));
            aside(engine, random, enabled);
            before.into(engine);
            assertThat(Snapshot.of(engine, false))
                    .as("restored before step %d", i)
                    .isEqualTo(before);
            String what = agent.describe();
            step(engine, agent, choices);
            Snapshot after = Snapshot.of(engine, false);
            before.into(twin);
            twin.memory().learn(engine.memory());
            step(twin, twin.agents().get(agent.id()), choices);
            assertThat(Snapshot.of(twin, false)).as("step %d, %s", i, what).isEqualTo(after);
        }
    }

    private static List<Agent> enabled(Engine engine) {
        List<Agent> enabled = new ArrayList<>();
        for (Agent agent : engine.agents()) {
            if (engine.exploring().enabled(agent)) {
                enabled.add(agent);
            }
        }
        return enabled;
    }

    /** Takes some steps, to leave traces that restoring must remove. */
    private static void aside(Engine engine, SplittableRandom random, List<Agent> first) {
        List<Agent> enabled = first;
        for (int left = 1 + random.nextInt(30); left > 0 && !enabled.isEmpty(); left--) {
            step(engine, enabled.get(random.nextInt(enabled.size())), random.nextLong());
            enabled = enabled(engine);
        }
    }

    private static void step(Engine engine, Agent agent, long choices) {
        SplittableRandom picks = new SplittableRandom(choices);
        engine.choices((chooser, alternatives) -> picks.nextInt(alternatives));
        engine.exploring().step(agent);
    }
}
