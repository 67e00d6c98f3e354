package grusim.cli;

import grusim.result.proof.CheckResult;
import grusim.result.text.Ink;
import grusim.workload.Expectation.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdicts of many checks against what was claimed of them, for people and for programs. */
final class CheckTable {
    private static final List<String> MODELS = List.of("sc", "tso", "relaxed");

    /** One check. */
    record Row(
            String scenario,
            String settings,
            String model,
            CheckResult result,
            Claim claim,
            String why,
            double seconds) {
        /** Whether the verdict is final. */
        boolean decided() {
            return switch (result.verdict()) {
                case SAFE, VIOLATED -> true;
                case WITHIN_BOUNDS, INTERRUPTED -> false;
            };
        }

        boolean agrees() {
            return decided() && expected().equals(result.verdict().word());
        }

        String expected() {
            return claim.name().toLowerCase(Locale.ROOT);
        }

        int exitCode() {
            if (agrees()) {
                return ExitCode.DONE;
            }
            return decided() ? ExitCode.VIOLATED : ExitCode.BOUNDED;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
    }

    /** A line for each scenario and setting, and what differs in words, with the counterexample if there is one. */
    String text(int columns, boolean colours) {
        Ink ink = colours ? Ink.ANSI : Ink.PLAIN;
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"scenario", "sc", "tso", "relaxed", "states", "time", "settings"});
        Map<String, List<Row>> grouped = new LinkedHashMap<>();
        rows.forEach(row -> grouped.computeIfAbsent(row.scenario + "\n" + row.settings, key -> new ArrayList<>())
                .add(row));
        grouped.values().forEach(group -> lines.add(line(group)));
        StringBuilder text = new StringBuilder();
        int[] widths = new int[lines.get(0).length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < line.length; i++) {
                boolean number = i == 4 || i == 5;
                String pad = " ".repeat(widths[i] - line[i].length());
                row.append(number ? pad + line[i] : line[i] + pad).append("  ");
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        rows.stream()
                .filter(row -> !row.agrees())
                .forEach(row -> text.append('\n')
                        .append(ink.bad(difference(row)))
                        .append('\n')
                        .append(
                                row.result.counterexample() == null
                                        ? ""
                                        : CheckText.verdict(row.result, false, columns, colours) + "\n"));
        long differing = rows.stream().filter(row -> !row.agrees()).count();
        return text.append('\n')
                .append(
                        differing == 0
                                ? ink.good(rows.size() + " checks, all as claimed")
                                : ink.bad(rows.size() + " checks, " + differing + " not as claimed"))
                .toString();
    }

    private static String[] line(List<Row> group) {
        String[] line = {group.get(0).scenario, "-", "-", "-", "", "", group.get(0).settings};
        long states = 0;
        double seconds = 0;
        for (Row row : group) {
            line[1 + MODELS.indexOf(row.model)] = row.result.verdict().word() + (row.agrees() ? "" : " (!)");
            states += row.result.states();
            seconds += row.seconds;
        }
        line[4] = String.format(Locale.ROOT, "%,d", states);
        line[5] = String.format(Locale.ROOT, "%.1f s", seconds);
        return line;
    }

    private static String difference(Row row) {
        return CheckText.name(row.result) + ": expected " + row.expected() + ", found "
                + row.result.verdict().word() + (row.decided() ? "" : " (" + row.result.reached() + ")")
                + "; the claim: " + row.why;
    }

    /** Everything but times, as a JSON document. */
    String json() {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (Row row : rows) {
            ObjectNode tree = array.addObject();
            tree.put("scenario", row.scenario);
            ArrayNode settings = tree.putArray("settings");
            row.result.settings().forEach(settings::add);
            tree.put("memoryModel", row.model);
            tree.put("verdict", row.result.verdict().word());
            tree.put("expected", row.expected());
            tree.put("agrees", row.agrees());
            tree.put("states", row.result.states());
            tree.put("transitions", row.result.transitions());
            tree.put("schedules", row.result.schedules());
            tree.put("replay", row.result.replay().isEmpty() ? null : row.result.replay());
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(array) + "\n";
    }
}
