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

/**
 * The layout of a counterexample: lanes are columns, time runs down, each run of a lane is a box of its own below all
 * boxes before it. So nothing stands beside a step, and what connects steps runs sideways at their heights and down the
 * gutters between the lanes. Texts are wrapped to the lanes, the words of a missing order stand right after the upper of
 * its two steps. Pixels; places depend on the counterexample only.
 */
final class Timeline {
    private static final int PORT = 12;
    private static final int FAR = 1_000_000;

    private final Counterexample proof;
    private final Story story;
    private final Stack stack;
    private final List<Arrow> arrows = new ArrayList<>();
    private final Gutters gutters;
    private final List<Scene.Shape> shapes = new ArrayList<>();

    private Timeline(Counterexample proof, Detail detail) {
        this.proof = proof;
        story = new Story(proof);
        stack = new Stack(proof, story, detail);
        connect();
        gutters = new Gutters(proof.lanes().size(), spans());
    }

    /** The picture without a frame around it. */
    static Scene of(Counterexample proof, Detail detail) {
        return new Timeline(proof, detail).scene();
    }

    // ---- arrows ----

    /** Missing orders first, in the order of their words. */
    private void connect() {
        for (Missing order : stack.missing()) {
            Step earlier = proof.step(order.earlier());
            arrows.add(Arrow.between("missing", earlier, proof.step(order.later()), End.ARROW));
        }
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
            int a = arrow.from() == 0 ? startY() : stack.band(arrow.from()).middle();
            int b = stack.band(arrow.to()).middle();
            spans.add(new Gutters.Span(i, arrow.gutter(), Math.min(a, b), Math.max(a, b)));
        }
        return spans;
    }

    private int startY() {
        return stack.initially().map(Block::bottom).orElse(0);
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
        int side = right ? laneX(lane) + stack.width(lane) : laneX(lane);
        ports.sort(Comparator.comparingInt(i -> {
            Arrow a = arrows.get(i);
            int away = Math.abs(trackX(i) - side);
            return (a.from() == step ? a.to() : a.from()) < step ? away - FAR : FAR - away;
        }));
        Block.Band band = stack.band(step);
        int apart = Math.max(1, Math.min(PORT, (band.height() - 4) / Math.max(1, ports.size() - 1)));
        return band.middle() + (2 * ports.indexOf(arrow) - ports.size() + 1) * apart / 2;
    }

    // ---- from left to right ----

    private int gutterX(int gutter) {
        int x = 0;
        for (int lane = 0; lane < gutter; lane++) {
            x += gutters.width(lane) + stack.width(lane);
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
        int whole = laneX(proof.lanes().size());
        for (Block head : stack.heads()) {
            int middle = laneX(head.lane()) + head.width() / 2;
            shapes.add(new Route(
                    "life",
                    List.of(
                            new Point(middle, head.bottom()),
                            new Point(middle, stack.violation().top())),
                    End.NONE));
        }
        for (int i = 0; i < arrows.size(); i++) {
            shapes.add(route(i));
        }
        if (!stack.runs().isEmpty()) {
            Block last = stack.runs().get(stack.runs().size() - 1);
            int middle = laneX(last.lane()) + last.width() / 2;
            shapes.add(new Route(
                    "fatal",
                    List.of(
                            new Point(middle, last.bottom()),
                            new Point(middle, stack.violation().top())),
                    End.ARROW));
        }
        stack.heads().forEach(head -> place(head, "head", laneX(head.lane()), head.width()));
        stack.initially().ifPresent(block -> place(block, "initial", 0, whole));
        stack.runs().forEach(run -> place(run, "run", laneX(run.lane()), run.width()));
        for (int i = 0; i < stack.callouts().size(); i++) {
            int width = stack.callouts().get(i).width();
            place(
                    stack.callouts().get(i),
                    "callout",
                    Math.max(0, Math.min(whole - width, trackX(i) - width / 2)),
                    width);
        }
        place(stack.violation(), "violation", 0, whole);
        List<Integer> cuts = new ArrayList<>();
        stack.runs().forEach(run -> cuts.add(run.top() - Stack.GAP / 2));
        return new Scene(whole, stack.height(), List.copyOf(shapes), List.copyOf(cuts));
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
        return laneX(lane) + (right ? stack.width(lane) : 0);
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
