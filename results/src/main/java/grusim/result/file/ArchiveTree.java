package grusim.result.file;

import grusim.result.AttributionShares;
import grusim.result.Batches;
import grusim.result.ChipletCounts;
import grusim.result.Counter;
import grusim.result.LatencyDistribution;
import grusim.result.McsTiming;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Series;
import grusim.result.StatDeclaration;
import grusim.result.Verdict;
import grusim.result.Waterfall;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replications as the tree that {@link RunArchive} writes and {@link ArchiveReader} reads. */
final class ArchiveTree {
    static final String FORMAT = "grusim run";
    static final int VERSION = 1;

    private ArchiveTree() {}

    static ObjectNode of(Replications replications) {
        ObjectNode root = Json.object();
        root.put("format", FORMAT).put("formatVersion", VERSION);
        root.put("name", replications.first().name());
        root.put("version", replications.first().version());
        ArrayNode runs = root.putArray("runs");
        replications.runs().forEach(run -> runs.add(run(run)));
        return root;
    }

    private static ObjectNode run(RunResult run) {
        ObjectNode node = Json.object();
        node.put("name", run.name()).put("version", run.version()).put("seed", run.seed());
        node.set("spec", run.spec());
        node.put("simulatedPs", run.simulatedPs()).put("events", run.events()).put("eventHash", run.eventHash());
        ArrayNode counters = node.putArray("counters");
        for (Counter counter : run.counters().values()) {
            counters.add(declared(counter.declaration()).put("value", counter.value()));
        }
        ArrayNode mcs = node.putArray("mcs");
        for (McsTiming timing : run.mcs()) {
            mcs.addObject()
                    .put("op", timing.op())
                    .put("count", timing.count())
                    .put("totalPs", timing.totalPs())
                    .put("maximumPs", timing.maximumPs());
        }
        ObjectNode latency = node.putObject("latency");
        run.latency().forEach((name, distribution) -> latency.set(name, distribution(distribution)));
        node.set("contract", verdict(run.contract()));
        node.set("dataChecks", verdict(run.dataChecks()));
        ArrayNode series = node.putArray("series");
        run.series().values().forEach(each -> series.add(series(each)));
        node.set("attribution", shares(run.attribution()));
        ObjectNode views = node.putObject("views");
        run.views().forEach((name, shares) -> views.set(name, shares(shares)));
        ArrayNode waterfalls = node.putArray("waterfalls");
        run.waterfalls().values().forEach(each -> waterfalls.add(waterfall(each)));
        ArrayNode chiplets = node.putArray("chiplets");
        for (ChipletCounts counts : run.chiplets()) {
            chiplets.add(declared(counts.declaration())
                    .put("chipletsPerBlade", counts.chipletsPerBlade())
                    .put("values", numbers(counts.values())));
        }
        return node;
    }

    private static ObjectNode declared(StatDeclaration declaration) {
        return Json.object()
                .put("stat", declaration.name())
                .put("unit", declaration.unit())
                .put("description", declaration.description())
                .put("source", declaration.source());
    }

    private static ObjectNode distribution(LatencyDistribution distribution) {
        int steps = distribution.steps();
        long[] counts = IntStream.range(0, steps)
                .mapToLong(i -> distribution.cumulativeCount(i) - (i == 0 ? 0 : distribution.cumulativeCount(i - 1)))
                .toArray();
        ObjectNode node = Json.object()
                .put("sumPs", distribution.sumPs())
                .put("minPs", distribution.minPs().orElse(0))
                .put("maxPs", distribution.maxPs().orElse(0))
                .put(
                        "steps",
                        LongText.ofRising(IntStream.range(0, steps)
                                .mapToLong(distribution::stepUpToPs)
                                .toArray()))
                .put("counts", LongText.of(counts));
        Batches batches = distribution.batches().enough();
        node.putObject("batches")
                .put("size", batches.size())
                .put(
                        "sumsPs",
                        LongText.of(IntStream.range(0, batches.count())
                                .mapToLong(batches::sumPs)
                                .toArray()))
                .put(
                        "cells",
                        LongText.of(IntStream.range(0, batches.cells())
                                .mapToLong(batches::cell)
                                .toArray()))
                .put(
                        "counts",
                        LongText.of(IntStream.range(0, batches.count())
                                .boxed()
                                .flatMapToLong(batch -> samples(batches, batch))
                                .toArray()));
        return node;
    }

    private static LongStream samples(Batches batches, int batch) {
        return IntStream.range(0, batches.cells()).mapToLong(position -> batches.samples(batch, position));
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode node = Json.object().put("checks", verdict.checks()).put("failures", verdict.failures());
        node.set("texts", Json.array(verdict.texts()));
        return node;
    }

    private static ObjectNode series(Series series) {
        return declared(series.declaration())
                .put("kind", series.kind().key())
                .put("bucketPs", series.bucketPs())
                .put("endPs", series.endPs())
                .put(
                        "totals",
                        LongText.of(IntStream.range(0, series.buckets())
                                .mapToLong(series::total)
                                .toArray()));
    }

    private static ObjectNode shares(AttributionShares shares) {
        ObjectNode node = Json.object();
        node.set("kinds", Json.array(shares.kinds()));
        node.set("reasons", Json.array(shares.reasons()));
        int kinds = shares.kinds().size();
        node.put(
                "instructions",
                LongText.of(IntStream.range(0, kinds)
                        .mapToLong(shares::instructions)
                        .toArray()));
        ArrayNode parts = node.putArray("partsPs");
        for (int kind = 0; kind < kinds; kind++) {
            int each = kind;
            parts.add(LongText.of(IntStream.range(0, shares.reasons().size())
                    .mapToLong(reason -> shares.partPs(each, reason))
                    .toArray()));
        }
        return node;
    }

    private static ObjectNode waterfall(Waterfall waterfall) {
        ObjectNode node = Json.object()
                .put("name", waterfall.name())
                .put("count", waterfall.count())
                .put("tailFromPs", waterfall.tailFromPs())
                .put("tailCount", waterfall.tailCount());
        node.set("phases", Json.array(waterfall.phases()));
        return node.put("allPs", numbers(waterfall.allPs())).put("tailPs", numbers(waterfall.tailPs()));
    }

    private static String numbers(List<Long> numbers) {
        return LongText.of(numbers.stream().mapToLong(Long::longValue).toArray());
    }
}
