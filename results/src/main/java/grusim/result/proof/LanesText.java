package grusim.result.proof;

import grusim.result.text.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A counterexample as plain ASCII text for a terminal or a mail: one column per lane, one numbered step per line. The text
 * of a step runs over the columns to its right, which are idle while it is taken. Missing orders are drawn down the left
 * margin, the ways of racing values across the columns. One thread.
 */
public final class LanesText {
    /** The narrowest width that can be asked for. */
    public static final int LEAST_COLUMNS = 60;

    private static final int TEXT = 44;
    private static final int WIDEST_LANE = 24;
    private static final int NARROWEST_LANE = 5;

    private final Counterexample proof;
    private final Story story;
    private final Ink ink;
    private final int columns;
    private final int digits;
    private final int left;
    private final int pitch;
    private final StringBuilder out = new StringBuilder();

    private LanesText(Counterexample proof, int columns, Ink ink) {
        this.proof = proof;
        this.story = new Story(proof);
        this.ink = ink;
        this.columns = columns;
        digits = Integer.toString(proof.steps().size()).length();
        left = margin() + digits + 2;
        int gaps = Math.max(1, proof.lanes().size() - 1);
        pitch = Math.max(NARROWEST_LANE, Math.min(WIDEST_LANE, (columns - left - TEXT) / gaps));
    }

    /**
     * The counterexample in at most that many columns, but for the replay command, which is one line to copy; coloured if
     * the terminal has colours.
     */
    public static String render(Counterexample proof, int columns, Detail detail, boolean ansi) {
        if (columns < LEAST_COLUMNS) {
            throw new IllegalArgumentException(
                    "a counterexample in " + columns + " columns, accepted are " + LEAST_COLUMNS + " or more");
        }
        LanesText text = new LanesText(proof, columns, ansi ? Ink.ANSI : Ink.PLAIN);
        text.head();
        text.lanes();
        String routine = "";
        for (Story.Run run : text.story.runs(detail)) {
            routine = "";
            for (Story.Line line : run.lines()) {
                routine = text.line(line, routine);
            }
        }
        text.foot(detail);
        return text.out.toString();
    }

    private int margin() {
        return proof.missing().isEmpty() ? 0 : 2 * proof.missing().size() + 2;
    }

    private int x(int lane) {
        return left + lane * pitch;
    }

    // ---- around the lanes ----

    private void head() {
        for (String line : Wrap.columns(proof.scenario() + ": " + Words.verdict(proof), columns)) {
            put(ink.heading(Ascii.of(line)), "");
        }
        for (String setting : proof.settings()) {
            paragraph("  ", "  ", setting);
        }
        put("", "");
        Finding finding = proof.finding();
        String label = Words.point(finding) + ": ";
        for (String sentence : finding.sentence().split("\n", -1)) {
            paragraph(label, " ".repeat(label.length()), sentence);
            label = " ".repeat(label.length());
        }
        paragraphIfAny("  first:   ", finding.first());
        paragraphIfAny("  second:  ", finding.second());
        for (Missing order : proof.missing()) {
            String ends = order.earlier() + " before " + order.later();
            paragraphIfAny("  missing: ", ends + ": " + order.sentence());
        }
        put("", "");
    }

    private void paragraphIfAny(String label, String text) {
        if (!text.isEmpty()) {
            paragraph(label, " ".repeat(label.length()), text);
        }
    }

    private void paragraph(String first, String next, String text) {
        String label = first;
        for (String line : Wrap.columns(text, columns - Math.max(first.length(), next.length()))) {
            put("", label + Ascii.of(line));
            label = next;
        }
    }

    private void lanes() {
        for (int lane = 0; lane < proof.lanes().size(); lane++) {
            Lane agent = proof.lanes().get(lane);
            String role = agent.role().isEmpty() ? "" : ": " + agent.role();
            StringBuilder bars = new StringBuilder(" ".repeat(x(lane)));
            for (int before = 0; before < lane; before++) {
                bars.setCharAt(x(before), '|');
            }
            boolean first = true;
            for (String text : Wrap.columns(Ascii.of(agent.name() + role), columns - x(lane) - 2)) {
                put("", bars + (first ? "" : "  ") + Ascii.of(text));
                first = false;
            }
        }
        Map<String, String> initially = story.initially();
        if (!initially.isEmpty()) {
            List<String> values = new ArrayList<>();
            initially.forEach((what, value) -> values.add(what + " = " + value));
            row(0, -1, '|', "initially: " + String.join(", ", values), Tone.FAINT);
        }
    }

    private void foot(Detail detail) {
        if (!proof.steps().isEmpty()) {
            put("", blank(proof.steps().size(), false).toString());
            put(ink.bad("=> step " + proof.steps().size() + " violates " + Words.point(proof.finding())), "");
        }
        put("", "");
        paragraph("", "  ", legend(detail));
        if (!proof.replay().isEmpty()) {
            put("", "replay:");
            put("", "  " + Ascii.of(proof.replay()));
        }
    }

    private String legend(Detail detail) {
        String marks = "* racing step, o other step";
        String ways = story.flows().isEmpty() ? "" : "; 7--->| the value step 7 wrote is read, 7...x| it is not seen";
        String order = proof.missing().isEmpty() ? "" : "; +-- and +-> in the margin: the order that was missing";
        String folds = switch (detail) {
            case ALL -> "";
            case SHARED -> "; ... steps that touch nothing shared";
            case STORY -> "; ... steps that do not race";
        };
        return marks + ways + order + folds;
    }

    // ---- steps ----

    private String line(Story.Line line, String routine) {
        Step step = line.first();
        if (line.folded()) {
            row(step.number(), step.lane(), 'o', shortened(Words.folded(line.steps()), step.lane()), Tone.FAINT);
            return routine;
        }
        if (!step.routine().equals(routine)) {
            row(between(step), step.lane(), '|', "(" + step.routine() + ")", Tone.FAINT);
        }
        story.flows().stream().filter(flow -> flow.to() == step.number()).forEach(this::way);
        boolean racing = story.racing(step);
        row(step.number(), step.lane(), racing ? '*' : 'o', sentence(step), racing ? Tone.RACING : Tone.PLAIN);
        for (Missing order : proof.missing()) {
            if (Math.min(order.earlier(), order.later()) == step.number()) {
                String text = Words.missing(order) + ": " + order.sentence();
                row(-step.number(), step.lane(), '!', text, Tone.MISSING);
            }
        }
        return step.routine();
    }

    /** A number for a line that stands just before the step and is none itself. */
    private static int between(Step step) {
        return 1 - step.number();
    }

    /** What the step does, its access and its note: each of them stays on one line if it fits on one. */
    private String sentence(Step step) {
        int room = columns - x(step.lane()) - 2;
        StringJoiner sentence = new StringJoiner("  ");
        sentence.add(Wrap.together(step.text(), room));
        Touch touch = step.touch();
        if (touch != null) {
            int from = story.elsewhere(step);
            String access = Words.access(touch, "->") + (from == 0 ? "" : " (from step " + from + ")");
            sentence.add(Wrap.together(access, room));
            if (touch.old()) {
                sentence.add(Wrap.together(Words.old(touch, story.missedBy(step)), room));
            }
        }
        if (!step.note().isEmpty()) {
            sentence.add(Wrap.together("[" + step.note() + "]", room));
        }
        return sentence.toString();
    }

    private String shortened(String text, int lane) {
        int room = columns - x(lane) - 2;
        return text.length() <= room ? text : text.substring(0, room - 3) + "...";
    }

    private enum Tone {
        PLAIN,
        FAINT,
        RACING,
        MISSING
    }

    /** One line with its continuation; a number not above zero is that of the last step before it, negated. */
    private void row(int number, int lane, char mark, String text, Tone tone) {
        boolean step = number > 0;
        StringBuilder margin = blank(Math.abs(number), step);
        int at = lane < 0 ? left : x(lane) + 2;
        char here = mark;
        for (String wrapped : Wrap.columns(text, columns - at)) {
            String part = Ascii.of(wrapped);
            StringBuilder line = new StringBuilder(margin);
            if (lane >= 0) {
                line.setCharAt(x(lane), here);
            }
            String tail = line.length() > at + part.length() + 1 ? line.substring(at + part.length()) : "";
            line.setLength(Math.min(line.length(), at));
            while (line.length() < at) {
                line.append(' ');
            }
            out.append(line).append(paint(part, tone));
            // a lane's line that touches the text would read as a part of it
            put("", tail.startsWith("|") ? " " + tail.substring(1) : tail);
            here = mark == '!' ? '!' : '|';
            margin = blank(step ? number : Math.abs(number), false);
        }
    }

    private String paint(String text, Tone tone) {
        return switch (tone) {
            case PLAIN -> text;
            case FAINT -> ink.faint(text);
            case RACING -> ink.heading(text);
            case MISSING -> ink.bad(text);
        };
    }

    /** A value's way from the lane that wrote it to the lane that reads it or does not see it. */
    private void way(Story.Flow flow) {
        if (flow.from() == 0) {
            return;
        }
        int to = x(proof.step(flow.to()).lane());
        int from = x(proof.step(flow.from()).lane());
        if (from == to) {
            return;
        }
        StringBuilder line = blank(flow.to() - 1, false);
        String number = Integer.toString(flow.from());
        char dash = flow.seen() ? '-' : '.';
        int step = from < to ? 1 : -1;
        for (int column = from; column != to; column += step) {
            line.setCharAt(column, dash);
        }
        line.setCharAt(to - step, !flow.seen() ? 'x' : step > 0 ? '>' : '<');
        line.replace(from, from + number.length(), number);
        put("", line.toString());
    }

    /** The margin and the lanes' lines at a step, or below it. */
    private StringBuilder blank(int number, boolean at) {
        StringBuilder line = new StringBuilder(" ".repeat(x(proof.lanes().size() - 1) + 1));
        for (int lane = 0; lane < proof.lanes().size(); lane++) {
            line.setCharAt(x(lane), '|');
        }
        List<Missing> missing = proof.missing();
        for (int i = 0; i < missing.size(); i++) {
            Missing order = missing.get(i);
            int top = Math.min(order.earlier(), order.later());
            int bottom = Math.max(order.earlier(), order.later());
            if (at && (number == top || number == bottom)) {
                for (int column = 2 * i + 1; column < margin() - 1; column++) {
                    line.setCharAt(column, '-');
                }
                line.setCharAt(2 * i, '+');
                line.setCharAt(margin() - 1, number == order.later() ? '>' : '-');
            } else if (number >= top && number < bottom) {
                line.setCharAt(2 * i, ':');
            }
        }
        if (at) {
            String digitsOf = Integer.toString(number);
            line.replace(margin() + digits - digitsOf.length(), margin() + digits, digitsOf);
        }
        return line;
    }

    private void put(String painted, String text) {
        out.append(painted).append(text.stripTrailing());
        end();
    }

    private void end() {
        out.append('\n');
    }
}
