package grusim.run.check;

import grusim.contract.Deed;
import grusim.contract.Invariant;
import grusim.contract.Violation;
import grusim.result.proof.Finding;
import grusim.result.proof.Missing;
import grusim.run.Scenario;
import java.util.List;
import java.util.Optional;

/** What is wrong at the end of a recording, in words. */
final class FindingWords {
    private static final int PROGRESS = 5;

    private final Recording recording;
    private final Optional<Violation> violation;

    FindingWords(Recording recording) {
        this.recording = recording;
        violation = recording.violation() == null ? Optional.empty() : found(recording.scenario());
    }

    private static Optional<Violation> found(Scenario scenario) {
        Optional<Violation> first = scenario.firstViolation();
        return first.isPresent() ? first : scenario.standstill();
    }

    /** The finding; of point 0 if nothing is wrong. */
    Finding finding() {
        return violation
                .map(found -> new Finding(
                        Integer.parseInt(found.invariant().point()),
                        found.invariant().sentence(),
                        deed(found.first()),
                        deed(found.second())))
                .orElseGet(this::standstill);
    }

    private Finding standstill() {
        String waits = recording.violation();
        return waits == null
                ? new Finding(0, "nothing is wrong", "", "")
                : new Finding(PROGRESS, recording.words().names().translate(waits.strip()), "", "");
    }

    private String deed(Deed deed) {
        String at = step(deed) == 0 ? "" : " (step " + step(deed) + ")";
        return recording.words().names().translate(deed.agent() + " " + deed.what()) + at;
    }

    /** The step of a deed, or 0 if it was done before the first. */
    private int step(Deed deed) {
        return (int) Math.min(deed.atPs(), recording.steps().size());
    }

    /** The order of the two deeds that a violation is about; empty if one of them is no step. */
    List<Missing> order() {
        if (violation.isEmpty()) {
            return List.of();
        }
        int first = step(violation.get().first());
        int second = step(violation.get().second());
        if (first == 0 || second == 0 || first == second) {
            return List.of();
        }
        return List.of(new Missing(second, first, "", sentence(violation.get().invariant())));
    }

    private static String sentence(Invariant invariant) {
        return switch (invariant) {
            case FRAME_ACCESSED_AFTER_FREE ->
                "the access had to come before the frame's free, or its translation had to be gone by then";
            case STALE_ENTRY -> "the use of the entry read had to come before its clear, or not happen";
            case TABLE_READ_AFTER_FREE -> "the walk's read of the table had to come before its free, or not happen";
            case USED_AFTER_END -> "the use had to come before the end, or not happen";
            case UNLOADED_WITH_FAULT -> "the context had to go before the fault, or wait for its answer";
            case TRAFFIC_UNLOADED -> "the access had to come before the context was unloaded";
            case CONTENT -> "the load had to come before the store, or return what it wrote";
            default -> "the later of the two had to come first, or not happen";
        };
    }
}
