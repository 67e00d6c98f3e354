package grusim.run.check;

import grusim.contract.Deed;
import grusim.contract.Violation;
import grusim.engine.Cpu;
import grusim.result.proof.Finding;
import grusim.result.proof.Missing;
import grusim.run.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong at the end of a recording, in words. */
final class FindingWords {
    private static final int PROGRESS = 5;

    private static final Pattern TABLE = Pattern.compile("page-table page (\\d+)");
    private static final Pattern AT = Pattern.compile(" at (\\d+) ps");

    private final Recording recording;
    private final List<Played> steps;
    private final @Nullable Violation violation;

    FindingWords(Recording recording) {
        this.recording = recording;
        steps = recording.steps();
        violation = recording.violation() == null ? null : found(recording.scenario());
    }

    private static @Nullable Violation found(Scenario scenario) {
        Optional<Violation> first = scenario.firstViolation();
        if (first.isPresent()) {
            return first.get();
        }
        // of several that sleep, a CPU is the one to tell of
        List<String> cpus = scenario.cpus().values().stream().map(Cpu::name).toList();
        List<Violation> all = scenario.standstill();
        return all.stream()
                .filter(each -> cpus.contains(each.first().agent()))
                .findFirst()
                .orElse(all.isEmpty() ? null : all.get(0));
    }

    /** The finding; of point 0 if nothing is wrong. */
    Finding finding() {
        if (violation != null) {
            return new Finding(
                    Integer.parseInt(violation.invariant().point()),
                    violation.invariant().sentence(),
                    deed(violation.first()),
                    deed(violation.second()));
        }
        String waits = recording.violation();
        return waits == null
                ? new Finding(0, "nothing is wrong", "", "")
                : new Finding(PROGRESS, recording.words().translate(waits.strip()), "", "");
    }

    private String deed(Deed deed) {
        String at = step(deed) == 0 ? "" : " (step " + step(deed) + ")";
        String what = AT.matcher(deed.agent() + " " + deed.what()).replaceAll(" in step $1");
        return TABLE.matcher(recording.words().translate(what))
                        .replaceAll(table -> recording.words().table(Long.parseLong(table.group(1))))
                + at;
    }

    /** The step of a deed, or 0 if it was done before the first. */
    private int step(Deed deed) {
        return (int) Math.min(Math.max(0, deed.atPs()), steps.size());
    }

    /** The order that the violation is about; empty if one of its ends is no step. */
    List<Missing> order() {
        if (violation == null) {
            return List.of();
        }
        ViolatedOrder order = new ViolatedOrder(steps);
        return order.of(violation.invariant(), step(violation.first()), step(violation.second()));
    }
}
