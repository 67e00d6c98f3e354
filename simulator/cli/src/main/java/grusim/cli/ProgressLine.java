package grusim.cli;

import grusim.run.RunProgress;
import java.util.Locale;

/**
 * Shows how far a run has come on standard error: a line that is rewritten when that is a terminal, else a new line every
 * ten seconds.
 */
final class ProgressLine implements RunProgress, AutoCloseable {
    private static final long TERMINAL_NANOS = 200_000_000L;
    private static final long LOG_NANOS = 10_000_000_000L;
    private static final int WIDTH = 100;

    private final Console console;
    private final String name;
    private final boolean terminal = Console.errorsToTerminal();
    private final long startedNanos = System.nanoTime();
    private long shownNanos = startedNanos;
    private boolean shown;

    ProgressLine(Console console, String name) {
        this.console = console;
        this.name = name;
    }

    @Override
    public void at(long simulatedPs, long steps, long instructions, long expectedInstructions) {
        long now = System.nanoTime();
        if (now - shownNanos < (terminal ? TERMINAL_NANOS : LOG_NANOS)) {
            return;
        }
        shownNanos = now;
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
        if (terminal) {
            console.err().printf("\r%-" + WIDTH + "s", text);
            console.err().flush();
            shown = true;
        } else {
            console.err().println(text);
        }
    }

    @Override
    public void close() {
        if (shown) {
            console.err().printf("\r%" + WIDTH + "s\r", "");
            console.err().flush();
        }
    }
}
