package grusim.result.proof;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The phrases that all ways of showing a counterexample share. */
final class Words {
    private static final int NAMED_ONE_BY_ONE = 4;

    private Words() {}

    /** What was violated and under what, as one sentence. */
    static String verdict(Counterexample proof) {
        return "violated under " + proof.model() + " in " + length(proof);
    }

    /** How many steps and switches there are. */
    static String length(Counterexample proof) {
        return count(proof.steps().size(), "step") + ", "
                + count(proof.switches(), "context switch", "context switches");
    }

    /** The point of the contract. */
    static String point(Finding finding) {
        return "point " + finding.point();
    }

    /** The access with its values, for example {@code updates range count: 1 -> 0}. */
    static String access(Touch touch, String arrow) {
        String values = touch.read().isEmpty() || touch.written().isEmpty()
                ? touch.read() + touch.written()
                : touch.read() + " " + arrow + " " + touch.written();
        return touch.kind().verb() + " " + touch.what() + (values.isEmpty() ? "" : ": " + values);
    }

    /** What an old load did not see; empty if the load was up to date. */
    static String old(Touch touch, int missed) {
        if (touch.newest() == null) {
            return "";
        }
        return "OLD: it is " + touch.newest() + (missed == 0 ? "" : " since step " + missed);
    }

    /** What was missing, in two or three words. */
    static String missing(Missing order) {
        return "MISSING " + (order.kind().isEmpty() ? "order" : order.kind());
    }

    /** Steps folded into one: a few are named one by one, many by their routines. */
    static String folded(List<Step> steps) {
        Set<String> names = new LinkedHashSet<>();
        for (Step step : steps) {
            names.add(steps.size() <= NAMED_ONE_BY_ONE ? step.text() : step.routine());
        }
        return "... " + count(steps.size(), "step") + ": " + String.join("; ", names);
    }

    private static String count(long count, String one) {
        return count(count, one, one + "s");
    }

    private static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
