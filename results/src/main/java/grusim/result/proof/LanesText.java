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

    private final Counterexample proof;
    private final Story story;
    private final Ink ink;
    private final int columns;
    private final Bars bars;
    private final StringBuilder out = new StringBuilder();

    private LanesText(Counterexample proof, int columns, Ink ink) {
        this.proof = proof;
        this.story = new Story(proof);
        this.ink = ink;
        this.columns = columns;
        bars = new Bars(proof, columns);
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
            StringBuilder before = new StringBuilder(" ".repeat(bars.x(lane)));
            for (int other = 0; other < lane; other++) {
                before.setCharAt(bars.x(other), '|');
            }
            boolean first = true;
            for (String text : Wrap.columns(Ascii.of(agent.name() + role), bars.room(lane))) {
                put("", before + (first ? "" : "  ") + Ascii.of(text));
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
            put("", bars.at(proof.steps().size(), false).toString());
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
        for (Story.Flow flow : story.flows()) {
            if (flow.to() == step.number() && flow.from() > 0 && !ours(flow)) {
                put("", bars.way(flow));
            }
        }
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

    private boolean ours(Story.Flow flow) {
        return proof.step(flow.from()).lane() == proof.step(flow.to()).lane();
    }

    /** A number for a line that stands just before the step and is none itself. */
    private static int between(Step step) {
        return 1 - step.number();
    }

    /** What the step does, its access and its note: each of them stays on one line if it fits on one. */
    private String sentence(Step step) {
        int room = bars.room(step.lane());
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
        int room = bars.room(lane);
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
        StringBuilder margin = bars.at(Math.abs(number), step);
        int at = lane < 0 ? bars.x(0) : bars.x(lane) + 2;
        int room = lane < 0 ? columns - at : bars.room(lane);
        char here = mark;
        for (String wrapped : Wrap.columns(text, room)) {
            String part = Ascii.of(wrapped);
            StringBuilder line = new StringBuilder(margin);
            if (lane >= 0) {
                line.setCharAt(bars.x(lane), here);
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
            margin = bars.at(step ? number : Math.abs(number), false);
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

    private void put(String painted, String text) {
        out.append(painted).append(text.stripTrailing());
        end();
    }

    private void end() {
        out.append('\n');
    }
}
