package grusim.gru;

import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/** Something to wait for that has no state of its own: whoever changes what the waiter looks at gives it. */
final class Signal extends Shared {
    Signal(Engine engine, String name) {
        super(engine, name);
    }

    /** Lets every waiting agent look again. */
    void give() {
        changed();
    }

    /** Notes that the step looks at what the signal is given for. */
    void look() {
        concerned(false);
    }

    /** Notes that the step changes what the signal is given for, in a way that no waiter needs to hear of. */
    void alter() {
        concerned(true);
    }

    @Override
    public void state(StateIo io) {}
}
