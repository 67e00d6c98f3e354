package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.machine.Server;

/** The purge register of one node: a hub of an Altix purges for one write after another. */
final class PurgePort extends Server {
    private final long servicePs;

    PurgePort(Engine engine, String name, long servicePs) {
        super(engine, name);
        this.servicePs = servicePs;
    }

    /** A write arrives; returns the picoseconds that it waits behind others. */
    long write(Agent agent) {
        return serve(agent, servicePs) - engine().nowPs();
    }
}
