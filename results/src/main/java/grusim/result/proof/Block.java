package grusim.result.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines of text one below the other in a box that knows its height and its width but not yet its place from the left:
 * consecutive steps of a lane, or the words of a missing order.
 */
final class Block {
    static final int PAD = 8;
    static final String ARROW = "\u2192";

    private static final int ROW_PAD = 3;
    private static final int FOLDED_LINES = 3;

    /** A line of text, its place relative to the block's left edge. */
    record Piece(Face face, String css, int dx, int baseline, String text) {}

    /** The band of a step inside the block. */
    record Band(String css, int y, int height) {
        int middle() {
            return y + height / 2;
        }
    }

    private final int lane;
    private final int width;
    private final int indent;
    private final int top;
    private int bottom;
    private final List<Piece> pieces = new ArrayList<>();
    private final Map<Integer, Band> bands = new TreeMap<>();

    /** An empty block of that width; its steps' texts are indented to leave room for their numbers. */
    Block(int lane, int width, int indent, int top) {
        this.lane = lane;
        this.width = width;
        this.indent = indent;
        this.top = top;
        bottom = top + PAD;
    }

    int lane() {
        return lane;
    }

    int width() {
        return width;
    }

    int top() {
        return top;
    }

    int bottom() {
        return bottom;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** The bands of the steps, by their numbers. */
    Map<Integer, Band> bands() {
        return bands;
    }

    /** Sets a text across the block. */
    void text(Face face, String css, String text) {
        lines(face, css, PAD, face.wrap(text, width - 2 * PAD));
    }

    private void lines(Face face, String css, int dx, List<String> lines) {
        for (String line : lines) {
            pieces.add(new Piece(face, css, dx, bottom + face.size(), line));
            bottom += face.lineHeight();
        }
    }

    /** Several steps in a few lines. */
    void folded(List<Step> steps) {
        int first = steps.get(0).number();
        int from = bottom;
        bottom += ROW_PAD;
        number(Face.SMALL, "faint", first);
        lines(Face.SMALL, "faint", indent, Face.SMALL.wrap(Words.folded(steps), room(), FOLDED_LINES));
        bottom += ROW_PAD;
        bands.put(first, new Band("quiet", from, bottom - from));
    }

    /** One step: what it does, what it touches, what else there is to say. */
    void step(Step step, Story story, String note) {
        boolean racing = story.racing(step);
        Touch touch = step.touch();
        int from = bottom;
        bottom += ROW_PAD;
        Face face = racing ? Face.STRONG : Face.TEXT;
        number(face, racing ? "ink" : "faint", step.number());
        lines(face, "ink", indent, face.wrap(step.text(), room()));
        boolean old = touch != null && touch.old();
        if (touch != null) {
            lines(Face.MONO, racing ? "ink" : "faint", indent, Face.MONO.wrap(access(step, touch, story), room()));
        }
        if (touch != null && old) {
            lines(Face.STRONG, "oldtext", indent, Face.STRONG.wrap(Words.old(touch, story.missedBy(step)), room()));
        }
        if (!step.note().isEmpty()) {
            lines(Face.SMALL, "ink", indent, Face.SMALL.wrap(step.note(), room()));
        }
        if (!note.isEmpty()) {
            lines(Face.SMALL_STRONG, "redtext", indent, Face.SMALL_STRONG.wrap(note, room()));
        }
        bottom += ROW_PAD;
        String css = !note.isEmpty() ? "last" : old ? "old" : racing ? "race" : "quiet";
        bands.put(step.number(), new Band(css, from, bottom - from));
    }

    /** How wide a block has to be for a step not to be wrapped. */
    static int natural(Step step, Story story, int indent) {
        Touch touch = step.touch();
        int text = (story.racing(step) ? Face.STRONG : Face.TEXT).width(step.text());
        int access = touch == null ? 0 : Face.MONO.width(access(step, touch, story));
        return Math.max(text, access) + indent + PAD;
    }

    private static String access(Step step, Touch touch, Story story) {
        int written = story.elsewhere(step);
        return Words.access(touch, ARROW) + (written == 0 ? "" : " (from step " + written + ")");
    }

    private int room() {
        return width - indent - PAD;
    }

    private void number(Face face, String css, int number) {
        String digits = Integer.toString(number);
        int dx = indent - PAD - face.width(digits);
        pieces.add(new Piece(face, css, dx, bottom + face.size(), digits));
    }

    /** Leaves room below the last line. */
    void close() {
        bottom += PAD - ROW_PAD;
    }

    /** Leaves more room above the next line. */
    void space(int pixels) {
        bottom += pixels;
    }
}
