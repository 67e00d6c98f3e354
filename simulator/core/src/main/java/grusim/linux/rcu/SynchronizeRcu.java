package grusim.linux.rcu;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * Waits for a whole grace period: synchronize_rcu (Linux kernel/rcu/tree.c). When it returns, every read-side section that
 * had begun before the call has ended. Slot 0: the grace period. Returns 0.
 */
final class SynchronizeRcu extends Routine {
    private static final int ENTER = 0;
    private static final int WAIT = 1;

    private final Rcu rcu;

    SynchronizeRcu(Engine engine, Rcu rcu) {
        super(engine, "synchronize_rcu", 1);
        this.rcu = rcu;
    }

    @Override
    public String stepName(int pc) {
        return pc == ENTER ? "ask for a grace period" : "wait for its end";
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc == ENTER) {
            agent.local(0, rcu.want(agent));
            agent.next(WAIT, 0, Why.VM);
        } else if (rcu.over(agent, agent.local(0))) {
            agent.done(0);
        } else {
            agent.await(rcu, WAIT, Why.VM);
        }
    }
}
