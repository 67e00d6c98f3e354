package grusim.engine;

/** A routine whose steps a test gives as a lambda. */
public final class ScriptedRoutine extends Routine {
    /** What happens in each step. */
    @FunctionalInterface
    public interface Script {
        /** Performs step {@code pc}. */
        void step(Agent agent, int pc);
    }

    private final Script script;

    /** A routine with four slots. */
    public ScriptedRoutine(Engine engine, String name, Script script) {
        super(engine, name, 4);
        this.script = script;
    }

    @Override
    public String stepName(int pc) {
        return "step " + pc;
    }

    @Override
    public void step(Agent agent, int pc) {
        script.step(agent, pc);
    }
}
