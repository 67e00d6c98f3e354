package grusim.result.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The boxes of a timeline from top to bottom, each below all boxes before it: the lanes' heads, what holds from the start,
 * the runs with the words of missing orders between them, the violation. Where they stand from left to right is not known
 * here. Pixels.
 */
final class Stack {
    static final int GAP = 16;

    private static final int NARROWEST = 150;
    private static final int WIDE = 224;
    private static final int NARROWEST_WHOLE = 520;
    private static final int CALLOUT = 330;
    private static final int ABOVE_ROUTINE = 4;

    private final Counterexample proof;
    private final Story story;
    private final int lanes;
    private final int indent;
    private final int[] widths;
    private final int span;
    private final List<Block> heads = new ArrayList<>();
    private final List<Block> runs = new ArrayList<>();
    private final List<Block> callouts = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private final Optional<Block> initially;
    private final Block violation;
    private int y;

    Stack(Counterexample proof, Story story, Detail detail) {
        this.proof = proof;
        this.story = story;
        lanes = proof.lanes().size();
        List<Story.Run> told = story.runs(detail);
        String widest = Integer.toString(Math.max(10, proof.steps().size()));
        indent = Face.STRONG.width(widest) + 2 * Block.PAD;
        widths = laneWidths(told);
        int sum = (lanes - 1) * new Gutters(lanes, List.of()).width(1);
        for (int width : widths) {
            sum += width;
        }
        span = sum;
        stackHeads();
        initially = stackInitially();
        for (Story.Run run : told) {
            stack(run);
        }
        violation = stackViolation();
    }

    /** How wide a lane is. */
    int width(int lane) {
        return widths[lane];
    }

    List<Block> heads() {
        return heads;
    }

    /** What racing steps read as it was from the start, if any do. */
    Optional<Block> initially() {
        return initially;
    }

    List<Block> runs() {
        return runs;
    }

    /** The words of the missing orders. */
    List<Block> callouts() {
        return callouts;
    }

    /** The missing orders in the order of their words. */
    List<Missing> missing() {
        return missing;
    }

    Block violation() {
        return violation;
    }

    int height() {
        return y;
    }

    /** The band of a step that is not folded. */
    Block.Band band(int step) {
        for (Block run : runs) {
            Block.Band band = run.bands().get(step);
            if (band != null) {
                return band;
            }
        }
        throw new AssertionError("step " + step + " is folded");
    }

    private int[] laneWidths(List<Story.Run> runs) {
        int most = Math.max(WIDE, 330 - 30 * lanes);
        int[] wide = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            wide[lane] = Math.max(
                    NARROWEST, Face.STRONG.width(proof.lanes().get(lane).name()) + 2 * Block.PAD);
        }
        for (Story.Run run : runs) {
            for (Story.Line line : run.lines()) {
                wide[run.lane()] =
                        Math.max(wide[run.lane()], line.folded() ? 0 : Block.natural(line.first(), story, indent));
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            wide[lane] = Math.max(Math.min(wide[lane], most), NARROWEST_WHOLE / lanes);
        }
        return wide;
    }

    private void stackHeads() {
        int bottom = 0;
        for (int lane = 0; lane < lanes; lane++) {
            Block head = new Block(lane, widths[lane], 0, 0);
            head.text(Face.STRONG, "ink", proof.lanes().get(lane).name());
            if (!proof.lanes().get(lane).role().isEmpty()) {
                head.text(Face.SMALL, "faint", proof.lanes().get(lane).role());
            }
            head.close();
            heads.add(head);
            bottom = Math.max(bottom, head.bottom());
        }
        for (Block head : heads) {
            head.space(bottom - head.bottom());
        }
        y = bottom + GAP;
    }

    private Optional<Block> stackInitially() {
        Map<String, String> values = story.initially();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        values.forEach((what, value) -> texts.add(what + ": " + value));
        Block block = new Block(0, span, 0, y);
        block.text(Face.MONO, "faint", "initially  " + String.join(",  ", texts));
        block.close();
        y = block.bottom() + GAP;
        return Optional.of(block);
    }

    /** Puts a run into boxes: one, or several with the words of missing orders between them. */
    private void stack(Story.Run run) {
        Block block = new Block(run.lane(), widths[run.lane()], indent, y);
        block.text(Face.SMALL_STRONG, "faint", proof.lanes().get(run.lane()).name());
        String routine = "";
        boolean open = true;
        for (Story.Line line : run.lines()) {
            Step step = line.first();
            if (!open) {
                block = new Block(run.lane(), widths[run.lane()], indent, y);
                open = true;
            }
            if (line.folded()) {
                block.folded(line.steps());
            } else {
                if (!routine.equals(step.routine())) {
                    block.space(routine.isEmpty() ? 0 : ABOVE_ROUTINE);
                    block.text(Face.SMALL, "routine", step.routine());
                    routine = step.routine();
                }
                boolean last = step.number() == proof.steps().size();
                block.step(step, story, last ? "violates " + Words.point(proof.finding()) : "");
            }
            List<Missing> below = proof.missing().stream()
                    .filter(order -> Math.min(order.earlier(), order.later()) == step.number())
                    .toList();
            if (!below.isEmpty()) {
                end(block);
                open = false;
                below.forEach(this::callout);
            }
        }
        if (open) {
            end(block);
        }
    }

    private void end(Block block) {
        block.close();
        runs.add(block);
        y = block.bottom() + GAP;
    }

    private void callout(Missing order) {
        Block block = new Block(0, Math.min(CALLOUT, span), 0, y);
        block.text(Face.STRONG, "redtext", Words.missing(order));
        block.text(Face.TEXT, "ink", order.sentence());
        block.text(Face.SMALL, "faint", "step " + order.earlier() + " before step " + order.later());
        block.close();
        callouts.add(block);
        missing.add(order);
        y = block.bottom() + GAP;
    }

    private Block stackViolation() {
        Finding finding = proof.finding();
        Block block = new Block(0, span, 0, y);
        block.text(Face.STRONG, "redtext", "VIOLATED: " + Words.point(finding));
        for (String line : finding.sentence().split("\n", -1)) {
            block.text(Face.TEXT, "ink", line);
        }
        if (!finding.first().isEmpty()) {
            block.text(Face.TEXT, "ink", "first: " + finding.first());
        }
        if (!finding.second().isEmpty()) {
            block.text(Face.TEXT, "ink", "second: " + finding.second());
        }
        block.close();
        y = block.bottom();
        return block;
    }
}
