package grusim.run.trace;

import grusim.driver.DriverObserver;
import grusim.driver.GruDriver;
import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.LockObserver;
import grusim.engine.Routine;
import grusim.engine.Shared;
import grusim.engine.StepObserver;
import grusim.gru.Chiplet;
import grusim.gru.DeviceObserver;
import grusim.isa.AllocationMap;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.VmObserver;
import grusim.result.trace.Detail;
import grusim.result.trace.Mark;
import grusim.result.trace.TraceSink;
import java.util.List;
import java.util.TreeMap;

/**
 * Traces a run: hears every step, lock and fact and has the parts of the trace draw them. It only observes; a traced run
 * takes the same steps as one that is not.
 */
public final class Tracer implements StepObserver, DeviceObserver, DriverObserver, VmObserver {
    private final Engine engine;
    private final GruDriver driver;
    private final Timeline timeline;
    private final Stage stage;
    private final Handles handles;
    private final Instructions instructions;
    private final Misses misses;
    private final Ranges ranges;
    private final Contexts contexts;
    private final LockSlices locks;
    private final Performers performers;
    private final TreeMap<Integer, int[]> entries = new TreeMap<>();
    private final Flows flows = new Flows();
    /** The flow of the invalidate that was commanded last, by chiplet and handle, until it begins. */
    private final TreeMap<Integer, Long> flushes = new TreeMap<>();

    /**
     * Makes a tracer of a simulation that has not begun, which is yet to tell it of steps, locks and facts.
     *
     * @param chiplets the chiplets that are built
     */
    public Tracer(
            Engine engine, GruDriver driver, List<Chiplet> chiplets, Cast cast, TraceScope scope, TraceSink sink) {
        this.engine = engine;
        this.driver = driver;
        timeline = new Timeline(sink, scope.fromPs(), scope.toPs());
        stage = new Stage(timeline, scope, cast, engine, chiplets);
        handles = new Handles(chiplets);
        instructions = new Instructions(stage, engine, chiplets);
        misses = new Misses(stage, engine, flows, instructions, chiplets);
        ranges = new Ranges(stage, engine, flows);
        contexts = new Contexts(stage, engine, chiplets);
        locks = new LockSlices(stage, engine);
        performers = new Performers(stage, engine);
        for (Chiplet chiplet : chiplets) {
            int counter = stage.counter(chiplet.index(), 2, "TLB entries", "entries");
            entries.put(chiplet.index(), new int[] {counter, chiplet.tlbOccupancy()});
            timeline.count(counter, 0, chiplet.tlbOccupancy());
        }
    }

    /** What hears of locks. */
    public LockObserver locks() {
        return locks;
    }

    /**
     * Whether nothing more will be learnt of what happened before a moment that is over: where an instruction's time went is
     * known a little later.
     */
    public boolean knownUntil(long atPs) {
        return instructions.knownUntil(atPs);
    }

    /** Ends the trace at the end of the run. */
    public void finish(long endPs) {
        instructions.finish();
        timeline.finish(endPs);
    }

    // ---- steps ----

    @Override
    public void stepping(Agent agent, Routine routine, int pc) {
        performers.of(agent).slices().stepping(agent, engine.nowPs());
    }

    @Override
    public void stepped(Agent agent) {
        Performers.Performer performer = performers.of(agent);
        performer.slices().stepped(agent, engine.nowPs());
        if (performer.kind() == TrackKind.TFH) {
            misses.idle(agent, performer.chiplet(), performer.number());
        }
        Shared state = agent.accessed();
        if (state != null && performer.kind() == TrackKind.CPU) {
            accessed(agent, performer, state);
        }
    }

    /** A CPU has accessed shared state; if it is a handle, that joins what both do. */
    private void accessed(Agent cpu, Performers.Performer performer, Shared state) {
        Handles.Handle handle = handles.of(state);
        if (handle == null) {
            return;
        }
        switch (handle.kind()) {
            case TFH -> misses.read(performer.track(), handle.chiplet(), handle.number());
            case CBR -> {
                if (cpu.accessKind() == Access.READ) {
                    instructions.read(handle.chiplet(), handle.number());
                }
            }
            case TGH -> {
                if (cpu.accessKind() == Access.WRITE && performers.busyTgh(handle.chiplet(), handle.number())) {
                    flush(cpu, performer.track(), handle);
                }
            }
            default -> throw new AssertionError(handle);
        }
    }

    /** A CPU has commanded an invalidate, mostly in a range operation. */
    private void flush(Agent cpu, int track, Handles.Handle tgh) {
        long range = ranges.flow(cpu.id());
        long flow = range == Flows.NONE ? flows.next() : range;
        flushes.put(key(tgh.chiplet(), tgh.number()), flow);
        String name = Stage.name(TrackKind.TGH, tgh.chiplet(), tgh.number());
        timeline.instant(
                track,
                engine.nowPs(),
                "flush",
                Mark.of(Detail.of("handle", name)).on(flow));
    }

    private static int key(int chiplet, int tgh) {
        return chiplet << 8 | tgh;
    }

    private int track(Agent agent) {
        return agent instanceof Cpu ? performers.of(agent).track() : Timeline.NONE;
    }

    // ---- device ----

    @Override
    public void missed(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        misses.missed(chiplet, cb);
    }

    @Override
    public void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        misses.recorded(chiplet, cb, asid, vaddr, write);
    }

    @Override
    public void faultBitSet(int chiplet, int context, int cb) {
        misses.faultBitSet(chiplet, cb);
    }

    @Override
    public void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {
        misses.answered(chiplet, cb, answer);
    }

    @Override
    public void killMarked(int chiplet, int context, int cb, int asid, long vaddr) {
        misses.marked(chiplet, cb, vaddr);
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        misses.killed(chiplet, cb, vaddr);
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        misses.written(chiplet, cb, vaddr, pfn);
        entries(chiplet, 1);
    }

    @Override
    public void entryRemoved(int chiplet, int asid, long vaddr, long pfn, int pageSizeCode, Removal why) {
        entries(chiplet, -1);
    }

    private void entries(int chiplet, int more) {
        int[] counted = entries.get(chiplet);
        if (counted != null) {
            counted[1] += more;
            timeline.count(counted[0], engine.nowPs(), counted[1]);
        }
    }

    @Override
    public void invalidateBegun(
            int chiplet, int tgh, int asid, long vaddr, int pageSizeCode, int pages, boolean global) {
        Mark mark = Mark.of(Detail.address("vaddr", vaddr), Detail.of("asid", asid), Detail.of("pages", pages));
        Long flow = flushes.remove(key(chiplet, tgh));
        int track = stage.of(TrackKind.TGH, chiplet, tgh);
        misses.invalidateBegun(chiplet, track, flow == null ? mark : mark.on(flow));
    }

    @Override
    public void contextCommanded(int chiplet, int context, CchOpcode command) {
        if (command == CchOpcode.DEALLOCATE) {
            int[] blocks = stage.blocks(chiplet, context);
            misses.unloaded(chiplet, blocks);
            instructions.unloaded(chiplet, blocks);
        }
        contexts.commanded(chiplet, context, command);
    }

    @Override
    public void instructionEnded(int chiplet, int context, int cb, int opcode, int ecause) {
        instructions.ended(chiplet, cb, ecause);
    }

    // ---- driver ----

    @Override
    public void contextBound(int chiplet, int context, int gts, int mm, int asid) {
        long map = driver.threads().use(gts).cbrMap();
        int[] blocks = new int[AllocationMap.cbrs(map)];
        for (int user = 0; user < blocks.length; user++) {
            blocks[user] = AllocationMap.cbNumber(map, user);
        }
        stage.bound(chiplet, context, mm, blocks);
        contexts.bound(chiplet, context, gts, mm, asid);
    }

    @Override
    public void contextCopied(int chiplet, int context) {
        contexts.copied(chiplet, context);
    }

    @Override
    public void contextUnbound(int chiplet, int context, int gts, int mm) {
        contexts.unbound(chiplet, context);
    }

    @Override
    public void dropin(Agent agent, int chiplet, int cbr, int mm, long vaddr, long pfn) {
        misses.dropin(track(agent), chiplet, cbr, vaddr, pfn);
    }

    @Override
    public void messageReceived(Agent agent, int queue, int sender, int number, boolean whole) {
        Mark mark = Mark.of(Detail.of("queue", queue), Detail.of("sender", sender), Detail.of("number", number));
        timeline.instant(track(agent), engine.nowPs(), "message received", mark);
    }

    // ---- virtual memory ----

    @Override
    public void rangeStart(Agent agent, int mm, long start, long end) {
        ranges.start(agent, track(agent), mm, start, end);
    }

    @Override
    public void rangeEnd(Agent agent, int mm, long start, long end) {
        ranges.end(agent, track(agent), mm, start, end);
    }

    @Override
    public void pageInvalidated(Agent agent, int mm, long vaddr) {
        Mark mark = Mark.of(Detail.address("vaddr", vaddr));
        timeline.instant(track(agent), engine.nowPs(), "page invalidated", mark);
    }
}
