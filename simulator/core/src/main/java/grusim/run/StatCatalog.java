package grusim.run;

import grusim.driver.DriverLatency;
import grusim.engine.Why;
import grusim.gru.DeviceStat;
import grusim.result.ChipletCounts;
import grusim.result.Counter;
import grusim.result.Dictionary;
import grusim.result.Dictionary.Entry;
import grusim.result.Percentile;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.Series;
import grusim.result.StatDeclaration;
import grusim.result.stat.Figures;
import grusim.workload.load.SpecLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data dictionary of everything that runs can measure. Counters, series and chiplet statistics are taken from their
 * declarations, as a run that ends at once reports them; what a run only reports when it happens is added by pattern.
 */
public final class StatCatalog {
    private static final String MODEL = "model";
    private static final String COUNTERS = "counters.";
    private static final String KIND = "kind";

    private StatCatalog() {}

    /** The whole dictionary. */
    public static Dictionary dictionary() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<Entry> all = new ArrayList<>(general());
        RunResult declared = declared();
        declared.counters().values().stream()
                .map(Counter::declaration)
                .filter(d -> !d.group().equals("lock"))
                .forEach(d -> all.add(Entry.of(COUNTERS, d)));
        all.addAll(rare());
        all.add(new Entry(
                COUNTERS + "mcs.*",
                "ns",
                "How long handle commands of this kind took, as the driver timed them.",
                "Linux drivers/misc/sgi-gru, gruprocfs.c"));
        all.addAll(latencies());
        all.addAll(verdicts());
        declared.series().values().stream().map(Series::declaration).forEach(d -> all.add(Entry.of("", d)));
        declared.chiplets().stream().map(ChipletCounts::declaration).forEach(d -> all.add(Entry.of("", d)));
        all.addAll(statistics());
        for (Why why : Why.values()) {
            all.add(new Entry(Dictionary.REASON + why.text(), "ns", Reasons.meaning(why), MODEL));
        }
        all.forEach(entry -> entries.putIfAbsent(entry.metric(), entry));
        return new Dictionary(List.copyOf(entries.values()));
    }

    /** The result of a run that stops before anything happens: it declares all that every run counts. */
    private static RunResult declared() {
        String spec = """
                {"name": "stats", "processes": [{"name": "p", "regions": [{"name": "r", "size": "4 KiB"}],
                 "threads": [{"name": "t", "program": [{"op": "vload", "region": "r"}]}]}],
                 "run": {"until": "1 ps"}}
                """;
        return Runs.simulate(SpecLoader.resolveJson(spec), RunOptions.standard("stats"), RunProgress.NONE, null);
    }

    private static List<Entry> general() {
        return List.of(
                entry(
                        "simulatedPs",
                        "ps",
                        "When the simulated time stopped: when the last program ended, or at run.until."),
                entry("events", "events", "Steps of agents that were simulated."),
                entry("throughput", "1/s", "How fast instructions finish, over the simulated time that is measured."));
    }

    private static List<Entry> verdicts() {
        return List.of(
                entry("contract", "checks", "Accesses that the contract looked at."),
                entry("dataChecks", "checks", "Checks of the workload on its data."));
    }

    /** Counters of what few runs see. */
    private static List<Entry> rare() {
        List<Entry> all = new ArrayList<>();
        all.add(entry(
                COUNTERS + "vm.refused_errno_*", "calls", "Calls of programs and traces refused with this error."));
        all.add(entry(
                COUNTERS + "device.faultsPerInterrupt.*",
                "interrupts",
                "Interrupts that found so many fault bits set; the last number stands for more as well."));
        all.add(entry(
                COUNTERS + "device.faultsPerScan.*",
                "scans",
                "Polling threads' scans that found so many fault bits set; the last number stands for more as well."));
        DeviceStat.causes(List.of()).forEach(c -> all.add(Entry.of(COUNTERS, c.declaration())));
        all.add(entry(
                COUNTERS + Figures.MEASURED_FROM,
                "ps",
                "Simulated time from which durations were measured, where run.warmUp asks for one."));
        all.add(entry(COUNTERS + "exceptions.retries", "retries", "Instructions started again by the user library."));
        all.add(entry(
                COUNTERS + "exceptions.given_up",
                "instructions",
                "Instructions that the user library did not start again, or not any more."));
        DeviceStat.struck(List.of()).forEach(c -> all.add(Entry.of(COUNTERS, c.declaration())));
        RunResultBuilder locks = RunResult.builder("stats", "stats", 0);
        new LockTimes(KIND).report(locks);
        for (Counter counter : locks.build().counters().values()) {
            StatDeclaration d = counter.declaration();
            String name = COUNTERS + d.name().replace("lock." + KIND, "lock.*");
            all.add(new Entry(name, d.unit(), d.description(), d.source()));
        }
        return all;
    }

    private static List<Entry> latencies() {
        List<Entry> all = new ArrayList<>();
        all.add(latency(
                "instruction.*", "an instruction of this kind, from its start until its user has seen its end"));
        all.add(latency(
                "dropin.interrupt", "a dropin made in the interrupt, from the miss in the TFH to the TLB entry"));
        all.add(latency(
                "dropin.poller", "a dropin made by the polling thread, from the miss in the TFH to the TLB entry"));
        all.add(latency("dropin.user", "a dropin made in the user's call, from the miss in the TFH to the TLB entry"));
        all.add(latency("dropin.killed", "a dropin that a kill bit made void, from the miss in the TFH to the kill"));
        for (MissTimes.End end : MissTimes.End.values()) {
            all.add(latency(end.metric(), end.description()));
        }
        for (DriverLatency driver : DriverLatency.values()) {
            all.add(latency(driver.metric(), driver.description()));
        }
        all.add(latency("shootdown", "a flush of the CPUs' TLBs, from its request until the last CPU has done it"));
        all.add(latency(
                "message.send", "a message sent to a queue, retries included; in an open loop from when it came due"));
        all.add(latency(
                "message.receive",
                "a message received, from the first look at the queue on; in an open loop from when it came due"));
        return all;
    }

    private static Entry latency(String metric, String what) {
        return entry("latency." + metric, "ns", "Duration of " + what + ".");
    }

    private static List<Entry> statistics() {
        List<Entry> all = new ArrayList<>();
        all.add(statistic("count", "events", "How many durations were recorded."));
        all.add(statistic("meanNs", "ns", "Their mean."));
        for (Percentile percentile : Percentile.ALL) {
            all.add(statistic(
                    percentile.key() + "Ns",
                    "ns",
                    "The duration that " + percentile.label().substring(1)
                            + "% of them do not exceed, at most 0.1% above" + " the exact one."));
        }
        all.add(statistic("maxNs", "ns", "The longest."));
        all.add(statistic("averageNs", "ns", "The mean, as the driver computes it."));
        all.add(statistic("maximumNs", "ns", "The longest, as the driver keeps it."));
        all.add(statistic("instructionsPerSecond", "1/s", "Instructions that finished per simulated second."));
        all.add(statistic("checks", "checks", "How many there were."));
        all.add(statistic("violations", "violations", "Those that broke the contract."));
        all.add(statistic("passed", "checks", "Those that held."));
        all.add(statistic("failed", "checks", "Those that failed."));
        return all;
    }

    private static Entry statistic(String statistic, String unit, String meaning) {
        return entry(Dictionary.STATISTIC + statistic, unit, meaning);
    }

    private static Entry entry(String metric, String unit, String meaning) {
        return new Entry(metric, unit, meaning, MODEL);
    }
}
