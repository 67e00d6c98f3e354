package grusim.result.file;

import grusim.result.AttributionShares;
import grusim.result.Batches;
import grusim.result.ChipletCounts;
import grusim.result.LatencyDistribution;
import grusim.result.McsTiming;
import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.RunResultBuilder;
import grusim.result.Series;
import grusim.result.StatDeclaration;
import grusim.result.TimeSeries;
import grusim.result.Verdict;
import grusim.result.Waterfall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads what {@link ArchiveTree} wrote; anything else is an {@link IllegalArgumentException} that names the key. */
final class ArchiveReader {
    private ArchiveReader() {}

    static Replications read(JsonNode root) {
        if (!root.isObject() || !root.path("format").asString("").equals(ArchiveTree.FORMAT)) {
            throw new IllegalArgumentException("its format is not \"" + ArchiveTree.FORMAT + "\"");
        }
        int version = (int) number(root, "formatVersion");
        if (version != ArchiveTree.VERSION) {
            throw new IllegalArgumentException("format version " + version + " of grusim " + text(root, "version")
                    + "; accepted: " + ArchiveTree.VERSION);
        }
        List<RunResult> runs = new ArrayList<>();
        for (JsonNode run : list(root, "runs")) {
            runs.add(run(run));
        }
        return new Replications(runs);
    }

    private static RunResult run(JsonNode node) {
        RunResultBuilder run = RunResult.builder(text(node, "name"), text(node, "version"), number(node, "seed"))
                .spec(child(node, "spec"))
                .simulatedPs(number(node, "simulatedPs"))
                .events(number(node, "events"))
                .eventHash(text(node, "eventHash"))
                .contract(verdict(child(node, "contract")))
                .dataChecks(verdict(child(node, "dataChecks")))
                .attribution(shares(child(node, "attribution")));
        for (JsonNode counter : list(node, "counters")) {
            run.counter(declaration(counter), number(counter, "value"));
        }
        for (JsonNode timing : list(node, "mcs")) {
            run.mcs(new McsTiming(
                    text(timing, "op"),
                    number(timing, "count"),
                    number(timing, "totalPs"),
                    number(timing, "maximumPs")));
        }
        for (Map.Entry<String, JsonNode> entry : child(node, "latency").properties()) {
            run.latency(entry.getKey(), distribution(entry.getValue()));
        }
        for (JsonNode series : list(node, "series")) {
            run.series(series(series));
        }
        for (Map.Entry<String, JsonNode> entry : child(node, "views").properties()) {
            run.view(entry.getKey(), shares(entry.getValue()));
        }
        for (JsonNode waterfall : list(node, "waterfalls")) {
            run.waterfall(waterfall(waterfall));
        }
        for (JsonNode counts : list(node, "chiplets")) {
            int perBlade = Math.toIntExact(number(counts, "chipletsPerBlade"));
            run.chiplets(new ChipletCounts(declaration(counts), perBlade, boxed(numbers(counts, "values"))));
        }
        return run.build();
    }

    private static StatDeclaration declaration(JsonNode node) {
        return new StatDeclaration(
                text(node, "stat"), text(node, "unit"), text(node, "description"), text(node, "source"));
    }

    private static LatencyDistribution distribution(JsonNode node) {
        JsonNode batches = child(node, "batches");
        return LatencyDistribution.of(
                number(node, "sumPs"),
                number(node, "minPs"),
                number(node, "maxPs"),
                rising(node, "steps"),
                numbers(node, "counts"),
                Batches.of(
                        number(batches, "size"),
                        numbers(batches, "sumsPs"),
                        numbers(batches, "cells"),
                        numbers(batches, "counts")));
    }

    private static Verdict verdict(JsonNode node) {
        return new Verdict(number(node, "checks"), number(node, "failures"), texts(node, "texts"));
    }

    private static Series series(JsonNode node) {
        String kind = text(node, "kind");
        TimeSeries.Kind known = Arrays.stream(TimeSeries.Kind.values())
                .filter(each -> each.key().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("series of kind \"" + kind + "\""));
        return Series.of(
                declaration(node), known, number(node, "bucketPs"), number(node, "endPs"), numbers(node, "totals"));
    }

    private static AttributionShares shares(JsonNode node) {
        List<long[]> parts = new ArrayList<>();
        texts(node, "partsPs").forEach(kind -> parts.add(LongText.parse(kind)));
        return AttributionShares.of(texts(node, "kinds"), texts(node, "reasons"), parts, numbers(node, "instructions"));
    }

    private static Waterfall waterfall(JsonNode node) {
        return new Waterfall(
                text(node, "name"),
                texts(node, "phases"),
                boxed(numbers(node, "allPs")),
                number(node, "count"),
                number(node, "tailFromPs"),
                boxed(numbers(node, "tailPs")),
                number(node, "tailCount"));
    }

    private static JsonNode child(JsonNode node, String key) {
        JsonNode child = node.get(key);
        if (child == null || !child.isObject()) {
            throw new IllegalArgumentException("key \"" + key + "\" is missing or not an object");
        }
        return child;
    }

    private static JsonNode list(JsonNode node, String key) {
        JsonNode list = node.get(key);
        if (list == null || !list.isArray()) {
            throw new IllegalArgumentException("key \"" + key + "\" is missing or not an array");
        }
        return list;
    }

    private static List<String> texts(JsonNode node, String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : list(node, key)) {
            texts.add(text.asString());
        }
        return texts;
    }

    private static String text(JsonNode node, String key) {
        JsonNode text = node.get(key);
        if (text == null || !text.isString()) {
            throw new IllegalArgumentException("key \"" + key + "\" is missing or not a text");
        }
        return text.stringValue();
    }

    private static long number(JsonNode node, String key) {
        JsonNode number = node.get(key);
        if (number == null || !number.canConvertToLong() || !number.isIntegralNumber()) {
            throw new IllegalArgumentException("key \"" + key + "\" is missing or not a whole number");
        }
        return number.longValue();
    }

    private static long[] numbers(JsonNode node, String key) {
        try {
            return LongText.parse(text(node, key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("key \"" + key + "\" holds more than whole numbers", e);
        }
    }

    private static long[] rising(JsonNode node, String key) {
        long[] numbers = numbers(node, key);
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = Math.addExact(numbers[i], numbers[i - 1]);
        }
        return numbers;
    }

    private static List<Long> boxed(long[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
