package grusim.run.trace;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.gru.Chiplet;
import grusim.isa.ChipletMap;
import grusim.isa.handle.TfhOpcode;
import grusim.result.trace.Detail;
import grusim.result.trace.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The life of each TLB miss: a slice in its TLB fault handle from being recorded to the restart, and a flow from the control
 * block by the CPU that takes the fault and the dropin it commands to the restart. An invalidate that marks a miss is the
 * begin of a second flow, by the mark to the dropin that is killed.
 */
final class Misses {
    /** The miss of one control block. */
    private static final class Miss {
        boolean outstanding;
        /** Flow of the miss, once it is recorded. */
        long flow = Flows.NONE;
        /** Whether a CPU has read it since it was recorded or last answered. */
        boolean taken;

        long kill = Flows.NONE;
        boolean ending;
        int track = Timeline.NONE;
        int outer;
    }

    /** A kill bit that was set in the present step. */
    private record Marked(int cb, long vaddr, long flow) {}

    private final Stage stage;
    private final Engine engine;
    private final Flows flows;
    private final Instructions instructions;
    private final TreeMap<Integer, Miss[]> misses = new TreeMap<>();
    private final TreeMap<Integer, int[]> outstanding = new TreeMap<>();
    private final List<Marked> marked = new ArrayList<>();

    Misses(Stage stage, Engine engine, Flows flows, Instructions instructions, List<Chiplet> chiplets) {
        this.stage = stage;
        this.engine = engine;
        this.flows = flows;
        this.instructions = instructions;
        for (Chiplet chiplet : chiplets) {
            Miss[] of = new Miss[ChipletMap.CBRS];
            for (int n = 0; n < of.length; n++) {
                of[n] = new Miss();
            }
            misses.put(chiplet.index(), of);
            int counter = stage.counter(chiplet.index(), 0, "outstanding misses", "misses");
            outstanding.put(chiplet.index(), new int[] {counter, 0});
            stage.timeline().count(counter, 0, 0);
        }
    }

    private Miss miss(int chiplet, int cb) {
        Miss[] of = misses.get(chiplet);
        if (of == null) {
            throw new IllegalStateException("chiplet " + chiplet + " is not traced");
        }
        return of[cb];
    }

    private void outstanding(int chiplet, Miss miss, boolean now) {
        int[] counted = outstanding.get(chiplet);
        if (counted != null && miss.outstanding != now) {
            counted[1] += now ? 1 : -1;
            stage.timeline().count(counted[0], engine.nowPs(), counted[1]);
        }
        miss.outstanding = now;
    }

    private static Mark page(int asid, long vaddr) {
        return Mark.of(Detail.address("vaddr", vaddr), Detail.of("asid", asid));
    }

    void missed(int chiplet, int cb) {
        over(chiplet, cb, "miss gone");
        outstanding(chiplet, miss(chiplet, cb), true);
    }

    void recorded(int chiplet, int cb, int asid, long vaddr, boolean write) {
        Miss miss = miss(chiplet, cb);
        miss.flow = flows.next();
        miss.taken = false;
        miss.ending = false;
        instructions.instant(
                chiplet, cb, write ? "write miss" : "miss", page(asid, vaddr).on(miss.flow));
        miss.track = stage.of(TrackKind.TFH, chiplet, cb);
        miss.outer = stage.timeline().depth(miss.track);
        stage.timeline().begin(miss.track, engine.nowPs(), "miss", page(asid, vaddr));
    }

    void faultBitSet(int chiplet, int cb) {
        stage.timeline().instant(miss(chiplet, cb).track, engine.nowPs(), "fault bit set", Mark.NONE);
    }

    /** A CPU has read the fault handle. */
    void read(int cpuTrack, int chiplet, int cb) {
        Miss miss = miss(chiplet, cb);
        if (miss.flow != Flows.NONE && !miss.taken) {
            miss.taken = true;
            stage.timeline()
                    .instant(
                            cpuTrack,
                            engine.nowPs(),
                            "takes the fault",
                            block(chiplet, cb).on(miss.flow));
        }
    }

    /** A CPU commands a dropin. */
    void dropin(int cpuTrack, int chiplet, int cb, long vaddr, long pfn) {
        Mark mark = Mark.of(
                Detail.of("block", Stage.name(TrackKind.CBR, chiplet, cb)),
                Detail.address("vaddr", vaddr),
                Detail.of("frame", pfn));
        long flow = miss(chiplet, cb).flow;
        stage.timeline().instant(cpuTrack, engine.nowPs(), "dropin", flow == Flows.NONE ? mark : mark.on(flow));
    }

    private static Mark block(int chiplet, int cb) {
        return Mark.of(Detail.of("block", Stage.name(TrackKind.CBR, chiplet, cb)));
    }

    void answered(int chiplet, int cb, TfhOpcode answer) {
        Miss miss = miss(chiplet, cb);
        miss.ending = switch (answer) {
            case WRITE_RESTART, RESTART, EXCEPTION -> true;
            case NOOP, WRITE_ONLY, USER_POLLING_MODE -> false;
        };
        miss.taken = miss.ending;
        String words = answer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        stage.timeline()
                .instant(
                        miss.track,
                        engine.nowPs(),
                        words,
                        miss.flow == Flows.NONE ? Mark.NONE : Mark.NONE.on(miss.flow));
    }

    void written(int chiplet, int cb, long vaddr, long pfn) {
        stage.timeline()
                .instant(
                        stage.of(TrackKind.TFH, chiplet, cb),
                        engine.nowPs(),
                        "entry written",
                        Mark.of(Detail.address("vaddr", vaddr), Detail.of("frame", pfn)));
    }

    void killed(int chiplet, int cb, long vaddr) {
        Miss miss = miss(chiplet, cb);
        Mark mark = Mark.of(Detail.address("vaddr", vaddr));
        stage.timeline()
                .instant(
                        miss.track,
                        engine.nowPs(),
                        "dropin killed",
                        miss.kill == Flows.NONE ? mark : mark.ending(miss.kill));
        miss.kill = Flows.NONE;
    }

    /** An invalidate has marked a miss, in this step. */
    void marked(int chiplet, int cb, long vaddr) {
        Miss miss = miss(chiplet, cb);
        miss.kill = flows.next();
        marked.add(new Marked(cb, vaddr, miss.kill));
    }

    /** An invalidate begins: it is where the flows of the misses begin that it has marked. */
    void invalidateBegun(int chiplet, int tghTrack, Mark mark) {
        Mark begin = mark;
        for (Marked each : marked) {
            begin = begin.on(each.flow);
        }
        stage.timeline().instant(tghTrack, engine.nowPs(), "invalidate", begin);
        for (Marked each : marked) {
            Mark here = Mark.of(Detail.address("vaddr", each.vaddr)).on(each.flow);
            instructions.instant(chiplet, each.cb, "kill bit set", here);
        }
        marked.clear();
    }

    /** The unit of a fault handle has nothing to do any more. */
    void idle(Agent unit, int chiplet, int cb) {
        if (unit.idle() && miss(chiplet, cb).ending) {
            over(chiplet, cb, "restarted");
        }
    }

    /** A context goes away with the misses of its blocks. */
    void unloaded(int chiplet, int[] blocks) {
        for (int cb : blocks) {
            over(chiplet, cb, "context unloaded");
        }
    }

    private void over(int chiplet, int cb, String how) {
        Miss miss = miss(chiplet, cb);
        if (miss.flow != Flows.NONE) {
            stage.timeline().endTo(miss.track, miss.outer, engine.nowPs());
            instructions.instant(chiplet, cb, how, Mark.NONE.ending(miss.flow));
        }
        miss.flow = Flows.NONE;
        miss.kill = Flows.NONE;
        miss.ending = false;
        outstanding(chiplet, miss, false);
    }
}
