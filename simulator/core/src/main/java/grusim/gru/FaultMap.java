package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Cell;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Order;
import org.jspecify.annotations.Nullable;

/**
 * A TLB fault map (TFM): which control blocks have a miss that needs service, and which finished an instruction with
 * INTERRUPT. A map belongs to one core, which setting a bit can interrupt; else some core has to look. Source: Linux driver drivers/misc/sgi-gru,
 * gruhandles.h and grufault.c.
 */
public final class FaultMap {
    private static final int WORDS = 2;

    private final long interruptLatencyPs;
    private final Cell[] faults = new Cell[WORDS];
    private final Cell[] done = new Cell[WORDS];
    private @Nullable Cpu cpu;
    private int line;
    private @Nullable Cpu poller;
    private int pollerLine;
    private long pollIntervalPs;

    FaultMap(Engine engine, String name, long interruptLatencyPs) {
        this.interruptLatencyPs = interruptLatencyPs;
        for (int word = 0; word < WORDS; word++) {
            faults[word] = engine.cell(name + ".fault" + word, 0);
            done[word] = engine.cell(name + ".done" + word, 0);
        }
    }

    /** Names the core, and the line of it, that the map interrupts. */
    public void connect(Cpu core, int interruptLine) {
        cpu = core;
        line = interruptLine;
    }

    /**
     * Names the core, and the line of it, that looks at the map at every multiple of an interval for bits that interrupt
     * nobody. The line is raised for the scans that find one.
     */
    public void poll(Cpu core, int scanLine, long intervalPs) {
        poller = core;
        pollerLine = scanLine;
        pollIntervalPs = intervalPs;
    }

    /**
     * Reads and clears 64 fault bits: word 0 for control blocks 0 to 63, word 1 for the rest. One access. The interrupt's
     * orders nothing: what it reads next is for its own barriers to order. A polling thread, which no interrupt tells that
     * the fault handles are written, has to acquire.
     */
    public long takeFaultBits(Agent agent, int word, boolean acquires) {
        return faults[word].exchange(agent, 0, acquires ? Order.ACQUIRE : Order.RELAXED);
    }

    /** Reads and clears 64 done bits. One access. */
    public long takeDoneBits(Agent agent, int word) {
        return done[word].exchange(agent, 0, Order.ACQUIRE);
    }

    /** Fault bits at present, for probes and tests. */
    public long faultBits(int word) {
        return faults[word].peek();
    }

    /** Sets a control block's fault bit and interrupts the core if asked to. One access. */
    void fault(Agent agent, int cb, boolean interrupt) {
        set(agent, faults, cb, interrupt);
    }

    /** Sets a control block's done bit and interrupts the core if asked to. One access. */
    void done(Agent agent, int cb, boolean interrupt) {
        set(agent, done, cb, interrupt);
    }

    private long untilScanPs(Cpu core) {
        long sincePs = core.engine().nowPs() % pollIntervalPs;
        return sincePs == 0 ? 0 : pollIntervalPs - sincePs;
    }

    private void set(Agent agent, Cell[] map, int cb, boolean interrupt) {
        map[cb / Long.SIZE].orBits(agent, 1L << cb % Long.SIZE, Order.RELEASE);
        Cpu core = interrupt ? cpu : poller;
        if (core != null) {
            core.raise(interrupt ? line : pollerLine, interrupt ? interruptLatencyPs : untilScanPs(core));
        }
    }
}
