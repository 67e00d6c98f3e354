package grusim.result.proof;

import grusim.result.proof.Scene.Area;
import grusim.result.proof.Scene.Box;
import grusim.result.proof.Scene.End;
import grusim.result.proof.Scene.Label;
import grusim.result.proof.Scene.Point;
import grusim.result.proof.Scene.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of a counterexample: lanes are columns, time runs down, each run of a lane is a box of its own below all
 * boxes before it. So nothing stands beside a step, and what connects steps runs sideways at their heights and down the
 * gutters between the lanes. Texts are wrapped to the lanes, the words of a missing order stand right after the upper of
 * its two steps. Pixels; places depend on the counterexample only.
 */
final class Timeline {
    private static final int GAP = 16;
    private static final int NARROWEST = 150;
    private static final int WIDE = 224;
    private static final int NARROWEST_WHOLE = 520;
    private static final int CALLOUT = 330;
    private static final int PORT = 7;
    private static final int FAR = 1_000_000;
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
    private final List<Arrow> arrows = new ArrayList<>();
    private final Optional<Block> initially;
    private final Block violation;
    private final Gutters gutters;
    private final List<Scene.Shape> shapes = new ArrayList<>();
    private int y;

    private Timeline(Counterexample proof, Detail detail) {
        this.proof = proof;
        story = new Story(proof);
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
        connect();
        gutters = new Gutters(lanes, spans());
    }

    /** The picture without a frame around it. */
    static Scene of(Counterexample proof, Detail detail) {
        return new Timeline(proof, detail).scene();
    }

    // ---- from top to bottom ----

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
        y = block.bottom() + GAP;
        Step earlier = proof.step(order.earlier());
        arrows.add(Arrow.between("missing", earlier, proof.step(order.later()), End.ARROW));
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

    // ---- arrows ----

    private void connect() {
        for (Story.Flow flow : story.flows()) {
            Step to = proof.step(flow.to());
            boolean old = to.touch() != null && to.touch().old();
            String css = !flow.seen() ? "unseen" : old ? "stale" : "flow";
            End end = flow.seen() ? End.ARROW : End.CROSS;
            arrows.add(
                    flow.from() == 0
                            ? Arrow.fromStart(css, to, end)
                            : Arrow.between(css, proof.step(flow.from()), to, end));
        }
    }

    private List<Gutters.Span> spans() {
        List<Gutters.Span> spans = new ArrayList<>();
        for (int i = 0; i < arrows.size(); i++) {
            Arrow arrow = arrows.get(i);
            int a = arrow.from() == 0 ? startY() : band(arrow.from()).middle();
            int b = band(arrow.to()).middle();
            spans.add(new Gutters.Span(i, arrow.gutter(), Math.min(a, b), Math.max(a, b)));
        }
        return spans;
    }

    private int startY() {
        return initially.map(Block::bottom).orElse(0);
    }

    private int leaveY(int arrow) {
        Arrow a = arrows.get(arrow);
        return a.from() == 0 ? startY() : portY(arrow, a.from(), a.leavesRight());
    }

    private int enterY(int arrow) {
        return portY(arrow, arrows.get(arrow).to(), arrows.get(arrow).entersRight());
    }

    /**
     * The height at which an arrow meets a step's band. Arrows on the same side share it out so that they do not cross:
     * those that go up above those that go down, and of those that go up the one on the nearest track first.
     */
    private int portY(int arrow, int step, boolean right) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < arrows.size(); i++) {
            Arrow a = arrows.get(i);
            if ((a.from() == step && a.leavesRight() == right) || (a.to() == step && a.entersRight() == right)) {
                ports.add(i);
            }
        }
        int lane = proof.step(step).lane();
        int side = right ? laneX(lane) + widths[lane] : laneX(lane);
        ports.sort(Comparator.comparingInt(i -> {
            Arrow a = arrows.get(i);
            int away = Math.abs(trackX(i) - side);
            return (a.from() == step ? a.to() : a.from()) < step ? away - FAR : FAR - away;
        }));
        Block.Band band = band(step);
        int apart = Math.max(1, Math.min(PORT, (band.height() - 4) / Math.max(1, ports.size() - 1)));
        return band.middle() + (2 * ports.indexOf(arrow) - ports.size() + 1) * apart / 2;
    }

    private Block.Band band(int step) {
        for (Block run : runs) {
            Block.Band band = run.bands().get(step);
            if (band != null) {
                return band;
            }
        }
        throw new AssertionError("step " + step + " is folded");
    }

    // ---- from left to right ----

    private int gutterX(int gutter) {
        int x = 0;
        for (int lane = 0; lane < gutter; lane++) {
            x += gutters.width(lane) + widths[lane];
        }
        return x;
    }

    private int laneX(int lane) {
        return gutterX(lane) + gutters.width(lane);
    }

    private int trackX(int arrow) {
        return gutterX(arrows.get(arrow).gutter()) + gutters.track(arrow);
    }

    private Scene scene() {
        int whole = gutterX(lanes) + gutters.width(lanes);
        for (Block head : heads) {
            int middle = laneX(head.lane()) + widths[head.lane()] / 2;
            shapes.add(new Route(
                    "life", List.of(new Point(middle, head.bottom()), new Point(middle, violation.top())), End.NONE));
        }
        for (int i = 0; i < arrows.size(); i++) {
            shapes.add(route(i));
        }
        if (!runs.isEmpty()) {
            Block last = runs.get(runs.size() - 1);
            int middle = laneX(last.lane()) + widths[last.lane()] / 2;
            shapes.add(new Route(
                    "fatal", List.of(new Point(middle, last.bottom()), new Point(middle, violation.top())), End.ARROW));
        }
        heads.forEach(head -> place(head, "head", laneX(head.lane()), head.width()));
        initially.ifPresent(block -> place(block, "initial", 0, whole));
        runs.forEach(run -> place(run, "run", laneX(run.lane()), run.width()));
        for (int i = 0; i < callouts.size(); i++) {
            // the arrows of missing orders come first, in the order of their words
            int width = callouts.get(i).width();
            place(callouts.get(i), "callout", Math.max(0, Math.min(whole - width, trackX(i) - width / 2)), width);
        }
        place(violation, "violation", 0, whole);
        List<Integer> cuts = new ArrayList<>();
        runs.forEach(run -> cuts.add(run.top() - GAP / 2));
        return new Scene(whole, y, List.copyOf(shapes), List.copyOf(cuts));
    }

    private Route route(int index) {
        Arrow arrow = arrows.get(index);
        int track = trackX(index);
        int leave = leaveY(index);
        int enter = enterY(index);
        List<Point> points = new ArrayList<>();
        if (arrow.from() > 0) {
            points.add(new Point(side(arrow.from(), arrow.leavesRight()), leave));
        }
        points.add(new Point(track, leave));
        points.add(new Point(track, enter));
        points.add(new Point(side(arrow.to(), arrow.entersRight()), enter));
        return new Route(arrow.css(), List.copyOf(points), arrow.end());
    }

    private int side(int step, boolean right) {
        int lane = proof.step(step).lane();
        return laneX(lane) + (right ? widths[lane] : 0);
    }

    private void place(Block block, String css, int x, int width) {
        shapes.add(new Area(css, new Box(x, block.top(), width, block.bottom() - block.top())));
        for (Block.Band band : block.bands().values()) {
            if (!band.css().equals("quiet")) {
                shapes.add(new Area(band.css(), new Box(x + 3, band.y() + 1, width - 6, band.height() - 2)));
            }
        }
        for (Block.Piece piece : block.pieces()) {
            shapes.add(new Label(piece.face(), piece.css(), x + piece.dx(), piece.baseline(), piece.text()));
        }
    }
}
