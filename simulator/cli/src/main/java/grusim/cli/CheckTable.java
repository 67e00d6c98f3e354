package grusim.cli;

import grusim.result.proof.CheckResult;
import grusim.result.text.Ink;
import grusim.workload.Expectation.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final int VERDICT = 12;
    private static final int STATES = 14;
    private static final int TIME = 9;

    private final List<Row> rows = new ArrayList<>();
    private final List<Row> group = new ArrayList<>();
    private final int scenarios;
    private final Ink ink;

    /** A table of scenarios whose names have at most so many characters, with colours or without. */
    CheckTable(int scenarios, boolean colours) {
        this.scenarios = scenarios;
        this.ink = colours ? Ink.ANSI : Ink.PLAIN;
    }

    /** The first line. */
    String header() {
        return line("scenario", List.of("sc", "tso", "relaxed"), "states", "time", "settings", true);
    }

    /** Adds a check to those of the same scenario and settings. */
    void add(Row row) {
        rows.add(row);
        group.add(row);
    }

    /** The line of the checks added since the last one, which are all of one scenario and settings. */
    String line() {
        List<String> verdicts = new ArrayList<>(List.of("-", "-", "-"));
        long states = 0;
        double seconds = 0;
        boolean agree = true;
        for (Row row : group) {
            verdicts.set(MODELS.indexOf(row.model), word(row) + (row.agrees() ? "" : " (!)"));
            states += row.result.states();
            seconds += row.seconds;
            agree &= row.agrees();
        }
        Row first = group.get(0);
        group.clear();
        return line(
                first.scenario,
                verdicts,
                String.format(Locale.ROOT, "%,d", states),
                String.format(Locale.ROOT, "%.1f s", seconds),
                first.settings,
                agree);
    }

    private String line(
            String scenario, List<String> verdicts, String states, String time, String settings, boolean agree) {
        StringBuilder line = new StringBuilder(padded(scenario, scenarios));
        verdicts.forEach(verdict -> line.append("  ").append(padded(verdict, VERDICT)));
        line.append(" ".repeat(Math.max(1, STATES - states.length()))).append(states);
        line.append(" ".repeat(Math.max(1, TIME - time.length()))).append(time);
        String text = line.append("  ").append(settings).toString().stripTrailing();
        return agree ? text : ink.bad(text);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String word(Row row) {
        return row.decided() ? row.result.verdict().word() : "bounded";
    }

    /** What differs, in words, with the counterexample if there is one; and whether anything does. */
    String summary(int columns, boolean colours) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (!row.agrees()) {
                text.append('\n').append(ink.bad(difference(row))).append('\n');
                if (row.result.counterexample() != null) {
                    text.append(CheckText.verdict(row.result, false, columns, colours))
                            .append('\n');
                }
            }
        }
        long differing = rows.stream().filter(row -> !row.agrees()).count();
        String checks = rows.size() == 1 ? "1 check" : rows.size() + " checks";
        return text.append('\n')
                .append(
                        differing == 0
                                ? ink.good(checks + ", all as claimed")
                                : ink.bad(checks + ", " + differing + " not as claimed"))
                .toString();
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
