package grusim.run;

import grusim.driver.DriverCounter;
import grusim.gru.Chiplet;
import grusim.gru.DeviceStat;
import grusim.result.RunResultBuilder;
import grusim.result.SeriesNames;
import grusim.result.StatDeclaration;
import grusim.result.TimeSeries;
import grusim.workload.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Follows counters and gauges over simulated time by looking at them at intervals, between steps, so that sampling
 * changes nothing. The interval doubles whenever the series merge their buckets.
 */
final class Sampler {
    /** First interval when the spec leaves the choice: short enough for the shortest runs. */
    private static final long FIRST_INTERVAL_PS = 1_000_000;

    private static final String SOURCE = "model";

    /** A counter whose growth is followed. */
    private static final class Sum {
        final TimeSeries series;
        final LongSupplier counter;
        long last;

        Sum(TimeSeries series, LongSupplier counter) {
            this.series = series;
            this.counter = counter;
        }
    }

    private record Gauge(TimeSeries series, LongSupplier value) {}

    private final List<Sum> sums = new ArrayList<>();
    private final List<Gauge> gauges = new ArrayList<>();
    private final ChipletUse chipletUse;
    private long intervalPs;
    private long nextPs;
    private int samples;

    Sampler(Simulation simulation, long requestedPs) {
        intervalPs = requestedPs == RunSpec.AUTO ? FIRST_INTERVAL_PS : requestedPs;
        nextPs = intervalPs;
        List<Chiplet> chiplets = simulation.chiplets();
        chipletUse = new ChipletUse(simulation);
        sum(SeriesNames.TLB_HITS, "lookups", "TLB lookups that hit", () -> DeviceStat.TLB_HITS.total(chiplets));
        sum(SeriesNames.TLB_MISSES, "lookups", "TLB lookups that missed", () -> DeviceStat.TLB_MISSES.total(chiplets));
        sum(
                SeriesNames.INSTRUCTIONS,
                "instructions",
                "users' instructions that ended",
                () -> simulation.probes().instructions());
        sum(
                SeriesNames.INSTRUCTION_TIME,
                "ps",
                "time that the users' instructions took that ended",
                () -> simulation.probes().instructionsPs());
        outcome("written", "dropins that wrote an entry", () -> DeviceStat.DROPINS_WRITTEN.total(chiplets));
        outcome("killed", "dropins ignored because of a kill bit", () -> DeviceStat.DROPINS_KILLED.total(chiplets));
        driver(simulation, "range active", DriverCounter.TLB_DROPIN_FAIL_RANGE_ACTIVE);
        driver(simulation, "to user call", DriverCounter.TLB_DROPIN_FAIL_UPM);
        driver(simulation, "mmap_sem taken", DriverCounter.INTR_MM_LOCK_FAILED);
        driver(simulation, "invalid", DriverCounter.TLB_DROPIN_FAIL_INVALID);
        driver(simulation, "miss gone", DriverCounter.TLB_DROPIN_FAIL_IDLE);
        long capacity = (long) simulation.spec().gru().tlb().sets()
                * simulation.spec().gru().tlb().ways();
        gauge(
                SeriesNames.TLB_OCCUPANCY,
                "entries",
                "valid TLB entries",
                () -> chiplets.stream().mapToLong(Chiplet::tlbOccupancy).sum());
        gauge(
                SeriesNames.MISSES_OUTSTANDING,
                "misses",
                "outstanding TLB misses",
                () -> chiplets.stream().mapToLong(Chiplet::outstandingMisses).sum());
        gauge(
                SeriesNames.CONTEXTS_LOADED,
                "contexts",
                "loaded contexts",
                () -> chiplets.stream().mapToLong(Chiplet::activeContexts).sum());
        gauge(SeriesNames.TLB_CAPACITY, "entries", "TLB entries there are", () -> capacity * chiplets.size());
        gauges.forEach(gauge -> gauge.series.set(0, gauge.value.getAsLong()));
    }

    private void driver(Simulation simulation, String outcome, DriverCounter counter) {
        outcome(
                outcome,
                counter.description(),
                () -> simulation.driver().statistics().value(counter));
    }

    private void outcome(String outcome, String description, LongSupplier counter) {
        sum(SeriesNames.DROPIN_PREFIX + outcome.replace(' ', '_'), "dropins", description, counter);
    }

    private void sum(String name, String unit, String description, LongSupplier counter) {
        StatDeclaration declared = new StatDeclaration("series." + name, unit, description, SOURCE);
        sums.add(new Sum(TimeSeries.sum(declared, intervalPs), counter));
    }

    private void gauge(String name, String unit, String description, LongSupplier value) {
        StatDeclaration declared = new StatDeclaration("series." + name, unit, description, SOURCE);
        gauges.add(new Gauge(TimeSeries.mean(declared, intervalPs), value));
    }

    /** When to look next. */
    long nextPs() {
        return nextPs;
    }

    /** Looks at everything; what happened since the last look belongs to the time before {@code nowPs}. */
    void sample(long nowPs) {
        for (Sum sum : sums) {
            long value = sum.counter.getAsLong();
            sum.series.add(Math.max(0, nowPs - 1), value - sum.last);
            sum.last = value;
        }
        for (Gauge gauge : gauges) {
            gauge.series.set(nowPs, gauge.value.getAsLong());
        }
        chipletUse.look(nowPs);
        samples++;
        if (samples == TimeSeries.DEFAULT_BUCKETS) {
            samples = TimeSeries.DEFAULT_BUCKETS / 2;
            intervalPs *= 2;
        }
        nextPs = nowPs + intervalPs;
    }

    void report(RunResultBuilder result, long endPs) {
        sums.forEach(sum -> result.series(sum.series.snapshot(endPs)));
        gauges.forEach(gauge -> result.series(gauge.series.snapshot(endPs)));
        chipletUse.report(result);
    }
}
