package grusim.linux.rcu;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;

/**
 * How many read-side sections a CPU is in, one in the other, and whether it has to report when it has left them. A CPU that
 * is asked sees from then on what those did before who wait for the grace period.
 */
final class RcuCpu extends Shared {
    private int sections;
    private boolean asked;

    RcuCpu(Engine engine, String name) {
        super(engine, name);
    }

    /** The CPU enters a section. */
    void lock(Agent cpu) {
        access(cpu, Access.UPDATE);
        sections++;
    }

    /** The CPU leaves a section; says whether it must report now. */
    boolean unlock(Agent cpu) {
        access(cpu, Access.UPDATE);
        engine().memory().acquired(cpu, this);
        assert sections > 0 : name() + " is in no section";
        sections--;
        return takeReport();
    }

    /** The grace period's thread wants a report. */
    void ask(Agent thread) {
        access(thread, Access.UPDATE);
        engine().memory().releasing(thread, this);
        asked = true;
    }

    /** The CPU looks whether it must report and may, and then will. */
    boolean mayReport(Agent cpu) {
        access(cpu, Access.UPDATE);
        engine().memory().acquired(cpu, this);
        return takeReport();
    }

    private boolean takeReport() {
        boolean report = asked && sections == 0;
        asked &= !report;
        return report;
    }

    @Override
    public void state(StateIo io) {
        sections = io.i32(sections);
        asked = io.bool(asked);
    }
}
