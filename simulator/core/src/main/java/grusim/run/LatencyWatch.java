package grusim.run;

import grusim.driver.DriverLatency;
import grusim.driver.DriverObserver;
import grusim.driver.GruDriver;
import grusim.engine.Engine;
import grusim.gru.DeviceObserver;
import grusim.isa.ChipletMap;
import grusim.isa.handle.TfhOpcode;
import grusim.result.LatencyHistogram;

/**
 * Measures misses and the driver's work: a dropin from its miss visible in the TFH to the entry written, apart by who
 * answered it (the interrupt, or the user's call), and apart those that a kill bit made void.
 */
final class LatencyWatch implements DeviceObserver, DriverObserver {
    private final Engine engine;
    private final GruDriver driver;
    private final LatencyHistogram byInterrupt;
    private final LatencyHistogram byUser;
    private final LatencyHistogram killed;
    private final LatencyHistogram[] ofDriver = new LatencyHistogram[DriverLatency.values().length];
    private final long[] missedAtPs;
    private final boolean[] userAnswers;
    private final int[] owners;

    LatencyWatch(Engine engine, GruDriver driver, int chiplets, Probes probes) {
        this.engine = engine;
        this.driver = driver;
        byInterrupt = probes.metric("dropin.interrupt");
        byUser = probes.metric("dropin.user");
        killed = probes.metric("dropin.killed");
        for (DriverLatency latency : DriverLatency.values()) {
            ofDriver[latency.ordinal()] = probes.metric(latency.metric());
        }
        missedAtPs = new long[chiplets * ChipletMap.CBRS];
        userAnswers = new boolean[chiplets * ChipletMap.CBRS];
        owners = new int[chiplets * ChipletMap.CONTEXTS];
        driver.probe((latency, durationPs) -> ofDriver[latency.ordinal()].record(durationPs));
    }

    @Override
    public void contextBound(int chiplet, int context, int gts, int mm, int asid) {
        owners[chiplet * ChipletMap.CONTEXTS + context] = gts;
    }

    @Override
    public void missRecorded(int chiplet, int context, int cb, int asid, long vaddr, boolean write) {
        int owner = owners[chiplet * ChipletMap.CONTEXTS + context];
        missedAtPs[chiplet * ChipletMap.CBRS + cb] = engine.nowPs();
        userAnswers[chiplet * ChipletMap.CBRS + cb] = driver.pollsUser(owner);
    }

    @Override
    public void faultAnswered(int chiplet, int context, int cb, TfhOpcode answer) {
        if (answer == TfhOpcode.USER_POLLING_MODE) {
            userAnswers[chiplet * ChipletMap.CBRS + cb] = true;
        }
    }

    @Override
    public void dropinKilled(int chiplet, int context, int cb, int asid, long vaddr) {
        killed.record(engine.nowPs() - missedAtPs[chiplet * ChipletMap.CBRS + cb]);
    }

    @Override
    public void entryWritten(int chiplet, int cb, int asid, long vaddr, long pfn, int pageSizeCode, boolean dirty) {
        int slot = chiplet * ChipletMap.CBRS + cb;
        (userAnswers[slot] ? byUser : byInterrupt).record(engine.nowPs() - missedAtPs[slot]);
    }
}
