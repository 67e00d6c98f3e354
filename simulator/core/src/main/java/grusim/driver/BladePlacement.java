package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.isa.ChipletMap;
import grusim.machine.Machine;
import grusim.machine.Topology;
import grusim.workload.ContextSpec.MissMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to whom on a blade: a core's fault map and global handle, a thread's chiplet.
 *
 * <p>Source: Linux drivers/misc/sgi-gru, grumain.c and grutlbpurge.c.
 */
final class BladePlacement {
    /** Fault maps by which sockets are apart: UV_MAX_INT_CORES. */
    private static final int MAPS_PER_SOCKET = 8;

    /** How a context lies for its thread. */
    enum Verdict {
        WELL_PLACED,
        /** On another blade or chiplet than it belongs on: it has to be unloaded. */
        MISPLACED,
        /** On the right chiplet, but its misses interrupt another core. */
        INTERRUPTS_ELSEWHERE
    }

    private final Engine engine;
    private final Machine machine;
    private final @Nullable ChipletState[] chiplets;
    private final RandomStream random;
    /** By core of a blade. */
    private final int[] faultMaps;

    BladePlacement(Machine machine, @Nullable ChipletState[] chiplets) {
        this.engine = machine.engine();
        this.machine = machine;
        this.chiplets = chiplets;
        this.random = engine.stream("gru driver");
        this.faultMaps = faultMaps(machine.topology());
    }

    /** The state of a chiplet that is in use. */
    ChipletState chiplet(int index) {
        ChipletState state = chiplets[index];
        assert state != null : "chiplet " + index + " is not used";
        return state;
    }

    /** The chiplets a thread's context may be loaded on. */
    List<ChipletState> candidates(ThreadState gts) {
        List<ChipletState> chipletsOfBlade = chipletsOf(blade(gts));
        return gts.place.chiplet() == ThreadPlace.ANY
                ? chipletsOfBlade
                : List.of(chipletsOfBlade.get(gts.place.chiplet()));
    }

    /** The blade a thread's context belongs on: the one its user chose, or else the one the thread runs on. */
    int blade(ThreadState gts) {
        return gts.place.blade() != ThreadPlace.ANY ? gts.place.blade() : machine.blade(gts.cpu());
    }

    /** Whether a thread's context may be on a chiplet (gru_check_chiplet_assignment). */
    boolean allowed(ThreadState gts, ChipletState gs) {
        int chosen = gts.place.chiplet();
        return gs.chiplet.blade() == blade(gts)
                && (chosen == ThreadPlace.ANY
                        || chosen == gs.chiplet.index() % machine.topology().chipletsPerBlade());
    }

    /**
     * What has to be done about a context that its owner uses (gru_check_context_placement); nothing about one that is not
     * loaded, or that the caller does not own.
     */
    Verdict check(ThreadState gts) {
        if (!gts.loaded() || !gts.place.owned()) {
            return Verdict.WELL_PLACED;
        }
        if (!allowed(gts, chiplet(gts.chiplet()))) {
            return Verdict.MISPLACED;
        }
        boolean elsewhere = gts.place.faultMap() != faultMap(gts.cpu());
        return elsewhere && gts.miss == MissMode.INTERRUPT ? Verdict.INTERRUPTS_ELSEWHERE : Verdict.WELL_PLACED;
    }

    /** Whether a user may choose a blade and a chiplet of it; {@link ThreadPlace#ANY} is no choice. */
    boolean exists(int blade, int chipletOfBlade) {
        return blade < machine.topology().blades()
                && chipletOfBlade < machine.topology().chipletsPerBlade();
    }

    /** Number of chiplets of the machine. */
    int chiplets() {
        return chiplets.length;
    }

    /** Whether a chiplet is in use. */
    boolean used(int index) {
        return chiplets[index] != null;
    }

    /** The chiplet of the thread's blade with room for its context and the fewest contexts, or -1. */
    int roomiestChiplet(ThreadState gts) {
        int best = -1;
        for (ChipletState gs : candidates(gts)) {
            if (gs.fits(gts.cbrs(), gts.dsrUnits())
                    && (best < 0 || gs.active() < chiplet(best).active())) {
                best = gs.chiplet.index();
            }
        }
        return best;
    }

    /**
     * The TLB global handle for a flush: a CPU of the chiplet's blade uses the one of its group of CPUs, any other CPU a
     * random one of the rest.
     */
    int chooseTgh(Agent agent, int chiplet) {
        int cpus = machine.topology().cpusPerBlade();
        int shift = Math.max(0, ceilLog2(cpus) - 4);
        if (machine.blade((Cpu) agent) == chiplet(chiplet).chiplet.blade()) {
            return machine.cpuOfBlade((Cpu) agent) >> shift;
        }
        int firstRemote = (cpus + (1 << shift) - 1) >> shift;
        return engine.isTimed()
                ? firstRemote + random.below(ChipletMap.TGHS - firstRemote)
                : firstRemote + engine.choose(agent, ChipletMap.TGHS - firstRemote);
    }

    /** The fault map of a CPU's core: its number in the socket plus 8 for each socket before, of which 4 bits are kept. */
    int faultMap(Cpu cpu) {
        return faultMaps[machine.coreOfBlade(cpu)];
    }

    private static int[] faultMaps(Topology topology) {
        int perSocket = topology.coresPerSocket();
        int[] maps = new int[topology.coresPerBlade()];
        Arrays.setAll(maps, core -> (core % perSocket + MAPS_PER_SOCKET * (core / perSocket)) % ChipletMap.TFMS);
        return maps;
    }

    /** The first core of a blade that has a fault map, whose interrupts it takes. */
    int firstCore(int faultMap) {
        int core = 0;
        while (faultMaps[core] != faultMap) {
            core++;
        }
        return core;
    }

    /** The chiplets of a blade. */
    List<ChipletState> chipletsOf(int blade) {
        List<ChipletState> found = new ArrayList<>();
        for (int i = 0; i < machine.topology().chipletsPerBlade(); i++) {
            found.add(chiplet(machine.topology().chiplet(blade, i)));
        }
        return found;
    }

    private static int ceilLog2(int value) {
        return 32 - Integer.numberOfLeadingZeros(value - 1);
    }
}
