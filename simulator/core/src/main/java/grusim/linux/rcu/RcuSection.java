package grusim.linux.rcu;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;

/** Enters or leaves a read-side section on the calling CPU: rcu_read_lock, rcu_read_unlock (Linux). Free of cost. Returns 0. */
final class RcuSection extends Routine {
    private static final int CHANGE = 0;
    private static final int REPORT = 1;

    private final Rcu rcu;
    private final boolean enters;

    RcuSection(Engine engine, Rcu rcu, boolean enters) {
        super(engine, enters ? "rcu_read_lock" : "rcu_read_unlock", 0);
        this.rcu = rcu;
        this.enters = enters;
    }

    @Override
    public String stepName(int pc) {
        return pc == CHANGE ? "change the nesting" : "report a quiescent state";
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc == REPORT) {
            rcu.report(agent);
        } else if (enters) {
            rcu.reader(agent).lock(agent);
        } else if (rcu.reader(agent).unlock(agent)) {
            agent.next(REPORT, 0, Why.VM);
            return;
        }
        agent.done(0);
    }
}
