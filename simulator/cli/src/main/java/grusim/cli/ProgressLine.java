package grusim.cli;

import grusim.explore.Progress;
import grusim.run.RunProgress;
import java.util.Locale;

/**
 * Shows how far a run or an exploration has come on standard error: a line that is rewritten when that is a terminal, else a new line every
 * ten seconds.
 */
final class ProgressLine implements RunProgress, Progress, AutoCloseable {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long LOG_NANOS = 10_000_000_000L;
    private static final String REWRITE = "\r";
    private static final String CLEAR_TO_END = "\u001b[K";

    private final Console console;
    private final String name;
    private final boolean rewritten;
    private final long startedNanos;
    private long shownNanos;
    private boolean shown;

    /**
     * A line about one run.
     *
     * @param alone whether no other run shows a line at the same time
     */
    ProgressLine(Console console, String name, boolean alone) {
        this(console, name, System.nanoTime(), alone && Console.errorsToTerminal());
    }

    ProgressLine(Console console, String name, long startedNanos, boolean rewritten) {
        this.console = console;
        this.name = name;
        this.startedNanos = startedNanos;
        this.shownNanos = startedNanos;
        this.rewritten = rewritten;
    }

    @Override
    public void at(long simulatedPs, long steps, long instructions, long expectedInstructions) {
        long now = System.nanoTime();
        if (!due(now)) {
            return;
        }
        double seconds = (now - startedNanos) / 1e9;
        StringBuilder text = new StringBuilder()
                .append(name)
                .append(String.format(
                        Locale.ROOT,
                        ": %.3f ms simulated, %.1f M steps (%.1f M/s)",
                        simulatedPs / 1e9,
                        steps / 1e6,
                        steps / 1e6 / seconds));
        if (expectedInstructions > 0 && instructions > 0) {
            double done = Math.min(1, (double) instructions / expectedInstructions);
            text.append(String.format(Locale.ROOT, ", %.0f%%, %.0f s left", 100 * done, seconds / done - seconds));
        }
        show(text.toString());
    }

    @Override
    public void explored(long states, long statesPerSecond, int depth, long frontier) {
        if (due(System.nanoTime())) {
            show(String.format(
                    Locale.ROOT,
                    "%s: %.2f M states (%d k/s), depth %d, %d states left on the way",
                    name,
                    states / 1e6,
                    statesPerSecond / 1000,
                    depth,
                    frontier));
        }
    }

    /** Whether it is time for another line; if so, the next is due later. */
    private boolean due(long now) {
        if (now - shownNanos < (rewritten ? TERMINAL_NANOS : LOG_NANOS)) {
            return false;
        }
        shownNanos = now;
        return true;
    }

    private void show(String text) {
        if (rewritten) {
            console.err().print(REWRITE + text + CLEAR_TO_END);
            shown = true;
        } else {
            console.err().println(text);
        }
        console.err().flush();
    }

    /** Clears the line, if one was shown. */
    @Override
    public void close() {
        if (shown) {
            console.err().print(REWRITE + CLEAR_TO_END);
            console.err().flush();
        }
    }
}
