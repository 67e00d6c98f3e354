package grusim.linux.rcu;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.workload.KernelSpec;

/**
 * Drives grace periods, one after another as long as anybody waits for one: rcu_gp_kthread (Linux kernel/rcu/tree.c), and
 * frees what was to be freed after each. Slot 0: the CPU to ask, or the page-table page to free.
 */
final class RcuThread extends Routine {
    private static final int INDEX = 0;

    private static final int BEGIN = 0;
    private static final int ASK = 1;
    private static final int WAIT = 2;
    private static final int FREE = 3;

    private final Rcu rcu;
    private final KernelSpec spec;
    private final Deferred deferred;

    RcuThread(Engine engine, Rcu rcu, KernelSpec spec, Deferred deferred) {
        super(engine, "rcu_gp_kthread", 1);
        this.rcu = rcu;
        this.spec = spec;
        this.deferred = deferred;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case BEGIN -> "begin a grace period";
            case ASK -> "ask a CPU";
            case WAIT -> "wait until every CPU was outside its sections";
            case FREE -> "free a page-table page";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        int index = (int) agent.local(INDEX);
        switch (pc) {
            case BEGIN -> {
                if (rcu.begin(agent)) {
                    deferred.graceBegins();
                    agent.next(ASK, spec.rcuGracePeriodPs(), Why.IDLE);
                } else {
                    agent.await(rcu, BEGIN, Why.IDLE);
                }
            }
            case ASK -> {
                if (index < rcu.cpus()) {
                    rcu.ask(agent, index);
                    agent.local(INDEX, index + 1L);
                    agent.next(ASK, 0, Why.VM);
                } else {
                    agent.local(INDEX, 0);
                    agent.next(WAIT, 0, Why.VM);
                }
            }
            case WAIT -> {
                if (rcu.allQuiescent(agent)) {
                    agent.next(FREE, 0, Why.VM);
                } else {
                    agent.await(rcu, WAIT, Why.IDLE);
                }
            }
            default -> {
                if (index < rcu.taken()) {
                    deferred.free(agent, rcu.table(index));
                    agent.local(INDEX, index + 1L);
                    agent.next(FREE, spec.pageFreeCostPs(), Why.VM);
                } else {
                    rcu.end(agent);
                    agent.local(INDEX, 0);
                    agent.next(BEGIN, 0, Why.VM);
                }
            }
        }
    }
}
