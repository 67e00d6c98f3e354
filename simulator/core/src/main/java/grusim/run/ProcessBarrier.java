package grusim.run;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/** A barrier for the live threads of a process; a thread that ends no longer counts. */
final class ProcessBarrier extends Shared {
    private int live;
    private int arrived;
    private long generation;

    ProcessBarrier(Engine engine, String name, int threads) {
        super(engine, name);
        live = threads;
    }

    /** Arrives, and returns the generation to wait out. */
    long arrive(Agent agent) {
        access(agent, Access.UPDATE);
        long mine = generation;
        arrived++;
        release();
        return mine;
    }

    /** Whether everybody of a generation has arrived. */
    boolean passed(Agent agent, long mine) {
        access(agent, Access.READ);
        return generation != mine;
    }

    /** A thread ends. */
    void leave(Agent agent) {
        access(agent, Access.UPDATE);
        live--;
        release();
    }

    private void release() {
        if (arrived >= live && arrived > 0) {
            arrived = 0;
            generation++;
            changed();
        }
    }

    @Override
    public void state(StateIo io) {
        live = io.i32(live);
        arrived = io.i32(arrived);
        generation = io.i64(generation);
    }
}
