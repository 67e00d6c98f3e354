package grusim.result.proof;

import grusim.result.page.Markup;
import grusim.result.proof.Scene.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * A counterexample as one self-contained SVG on white paper: title, lanes as columns with numbered steps, the ways of racing
 * values, the missing order, the violation, a legend and the command that replays it. Same input, same bytes.
 */
public final class TimelineSvg {
    private static final int MARGIN = 20;
    private static final int GAP = 12;

    private final List<Scene.Shape> shapes = new ArrayList<>();
    private final int width;
    private int y;

    private TimelineSvg(int width) {
        this.width = width;
    }

    /** The picture with that much of the steps. */
    public static String render(Counterexample proof, Detail detail) {
        Scene timeline = Timeline.of(proof, detail);
        TimelineSvg svg = new TimelineSvg(timeline.width());
        StringBuilder body = new StringBuilder();
        svg.text(Face.TITLE, "ink", proof.scenario());
        svg.text(Face.TEXT, "ink", Words.verdict(proof));
        for (String setting : proof.settings()) {
            svg.text(Face.MONO, "faint", setting);
        }
        svg.y += GAP;
        Strokes.append(body, timeline.shapes(), MARGIN, MARGIN + svg.y);
        svg.y += timeline.height() + GAP;
        svg.y += Legend.append(body, timeline, MARGIN, MARGIN + svg.y) + GAP;
        if (!proof.replay().isEmpty()) {
            svg.text(Face.SMALL, "faint", "replay:");
            svg.text(Face.MONO, "ink", proof.replay());
        }
        Strokes.append(body, svg.shapes, MARGIN, MARGIN);
        int whole = svg.width + 2 * MARGIN;
        int height = svg.y + 2 * MARGIN;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                        .formatted(whole, height, whole, height)
                + "<title>" + Markup.text(proof.scenario() + " " + Words.verdict(proof)) + "</title>\n"
                + "<style>\n" + Sheet.plain() + "</style>\n"
                + "<rect class=\"paper\" width=\"" + whole + "\" height=\"" + height + "\"/>\n"
                + body + "</svg>\n";
    }

    private void text(Face face, String css, String text) {
        for (String line : face.wrap(text, width)) {
            shapes.add(new Label(face, css, 0, y + face.size(), line));
            y += face.lineHeight();
        }
    }
}
