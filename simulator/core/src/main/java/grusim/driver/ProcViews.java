package grusim.driver;

import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.machine.Topology;
import grusim.workload.ContextSpec.MissMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The driver's views under /proc/sgi_uv/gru, printed as it prints them. Source: Linux driver drivers/misc/sgi-gru,
 * gruprocfs.c.
 *
 * <p>Two slips of the driver are kept: mcs_statistics is headed as clocks and holds nanoseconds, and cch_status computes
 * dsbytes from the control blocks. Reads without an access, between steps; a process's number is its address space's
 * plus one.
 */
public final class ProcViews {
    private static final long PS_PER_NS = 1000;

    private final GruDriver driver;
    private final Topology topology;

    ProcViews(GruDriver driver, Topology topology) {
        this.driver = driver;
        this.topology = topology;
    }

    /** The counters, one a line. */
    public String statistics() {
        StringBuilder text = new StringBuilder();
        for (DriverCounter counter : DriverCounter.values()) {
            boolean ofThisEra = counter != DriverCounter.INTR_MM_LOCK_FAILED
                    || driver.rules().interruptWalk();
            if (counter.printed() && ofThisEra) {
                text.append(line("%16d %s%n", driver.statistics().value(counter), counter.statistic()));
            }
        }
        return text.toString();
    }

    /** The handle commands that the driver waited for: number, average and longest time. */
    public String mcsStatistics() {
        StringBuilder text = new StringBuilder("#id count aver-clks max-clks\n");
        DriverStatistics statistics = driver.statistics();
        for (McsOperation operation : McsOperation.values()) {
            long count = statistics.commands(operation);
            long average = count == 0 ? 0 : statistics.totalPs(operation) / PS_PER_NS / count;
            text.append(line(
                    "%-20s%12d%12d%12d%n",
                    operation.statistic(), count, average, statistics.maximumPs(operation) / PS_PER_NS));
        }
        return text.toString();
    }

    /** The contexts that are loaded, with whose they are. */
    public String cchStatus() {
        StringBuilder text = new StringBuilder("#   gid   bid   ctx#   asid      pid  cbrs dsbytes    mode\n");
        for (int gid = 0; gid < topology.chiplets(); gid++) {
            ChipletState gs = chiplet(gid);
            for (int context = 0; gs != null && context < ChipletMap.CONTEXTS; context++) {
                int owner = gs.ownerNow(context);
                if (owner != ChipletState.FREE) {
                    text.append(context(gs, context, driver.threads().found(owner)));
                }
            }
        }
        return text.toString();
    }

    private String context(ChipletState gs, int context, ThreadState gts) {
        boolean kernel = gts.mm == ThreadState.KERNEL;
        int units = AllocationMap.cbrUnits(gts.cbrs());
        return line(
                " %5d%5d%6d%7d%9d%6d%8d%8s%n",
                gs.chiplet.index(),
                gs.chiplet.blade(),
                context,
                kernel ? 0 : gs.baseAsid(context),
                kernel ? 0 : gts.mm + 1,
                units * AllocationMap.CBRS_PER_UNIT,
                units * AllocationMap.DSR_BYTES_PER_UNIT,
                mode(gts.miss));
    }

    private static String mode(MissMode miss) {
        return switch (miss) {
            case USER_POLLING -> "UPM";
            case INTERRUPT -> "INTR";
            case OS_POLLING -> "OS_POLL";
        };
    }

    /** How much of every chiplet is taken and free. */
    public String gruStatus() {
        StringBuilder text = new StringBuilder("""
            #  gid  nid    ctx   cbr   dsr     ctx   cbr   dsr
            #             busy  busy  busy    free  free  free
            """);
        for (int gid = 0; gid < topology.chiplets(); gid++) {
            @Nullable ChipletState gs = chiplet(gid);
            int contexts = gs == null ? 0 : gs.active();
            int cbrs = gs == null ? 0 : gs.cbrsTaken();
            int dsrBytes = gs == null ? 0 : gs.dsrBytesTaken();
            text.append(line(
                    " %5d %5d %7d %5d %5d %7d %5d %5d%n",
                    gid,
                    topology.bladeOfChiplet(gid),
                    contexts,
                    cbrs,
                    dsrBytes,
                    ChipletMap.CONTEXTS - contexts,
                    ChipletMap.CBRS - cbrs,
                    ChipletMap.DSR_BYTES - dsrBytes));
        }
        return text.toString();
    }

    /** The state of a chiplet, or null if nobody uses it. */
    private @Nullable ChipletState chiplet(int gid) {
        return driver.placement().used(gid) ? driver.placement().chiplet(gid) : null;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of this module
    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
    }
}
