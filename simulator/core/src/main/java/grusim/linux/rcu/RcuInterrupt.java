package grusim.linux.rcu;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;

/** The interrupt that asks a CPU whether it is outside any read-side section (Linux rcu_sched_clock_irq). It takes no time. */
final class RcuInterrupt extends Routine {
    private static final int ENTER = 0;
    private static final int REPORT = 1;

    private final Rcu rcu;

    RcuInterrupt(Engine engine, Rcu rcu) {
        super(engine, "rcu_sched_clock_irq", 0);
        this.rcu = rcu;
    }

    @Override
    public String stepName(int pc) {
        return pc == ENTER ? "in a section?" : "report a quiescent state";
    }

    @Override
    public void step(Agent agent, int pc) {
        if (pc == REPORT) {
            rcu.report(agent);
            ((Cpu) agent).unmask();
            agent.done(0);
        } else if (rcu.reader(agent).mayReport(agent)) {
            ((Cpu) agent).mask();
            agent.next(REPORT, 0, Why.VM);
        } else {
            agent.done(0);
        }
    }
}
