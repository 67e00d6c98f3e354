package grusim.run;

import grusim.driver.DriverLatency;
import grusim.driver.DriverObserver;
import grusim.driver.DriverProbe;
import grusim.driver.GruDriver;
import grusim.engine.Engine;
import grusim.engine.Ledger;
import grusim.gru.ControlBlock;
import grusim.gru.DeviceObserver;
import grusim.isa.ChipletMap;
import grusim.isa.handle.TfhOpcode;
import grusim.result.LatencyHistogram;
import grusim.run.MissTimes.End;
import grusim.workload.ContextSpec.MissMode;
import java.util.Arrays;

/**
 * Measures misses and the driver's work: a dropin from its miss visible in the TFH to the entry written, apart by who
 * answered it (the interrupt, the polling thread, or the user's call), and apart those that a kill bit made void; and
 * whole misses, from the lookup that missed to the one that finds the entry. Entries loaded ahead answer no miss.
 */
final class LatencyWatch implements DeviceObserver, DriverObserver, DriverProbe {
    private final Engine engine;
    private final GruDriver driver;
    private final LatencyHistogram byInterrupt;
    private final LatencyHistogram byPoller;
    private final LatencyHistogram byUser;
    private final LatencyHistogram killed;
    private final LatencyHistogram[] ofDriver = new LatencyHistogram[DriverLatency.values().length];
    private final long[] missedAtPs;
    private final MissMode[] answerers;
    private final boolean[] ahead;
    private final int[] owners;
    private final Probes probes;

    LatencyWatch(Engine engine, GruDriver driver, int chiplets, Probes probes) {
        this.engine = engine;
        this.driver = driver;
        byInterrupt = probes.metric("dropin.interrupt");
        byPoller = probes.metric("dropin.poller");
        byUser = probes.metric("dropin.user");
        killed = probes.metric("dropin.killed");
        for (DriverLatency latency : DriverLatency.values()) {
            ofDriver[latency.ordinal()] = probes.metric(latency.metric());
        }
        this.probes = probes;
        missedAtPs = new long[chiplets * ChipletMap.CBRS];
        answerers = new MissMode[chiplets * ChipletMap.CBRS];
        Arrays.fill(answerers, MissMode.INTERRUPT);
        ahead = new boolean[chiplets * ChipletMap.CBRS];
        owners = new int[chiplets * ChipletMap.CONTEXTS];
        driver.probe(this);
    }

    @Override
    public void took(DriverLatency latency, long durationPs) {
        ofDriver[latency.ordinal()].record(durationPs);
    }

    @Override
    public void kernelInstruction(int chiplet, ControlBlock cb) {
        probes.kernelInstruction(chiplet, cb.opcode(), cb.ledger());
    }

    @Override
    public void contextBound(int chiplet, int context, int gts, int mm, int asid) {
        owners[chiplet * ChipletMap.CONTEXTS + context] = gts;
    }

    @Override
    public void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        int owner = owners[chiplet * ChipletMap.CONTEXTS + context];
        missedAtPs[chiplet * ChipletMap.CBRS + cb] = engine.nowPs();
        answerers[chiplet * ChipletMap.CBRS + cb] = driver.missMode(owner);
    }

    @Override
    public void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {
        ahead[chiplet * ChipletMap.CBRS + cb] = answer == TfhOpcode.WRITE_ONLY;
        if (answer == TfhOpcode.USER_POLLING_MODE) {
            answerers[chiplet * ChipletMap.CBRS + cb] = MissMode.USER_POLLING;
        }
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        int slot = chiplet * ChipletMap.CBRS + cb;
        if (!ahead[slot]) {
            killed.record(engine.nowPs() - missedAtPs[slot]);
        }
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        int slot = chiplet * ChipletMap.CBRS + cb;
        if (ahead[slot]) {
            return;
        }
        LatencyHistogram answered = switch (answerers[slot]) {
            case INTERRUPT -> byInterrupt;
            case OS_POLLING -> byPoller;
            case USER_POLLING -> byUser;
        };
        answered.record(engine.nowPs() - missedAtPs[slot]);
    }

    @Override
    public void missEnded(int chiplet, int context, int cb, MissEnd how, Ledger account) {
        End end = switch (how) {
            case FAILED -> End.FAILED;
            case UNLOADED -> End.UNLOADED;
            case RESTARTED ->
                switch (answerers[chiplet * ChipletMap.CBRS + cb]) {
                    case INTERRUPT -> End.INTERRUPT;
                    case OS_POLLING -> End.POLLER;
                    case USER_POLLING -> End.USER;
                };
        };
        probes.misses().ended(end, account);
    }
}
