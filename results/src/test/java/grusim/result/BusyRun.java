package grusim.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A made-up run with the shape of a real one: many misses at first, then hits, with an outage of hold-offs. */
public final class BusyRun {
    private static final long END_PS = 1_250_000_000L;
    private static final String[] OUTCOMES = {
        "interrupt", "user", "fail_range_active", "fail_upm", "fail_invalid", "fail_idle", "killed"
    };
    private static final String[] REASONS = {
        "service",
        "miss detect",
        "interrupt delivery",
        "lock",
        "range-active hold-off",
        "page walk",
        "kill and retry",
        "NUMA hop",
        "queueing"
    };

    private BusyRun() {}

    /** The run with names as a model gives them. */
    public static RunResult of() {
        return of("", REASONS.length);
    }

    /** The run with a prefix to every name and that many reasons. */
    public static RunResult of(String prefix, int reasonCount) {
        return of(prefix, reasonCount, 1);
    }

    /** That many runs that differ in their random numbers only. */
    public static Replications replications(int count) {
        List<RunResult> runs = new ArrayList<>();
        for (int seed = 1; seed <= count; seed++) {
            runs.add(of("", REASONS.length, seed));
        }
        return new Replications(runs);
    }

    private static RunResult of(String prefix, int reasonCount, long seed) {
        Random random = new Random(4 + seed);
        RunResultBuilder result = RunResult.builder(prefix + "kill-bits", "0.1.0", seed)
                .simulatedPs(END_PS)
                .events(1_234_567)
                .eventHash(0x3c19fe62a0b54d71L)
                .contract(new Verdict(812_345, 0, List.of()))
                .dataChecks(new Verdict(12, 0, List.of()));
        latencies(prefix, random, result);
        series(prefix, random, result);
        counters(random, result);
        result.attribution(attribution(
                prefix,
                List.of("vload", "bcopy", "gamir", "nop"),
                List.of(20_000, 900, 12_000, 0),
                reasonCount,
                random));
        result.view(
                "process", attribution(prefix, numbered("process", 3), List.of(9000, 400, 7000), reasonCount, random));
        result.view("chiplet", attribution(prefix, numbered("chiplet", 24), same(24, 300), reasonCount, random));
        result.view("miss", attribution(prefix, List.of("interrupt", "user"), List.of(3000, 400), reasonCount, random));
        waterfall(prefix, "miss.interrupt", random, result);
        waterfall(prefix, "miss.poller", random, result);
        waterfall(prefix, "miss.user", random, result);
        chiplets(prefix, random, result);
        return result.build();
    }

    private static void latencies(String prefix, RandomGenerator random, RunResultBuilder result) {
        latency(random, result, prefix + "instruction.vload", 20_000, 450_000, 0.3);
        latency(random, result, prefix + "instruction.bcopy", 900, 9_000_000, 0.2);
        latency(random, result, prefix + "instruction.gamir", 12_000, 700_000, 0.15);
        latency(random, result, prefix + "dropin.interrupt", 3000, 2_100_000, 0.25);
        latency(random, result, prefix + "dropin.user", 400, 14_000_000, 0.5);
        latency(random, result, prefix + "invalidate", 700, 3_200_000, 0.1);
        latency(random, result, prefix + "contextLoad", 8, 60_000_000, 0.05);
    }

    private static void latency(
            RandomGenerator random, RunResultBuilder result, String name, int count, double medianPs, double spread) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < count; i++) {
            histogram.record((long) (medianPs * StrictMath.exp(random.nextGaussian() * spread)));
        }
        result.latency(name, histogram);
    }

    private static void series(String prefix, RandomGenerator random, RunResultBuilder result) {
        TimeSeries hits = TimeSeries.sum(stat("series.tlb.hits", "events"), 1_000_000);
        TimeSeries misses = TimeSeries.sum(stat("series.tlb.misses", "events"), 1_000_000);
        TimeSeries occupancy = TimeSeries.mean(stat("series.tlb.occupancy", "entries"), 1_000_000);
        TimeSeries capacity = TimeSeries.mean(stat("series.tlb.capacity", "entries"), 1_000_000);
        List<TimeSeries> outcomes = new ArrayList<>();
        for (String outcome : OUTCOMES) {
            String key = prefix.isEmpty() ? outcome : "a_very_long_outcome_name_that_goes_on_and_on_" + outcome;
            outcomes.add(TimeSeries.sum(stat("series.dropin." + key, "events"), 1_000_000));
        }
        capacity.set(0, 8192);
        for (long nowPs = 0; nowPs < END_PS; nowPs += 50_000) {
            double age = (double) nowPs / END_PS;
            boolean outage = age > 0.55 && age < 0.65;
            boolean miss = random.nextDouble() < (outage ? 0.5 : 0.04 + 0.6 * StrictMath.exp(-age * 14));
            (miss ? misses : hits).add(nowPs, 1);
            occupancy.set(nowPs, Math.round(outage ? 3100 : 7900 * (1 - StrictMath.exp(-age * 6))));
            if (miss) {
                int outcome = outage ? 2 + random.nextInt(5) : random.nextInt(12) < 9 ? 0 : random.nextInt(4);
                outcomes.get(outcome).add(nowPs, 1);
            }
        }
        result.series(hits.snapshot(END_PS)).series(misses.snapshot(END_PS));
        result.series(occupancy.snapshot(END_PS)).series(capacity.snapshot(END_PS));
        outcomes.forEach(outcome -> result.series(outcome.snapshot(END_PS)));
    }

    private static void counters(RandomGenerator random, RunResultBuilder result) {
        for (String key : new String[] {"assign_context", "load_user_context", "intr", "intr_tfh", "call_os"}) {
            result.counter(stat("driver." + key, "events"), random.nextInt(5000));
        }
        result.counter(stat("driver.steal_user_context", "events"), 0);
        result.counter(stat("driver.asid_wrap", "events"), 0);
        for (String key : new String[] {"minor_faults", "madvise", "pages_reclaimed"}) {
            result.counter(stat("vm." + key, "events"), random.nextInt(5000));
        }
        result.counter(stat("device.tlb_hits", "events"), 20_412).counter(stat("device.tlb_misses", "events"), 3_988);
        result.counter(stat("memory.bytes_moved", "B"), 1L << 28);
        result.mcs(new McsTiming("cch_allocate", 8, 9_000_000, 1_600_000))
                .mcs(new McsTiming("tgh_invalidate", 700, 2_240_000_000L, 4_100_000))
                .mcs(new McsTiming("tfh_write_restart", 0, 0, 0));
    }

    private static AttributionShares attribution(
            String prefix, List<String> groups, List<Integer> counts, int reasonCount, RandomGenerator random) {
        List<String> kinds = groups.stream().map(group -> prefix + group).toList();
        List<String> reasons = new ArrayList<>();
        for (int reason = 0; reason < reasonCount; reason++) {
            reasons.add(prefix + REASONS[reason % REASONS.length] + (reason < REASONS.length ? "" : " " + reason));
        }
        Attribution attribution = new Attribution(kinds, reasons);
        for (int kind = 0; kind < kinds.size(); kind++) {
            for (int i = 0; i < counts.get(kind); i++) {
                long whole = 0;
                for (int reason = 0; reason < reasonCount; reason++) {
                    long part = random.nextInt(400_000 / (1 + (reason + kind) % 7));
                    attribution.add(kind, reason, part);
                    whole += part;
                }
                attribution.finished(kind, whole);
            }
        }
        return attribution.shares();
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(n -> name + " " + n).toList();
    }

    private static List<Integer> same(int count, int value) {
        return IntStream.range(0, count).mapToObj(n -> value).toList();
    }

    private static void waterfall(String prefix, String name, RandomGenerator random, RunResultBuilder result) {
        List<String> phases = IntStream.range(0, REASONS.length)
                .mapToObj(n -> prefix + REASONS[n])
                .toList();
        List<Long> all = new ArrayList<>();
        List<Long> tail = new ArrayList<>();
        for (int phase = 0; phase < phases.size(); phase++) {
            long meanPs = phase == 4 ? 0 : 20_000 + random.nextInt(600_000);
            long slowPs = (meanPs + (phase == 3 ? 4_000_000 : meanPs / 5)) * 30;
            all.add(meanPs * 2970 + slowPs);
            tail.add(slowPs);
        }
        result.waterfall(new Waterfall(name, phases, all, 3000, 5_000_000, tail, 30));
    }

    private static void chiplets(String prefix, RandomGenerator random, RunResultBuilder result) {
        for (String key : new String[] {"tlbHits", "tlbMisses", "dropins", "evictions", "occupancy", "instructions"}) {
            List<Long> values = new ArrayList<>();
            for (int chiplet = 0; chiplet < 64; chiplet++) {
                values.add(chiplet % 5 == 4 ? 0L : random.nextInt(1000) * (10L + chiplet));
            }
            String name = prefix.isEmpty() ? key : key + "OfTheThingWhichNeverEndsAndGoesOnAndOn";
            result.chiplets(new ChipletCounts(stat("chiplet." + name, "events"), 2, values));
        }
    }

    private static StatDeclaration stat(String name, String unit) {
        return new StatDeclaration(name, unit, "An example.", "made up");
    }
}
