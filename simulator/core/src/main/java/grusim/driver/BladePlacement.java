package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.isa.ChipletMap;
import grusim.machine.Machine;
import java.util.ArrayList;
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

    private final Engine engine;
    private final Machine machine;
    private final @Nullable ChipletState[] chiplets;
    private final RandomStream random;

    BladePlacement(Machine machine, @Nullable ChipletState[] chiplets) {
        this.engine = machine.engine();
        this.machine = machine;
        this.chiplets = chiplets;
        this.random = engine.stream("gru driver");
    }

    /** The state of a chiplet that is in use. */
    ChipletState chiplet(int index) {
        ChipletState state = chiplets[index];
        assert state != null : "chiplet " + index + " is not used";
        return state;
    }

    /** The blade a thread's context belongs on. */
    int blade(ThreadState gts) {
        return machine.blade(gts.cpu);
    }

    /** The chiplets a thread's context may be loaded on. */
    List<ChipletState> candidates(ThreadState gts) {
        return chipletsOf(blade(gts));
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
        return faultMap(machine.coreOfBlade(cpu));
    }

    private int faultMap(int core) {
        int perSocket = machine.topology().coresPerSocket();
        return (core % perSocket + MAPS_PER_SOCKET * (core / perSocket)) % ChipletMap.TFMS;
    }

    /** The first core of a blade that has a fault map, whose interrupts it takes. */
    int firstCore(int faultMap) {
        int core = 0;
        while (faultMap(core) != faultMap) {
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
