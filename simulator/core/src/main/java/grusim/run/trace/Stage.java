package grusim.run.trace;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.gru.Chiplet;
import grusim.isa.ChipletMap;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The tracks of a run: one for each CPU, and for each context, handle and control block of a chiplet, in groups; {@link
 * Timeline#NONE} for those that the trace does not show. Knows which process a context, and with it a control block, works
 * for at present.
 */
final class Stage {
    private static final int LAST_RANK = 1 << 20;
    private static final int KINDS = TrackKind.values().length;

    /** Tracks of one chiplet. */
    private static final class Side {
        final int[] groups = new int[KINDS];
        final int[][] tracks = new int[KINDS][];
        final String[] processOfContext = new String[ChipletMap.CONTEXTS];
        final int[] contextOfBlock = new int[ChipletMap.CBRS];
    }

    private final Timeline timeline;
    private final TraceScope scope;
    private final Cast cast;
    private final TreeMap<Integer, Side> sides = new TreeMap<>();
    private final int cpus;
    private final int locks;
    private final int spaces;

    Stage(Timeline timeline, TraceScope scope, Cast cast, Engine engine, List<Chiplet> chiplets) {
        this.timeline = timeline;
        this.scope = scope;
        this.cast = cast;
        cpus = timeline.track(Timeline.ROOT, 0, TrackKind.CPU.group(), "");
        spaces = timeline.track(Timeline.ROOT, LAST_RANK - 1, "address spaces", "");
        locks = timeline.track(Timeline.ROOT, LAST_RANK, TrackKind.LOCK.group(), "");
        for (Chiplet chiplet : chiplets) {
            sides.put(chiplet.index(), side(chiplet));
        }
    }

    private Side side(Chiplet chiplet) {
        Side side = new Side();
        String name = "gru" + chiplet.index();
        int group = timeline.track(Timeline.ROOT, 1 + chiplet.index(), name, "");
        for (TrackKind kind : TrackKind.values()) {
            int kindGroup = timeline.track(group, kind.ordinal(), name + " " + kind.group(), "");
            side.groups[kind.ordinal()] = kind == TrackKind.COUNTER ? group : kindGroup;
            int count = count(kind, chiplet);
            int[] tracks = new int[count];
            for (int n = 0; n < count; n++) {
                boolean shown = scope.shows(kind) && scope.showsChiplet(chiplet.index());
                String own = name + "." + (kind == TrackKind.CONTEXT ? "ctx" : kind.key()) + n;
                tracks[n] = shown ? timeline.track(kindGroup, n, own, kind.key()) : Timeline.NONE;
            }
            side.tracks[kind.ordinal()] = tracks;
        }
        Arrays.fill(side.processOfContext, "");
        Arrays.fill(side.contextOfBlock, -1);
        return side;
    }

    private static int count(TrackKind kind, Chiplet chiplet) {
        return switch (kind) {
            case CONTEXT, CCH -> chiplet.size().contexts();
            case CBR, TFH -> chiplet.size().controlBlocks();
            case TGH -> chiplet.size().globalHandles();
            case CPU, LOCK, COUNTER -> 0;
        };
    }

    Timeline timeline() {
        return timeline;
    }

    Cast cast() {
        return cast;
    }

    /** The track of a CPU, made at each call. */
    int cpu(Cpu cpu) {
        if (!scope.shows(TrackKind.CPU) || !shown(cpu)) {
            return Timeline.NONE;
        }
        String thread = cast.threadOfCpu().get(cpu.id());
        String name = thread == null ? cpu.name() : cpu.name() + " " + thread;
        return timeline.track(cpus, cpu.id(), name, TrackKind.CPU.key());
    }

    /** Whether what an agent does is shown. */
    boolean shown(Agent agent) {
        return scope.showsProcess(cast.processOfCpu().getOrDefault(agent.id(), ""));
    }

    /** The track of a handle or block of a chiplet by its number, if it is shown at present. */
    int of(TrackKind kind, int chiplet, int number) {
        Side side = sides.get(chiplet);
        if (side == null) {
            return Timeline.NONE;
        }
        boolean shown = switch (kind) {
            case CONTEXT, CCH -> scope.showsProcess(side.processOfContext[number]);
            case CBR, TFH -> scope.showsProcess(process(side, number));
            default -> true;
        };
        return shown ? side.tracks[kind.ordinal()][number] : Timeline.NONE;
    }

    private static String process(Side side, int block) {
        int context = side.contextOfBlock[block];
        return context < 0 ? "" : side.processOfContext[context];
    }

    /** The name of a handle or block. */
    static String name(TrackKind kind, int chiplet, int number) {
        return "gru" + chiplet + "." + kind.key() + number;
    }

    /** A counter of a chiplet. */
    int counter(int chiplet, int rank, String name, String unit) {
        Side side = sides.get(chiplet);
        if (side == null || !scope.shows(TrackKind.COUNTER) || !scope.showsChiplet(chiplet)) {
            return Timeline.NONE;
        }
        return timeline.counter(side.groups[TrackKind.COUNTER.ordinal()], rank, "gru" + chiplet + " " + name, unit);
    }

    /** A counter of an address space. */
    int spaceCounter(int mm, String name, String unit) {
        String process = cast.process(mm);
        if (!scope.shows(TrackKind.COUNTER) || !scope.showsProcess(process)) {
            return Timeline.NONE;
        }
        String space = process.isEmpty() ? "mm" + mm : process;
        return timeline.counter(spaces, mm, space + " " + name, unit);
    }

    /** A track in which an agent's dealings with one lock are shown. */
    int lock(Agent agent, int rank, String lock) {
        boolean shown = scope.shows(TrackKind.LOCK) && shown(agent);
        return shown ? timeline.track(locks, rank, lock, TrackKind.LOCK.key()) : Timeline.NONE;
    }

    /** A context belongs to an address space from now on, and the control blocks of a list to the context. */
    void bound(int chiplet, int context, int mm, int[] blocks) {
        Side side = sides.get(chiplet);
        if (side != null) {
            side.processOfContext[context] = cast.process(mm);
            for (int block : blocks) {
                side.contextOfBlock[block] = context;
            }
        }
    }

    /** The control blocks that belong to a context now, or did last. */
    int[] blocks(int chiplet, int context) {
        Side side = sides.get(chiplet);
        int[] blocks = new int[ChipletMap.CBRS];
        int count = 0;
        for (int block = 0; side != null && block < blocks.length; block++) {
            if (side.contextOfBlock[block] == context) {
                blocks[count++] = block;
            }
        }
        return Arrays.copyOf(blocks, count);
    }
}
