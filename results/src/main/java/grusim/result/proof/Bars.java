package grusim.result.proof;

import java.util.List;

/**
 * The lines that run down a text: one per lane, and one in the left margin per missing order, with the steps' numbers
 * between them. Places are columns.
 */
final class Bars {
    private static final int TEXT = 44;
    private static final int WIDEST_LANE = 24;
    private static final int NARROWEST_LANE = 5;
    private static final int NARROWEST_TEXT = 12;

    private final Counterexample proof;
    private final int columns;
    private final int digits;
    private final int left;
    private final int pitch;

    Bars(Counterexample proof, int columns) {
        this.proof = proof;
        this.columns = columns;
        digits = Integer.toString(proof.steps().size()).length();
        left = margin() + digits + 2;
        int gaps = Math.max(1, proof.lanes().size() - 1);
        pitch = Math.max(NARROWEST_LANE, Math.min(WIDEST_LANE, (columns - left - TEXT) / gaps));
    }

    private int margin() {
        return proof.missing().isEmpty() ? 0 : 2 * proof.missing().size() + 2;
    }

    /** Where a lane's line runs. */
    int x(int lane) {
        return left + lane * pitch;
    }

    /** How long a lane's lines of text may be. */
    int room(int lane) {
        return Math.max(NARROWEST_TEXT, columns - x(lane) - 2);
    }

    /** The margin and the lanes' lines at a step, or below it. */
    StringBuilder at(int number, boolean on) {
        StringBuilder line = new StringBuilder(" ".repeat(x(proof.lanes().size() - 1) + 1));
        for (int lane = 0; lane < proof.lanes().size(); lane++) {
            line.setCharAt(x(lane), '|');
        }
        List<Missing> missing = proof.missing();
        for (int i = 0; i < missing.size(); i++) {
            Missing order = missing.get(i);
            int top = Math.min(order.earlier(), order.later());
            int bottom = Math.max(order.earlier(), order.later());
            if (on && (number == top || number == bottom)) {
                for (int column = 2 * i + 1; column < margin() - 1; column++) {
                    line.setCharAt(column, '-');
                }
                line.setCharAt(2 * i, '+');
                line.setCharAt(margin() - 1, number == order.later() ? '>' : '-');
            } else if (number >= top && number < bottom) {
                line.setCharAt(2 * i, ':');
            }
        }
        if (on) {
            String digitsOf = Integer.toString(number);
            line.replace(margin() + digits - digitsOf.length(), margin() + digits, digitsOf);
        }
        return line;
    }

    /** A value's way from the lane that wrote it to the lane that reads it or does not see it; the two differ. */
    String way(Story.Flow flow) {
        int to = x(proof.step(flow.to()).lane());
        int from = x(proof.step(flow.from()).lane());
        StringBuilder line = at(flow.to() - 1, false);
        String number = Integer.toString(flow.from());
        char dash = flow.seen() ? '-' : '.';
        int step = from < to ? 1 : -1;
        for (int column = from; column != to; column += step) {
            line.setCharAt(column, dash);
        }
        line.setCharAt(to - step, !flow.seen() ? 'x' : step > 0 ? '>' : '<');
        line.replace(from, from + number.length(), number);
        return line.toString();
    }
}
