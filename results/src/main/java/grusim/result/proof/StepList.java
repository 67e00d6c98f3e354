package grusim.result.proof;

import grusim.result.text.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of a schedule as plain text, one under the other: number, time if it has one, agent, routine, step, access. */
public final class StepList {
    private static final int WIDEST = 28;

    private StepList() {}

    /**
     * All steps and what they end in.
     *
     * @param beginPs when each step begins, in picoseconds; empty if the schedule is not laid out in time
     */
    public static String render(Counterexample proof, List<Long> beginPs, boolean ansi) {
        Ink ink = ansi ? Ink.ANSI : Ink.PLAIN;
        StringBuilder out = new StringBuilder();
        List<List<String>> rows = new ArrayList<>();
        for (Step step : proof.steps()) {
            String time = beginPs.isEmpty() ? "" : nanoseconds(beginPs.get(step.number() - 1));
            String agent = proof.lanes().get(step.lane()).name();
            rows.add(List.of(Integer.toString(step.number()), time, agent, step.routine(), text(step)));
        }
        int[] widths = new int[4];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(
                        widths[column], Math.min(WIDEST, row.get(column).length()));
            }
        }
        String agent = "";
        for (List<String> row : rows) {
            boolean goesOn = row.get(2).equals(agent);
            agent = row.get(2);
            String line = right(row.get(0), widths[0])
                    + (beginPs.isEmpty() ? "" : "  " + right(row.get(1), widths[1]))
                    + "  " + left(goesOn ? "" : agent, widths[2])
                    + "  " + left(row.get(3), widths[3])
                    + "  " + row.get(4);
            out.append(Ascii.of(line).stripTrailing()).append('\n');
        }
        String verdict = proof.finding().point() == 0
                ? "=> nothing is wrong after step " + proof.steps().size()
                : "=> step " + proof.steps().size() + " violates " + Words.point(proof.finding()) + ": "
                        + proof.finding().sentence();
        out.append(ink.bad(Ascii.of(verdict.replace("\n", "; ")))).append('\n');
        return out.toString();
    }

    private static String text(Step step) {
        Touch touch = step.touch();
        String access = touch == null ? "" : "  " + Words.access(touch, "->");
        String from = touch == null || touch.writtenAt() == 0 ? "" : " (from step " + touch.writtenAt() + ")";
        String old = touch == null || !touch.old() ? "" : "  " + Words.old(touch, 0);
        return step.text() + access + from + old + (step.note().isEmpty() ? "" : "  [" + step.note() + "]");
    }

    private static String nanoseconds(long ps) {
        return String.format(Locale.ROOT, "%d.%03d ns", ps / 1000, ps % 1000);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
