package grusim.result.proof;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What matters in a counterexample. A step is <em>shared</em> if it touches state that another lane touches too, one of
 * the two writing. It is <em>racing</em> if it is an end of a missing order, the last step, a load that returned an old
 * value, or the write whose value such a step read or missed. Other steps may be folded, unless a note says something
 * about them.
 */
final class Story {
    /** One line of a run: a step, or several folded into one. */
    record Line(List<Step> steps) {
        boolean folded() {
            return steps.size() > 1;
        }

        Step first() {
            return steps.get(0);
        }
    }

    /** Steps of one lane with no other lane's step between them. */
    record Run(int lane, List<Line> lines) {}

    /** A value's way from the step that wrote it (0: it was there from the start) to one that read it, or did not see it. */
    record Flow(int from, int to, boolean seen) {}

    private final Counterexample proof;
    private final BitSet shared = new BitSet();
    private final BitSet racing = new BitSet();
    private final BitSet ends = new BitSet();
    private final List<Flow> flows = new ArrayList<>();

    Story(Counterexample proof) {
        this.proof = proof;
        findShared();
        for (Missing order : proof.missing()) {
            ends.set(order.earlier());
            ends.set(order.later());
        }
        racing.or(ends);
        if (!proof.steps().isEmpty()) {
            racing.set(proof.steps().size());
        }
        for (Step step : proof.steps()) {
            Touch touch = step.touch();
            if (touch != null && touch.reads() && (touch.old() || racing.get(step.number()))) {
                follow(step, touch);
            }
        }
        for (Flow flow : flows) {
            racing.set(flow.to());
            if (flow.from() > 0) {
                racing.set(flow.from());
            }
        }
    }

    private void findShared() {
        Map<String, BitSet> readers = new HashMap<>();
        Map<String, BitSet> writers = new HashMap<>();
        for (Step step : proof.steps()) {
            Touch touch = step.touch();
            if (touch != null) {
                (touch.writes() ? writers : readers)
                        .computeIfAbsent(touch.what(), what -> new BitSet())
                        .set(step.lane());
            }
        }
        for (Step step : proof.steps()) {
            Touch touch = step.touch();
            BitSet writing = touch == null ? null : writers.get(touch.what());
            if (touch != null && writing != null) {
                BitSet touching = (BitSet) writing.clone();
                touching.or(readers.getOrDefault(touch.what(), new BitSet()));
                shared.set(step.number(), touching.cardinality() > 1);
            }
        }
    }

    /** Notes where a value came from that decides the story, and which newer one was not seen. */
    private void follow(Step step, Touch touch) {
        int from = touch.writtenAt();
        boolean ours = from > 0 && proof.step(from).lane() == step.lane();
        if (from > 0 ? !ours : touch.old()) {
            flows.add(new Flow(from, step.number(), true));
        }
        if (touch.old()) {
            int newest = newestWrite(step);
            if (newest > from) {
                flows.add(new Flow(newest, step.number(), false));
            }
        }
    }

    private int newestWrite(Step step) {
        for (int number = step.number() - 1; number > 0; number--) {
            Touch touch = proof.step(number).touch();
            if (touch != null
                    && touch.writes()
                    && step.touch() != null
                    && touch.what().equals(step.touch().what())) {
                return number;
            }
        }
        return 0;
    }

    boolean racing(Step step) {
        return racing.get(step.number());
    }

    /** Whether the step read an old value. */
    boolean old(Step step) {
        return step.touch() != null && step.touch().old();
    }

    /** Whether the step touches state that another lane touches too. */
    boolean shared(Step step) {
        return shared.get(step.number());
    }

    /** Number of the step that wrote the newest value an old load did not return; 0 if no step shown did. */
    int missedBy(Step step) {
        for (Flow flow : flows) {
            if (flow.to() == step.number() && !flow.seen()) {
                return flow.from();
            }
        }
        return 0;
    }

    /** Number of the step of another lane that wrote what this step reads; 0 if there is none or its way is shown. */
    int elsewhere(Step step) {
        Touch touch = step.touch();
        int from = touch == null || !touch.reads() ? 0 : touch.writtenAt();
        boolean plain = from == 0
                || proof.step(from).lane() == step.lane()
                || flows.contains(new Flow(from, step.number(), true));
        return plain ? 0 : from;
    }

    /** The values whose ways decide the story, in the order of the steps that read them. */
    List<Flow> flows() {
        return flows;
    }

    /** The states that a racing step reads as they were from the start, with their values. */
    Map<String, String> initially() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Step step : proof.steps()) {
            Touch touch = step.touch();
            if (touch != null && touch.reads() && !touch.read().isEmpty() && touch.writtenAt() == 0 && racing(step)) {
                values.putIfAbsent(touch.what(), touch.read());
            }
        }
        return values;
    }

    /** The runs in order, with what is not to be shown folded. */
    List<Run> runs(Detail detail) {
        List<Run> runs = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<Step> quiet = new ArrayList<>();
        for (Step step : proof.steps()) {
            if (step.number() > 1 && proof.step(step.number() - 1).lane() != step.lane()) {
                flush(quiet, lines);
                runs.add(new Run(proof.step(step.number() - 1).lane(), List.copyOf(lines)));
                lines.clear();
            }
            if (shown(step, detail)) {
                flush(quiet, lines);
                lines.add(new Line(List.of(step)));
            } else {
                quiet.add(step);
            }
        }
        flush(quiet, lines);
        if (!lines.isEmpty()) {
            runs.add(new Run(lines.get(0).first().lane(), List.copyOf(lines)));
        }
        return runs;
    }

    private boolean shown(Step step, Detail detail) {
        return detail == Detail.ALL
                || racing(step)
                || !step.note().isEmpty()
                || (detail == Detail.SHARED && shared(step));
    }

    private static void flush(List<Step> quiet, List<Line> lines) {
        if (!quiet.isEmpty()) {
            lines.add(new Line(List.copyOf(quiet)));
            quiet.clear();
        }
    }
}
