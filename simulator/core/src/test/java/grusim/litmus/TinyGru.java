package grusim.litmus;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Engine;
import grusim.engine.Order;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.engine.Unit;
import grusim.engine.Why;

/**
 * The least of a GRU that invalidates and fills can race in: a TLB of one entry, one miss with its kill bit, and three
 * units. A control block misses at some time, once, and writes word {@code tfh}; an invalidate removes the entry, marks
 * the miss and writes word {@code tgh}; a dropin fills the entry unless its miss is marked.
 */
final class TinyGru extends Shared {
    private final boolean killBits;
    private final Cell tfh;
    private final Cell tgh;
    private final Worker miss;
    private final Worker invalidate;
    private final Worker dropin;

    private boolean missing;
    private boolean killed;
    private boolean entry;

    TinyGru(Engine engine, boolean killBits, Cell tfh, Cell tgh) {
        super(engine, "tlb");
        this.killBits = killBits;
        this.tfh = tfh;
        this.tgh = tgh;
        miss = new Worker(new Miss());
        invalidate = new Worker(new Invalidate());
        dropin = new Worker(new Dropin());
    }

    /** Lets the control block miss at any time from now on. */
    void start() {
        miss.begin(0);
    }

    /** Whether the TLB holds the translation. */
    boolean holdsEntry() {
        return entry;
    }

    /** Commands an invalidate. */
    void invalidate(Agent agent) {
        engine().memory().command(agent, invalidate, 0);
    }

    /** Commands a dropin. */
    void dropin(Agent agent) {
        engine().memory().command(agent, dropin, 0);
    }

    /** One pass through the TLB's port: in order with all others. */
    private void pass(Agent agent) {
        access(agent, Access.UPDATE);
        engine().memory().acquired(agent, this);
        engine().memory().releasing(agent, this);
    }

    @Override
    public void state(StateIo io) {
        missing = io.bool(missing);
        killed = io.bool(killed);
        entry = io.bool(entry);
    }

    /** A unit with one routine. */
    private final class Worker extends Unit {
        private final Routine routine;

        Worker(Routine routine) {
            super(TinyGru.this.engine(), routine.name());
            this.routine = routine;
        }

        @Override
        protected void begin(long delayPs) {
            start(routine, delayPs);
        }
    }

    private final class Miss extends Routine {
        Miss() {
            super(TinyGru.this.engine(), "control block", 0);
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "miss" : "write the TFH";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                pass(agent);
                missing = true;
                agent.next(1, 0, Why.MISS_RECORD);
            } else {
                tfh.store(agent, 1, Order.RELEASE);
                agent.done(0);
            }
        }
    }

    private final class Invalidate extends Routine {
        Invalidate() {
            super(TinyGru.this.engine(), "invalidate", 0);
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "remove the entry, mark the miss" : "answer";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                pass(agent);
                entry = false;
                killed |= missing && killBits;
                agent.next(1, 0, Why.INVALIDATE);
            } else {
                tgh.store(agent, 1, Order.RELEASE);
                agent.done(0);
            }
        }
    }

    private final class Dropin extends Routine {
        Dropin() {
            super(TinyGru.this.engine(), "dropin", 0);
        }

        @Override
        public String stepName(int pc) {
            return "fill unless the miss is marked";
        }

        @Override
        public void step(Agent agent, int pc) {
            pass(agent);
            entry |= missing && !killed;
            agent.done(0);
        }
    }
}
