package grusim.driver;

import grusim.engine.Cpu;
import grusim.machine.Machine;
import grusim.workload.ContextSpec.MissMode;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of the bits in the fault maps. A map belongs to a core, whose first hyperthread takes its interrupts; a
 * polling thread, at most one on a blade, reads the map of the core it runs on. Wired while the machine is built.
 *
 * <p>Source: Linux driver drivers/misc/sgi-gru, grufile.c, for interrupts; the driver has no polling thread.
 */
final class FaultDelivery {
    private final GruDriver driver;
    private final Machine machine;
    private final BladePlacement placement;
    private final @Nullable Cpu[] pollers;

    FaultDelivery(GruDriver driver, Machine machine, BladePlacement placement) {
        this.driver = driver;
        this.machine = machine;
        this.placement = placement;
        pollers = new @Nullable Cpu[machine.topology().blades()];
    }

    /** Connects the fault maps of a CPU's core on its blade's chiplets to their interrupt handlers, once. */
    void interrupt(Cpu cpu) {
        int blade = machine.blade(cpu);
        int map = placement.faultMap(cpu);
        for (ChipletState gs : placement.chipletsOf(blade)) {
            if (gs.connect(map)) {
                String walker = "iommu gru" + gs.chiplet.index() + " map " + map;
                Cpu taker = driver.fills().walkedByHardware()
                        ? new Cpu(driver.engine(), walker)
                        : machine.cpu(blade, placement.firstCore(map));
                FaultHandler handler = new FaultHandler(driver, gs.chiplet, map, false);
                gs.chiplet.tfm(map).connect(taker, taker.connect(handler));
            }
        }
    }

    /** Has a CPU, which does nothing else, run the polling thread of its blade. */
    void poll(Cpu cpu) {
        int blade = machine.blade(cpu);
        if (pollers[blade] != null) {
            throw new IllegalStateException("blade " + blade + " has a polling thread");
        }
        pollers[blade] = cpu;
        int map = placement.faultMap(cpu);
        long intervalPs = driver.costs().polling().intervalPs();
        for (ChipletState gs : placement.chipletsOf(blade)) {
            FaultHandler handler = new FaultHandler(driver, gs.chiplet, map, true);
            gs.chiplet.tfm(map).poll(cpu, cpu.connect(handler), intervalPs);
        }
    }

    /** The fault map that a loaded context's misses go to. */
    int faultMap(ThreadState gts) {
        if (gts.miss != MissMode.OS_POLLING) {
            return placement.faultMap(gts.cpu());
        }
        int blade = driver.chipletState(gts.chiplet()).chiplet.blade();
        Cpu poller = pollers[blade];
        if (poller == null) {
            throw new IllegalStateException("blade " + blade + " has no polling thread");
        }
        return placement.faultMap(poller);
    }
}
