package grusim.protocol;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * How many things are under way, such as changes of ranges, that others wait out, and how many have ended. Others may keep
 * new ones from beginning: any number of one kind goes on at a time, but never both kinds. Source: the count of recalls in
 * SGI's XPMEM driver, above zero for recalls and below it for fills.
 *
 * <p>Each operation is the one access of its step, an atomic operation on the count, and sees what was done before the last
 * change of it. One that returns false, or finds that it is not quiet, has changed nothing; the agent awaits this and repeats
 * it. Who waits to begin is not preferred to those that keep it out.
 */
final class Underway extends Shared {
    private int begun;
    private int keptOut;
    private long ended;

    Underway(Engine engine, String name) {
        super(engine, name);
    }

    /** One more is under way, unless somebody keeps it out. */
    boolean begin(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        if (keptOut > 0) {
            return false;
        }
        begun++;
        return true;
    }

    /** One has ended. */
    void end(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        assert begun > 0 : name() + ": nothing is under way";
        begun--;
        ended++;
        if (begun == 0) {
            changed();
        }
    }

    /** Whether nothing is under way. */
    boolean quiet(Agent agent) {
        access(agent, Access.READ);
        engine().memory().acquired(agent, this);
        return begun == 0;
    }

    /** Number of those that have ended; read along with an access. */
    long ended() {
        return ended;
    }

    /** Keeps out what would begin, unless something is under way. */
    boolean keepOut(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        if (begun > 0) {
            return false;
        }
        keptOut++;
        return true;
    }

    /** One that kept others out does so no more. */
    void letIn(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().releasing(agent, this);
        assert keptOut > 0 : name() + ": nobody keeps anything out";
        keptOut--;
        if (keptOut == 0) {
            changed();
        }
    }

    @Override
    public void state(StateIo io) {
        begun = io.i32(begun);
        keptOut = io.i32(keptOut);
        ended = io.i64(ended);
    }
}
