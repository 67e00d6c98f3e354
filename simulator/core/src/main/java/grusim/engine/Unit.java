package grusim.engine;

/** A device unit: an agent that software sets to work by writing a command to its handle. */
public abstract class Unit extends Agent {
    /** Makes an idle unit. */
    protected Unit(Engine engine, String name) {
        super(engine, name);
    }

    /** A command was written; it reaches the unit {@code delayPs} picoseconds from now. */
    protected abstract void begin(long delayPs);

    final void commanded(long delayPs) {
        disturbed();
        begin(delayPs);
    }
}
