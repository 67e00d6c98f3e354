package grusim.cli;

import grusim.workload.load.SpecLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The simulated time a trace covers: from the first instant up to, not including, the second. */
record TraceWindow(long fromPs, long toPs) {
    /** The whole run. */
    static final TraceWindow ALL = new TraceWindow(0, Long.MAX_VALUE);

    private static final String SEPARATOR = "..";

    /** The option of commands that write a trace. */
    static final class Asked {
        @Option(
                names = "--window",
                paramLabel = "FROM..TO",
                description = "Simulated time that the trace covers, e.g. 10us..12us (default: all).")
        private @Nullable String window;

        /** FROM..TO as it was given, or null. */
        @Nullable
        String text() {
            return window;
        }

        /** The window that was asked for, or else the whole run. */
        TraceWindow window() {
            return window == null ? ALL : parse(window);
        }
    }

    /** The window of the options --trace and --window; null when no trace is asked for. */
    static @Nullable TraceWindow of(@Nullable String format, @Nullable String window) {
        if (format == null) {
            if (window != null) {
                throw new UserError("--window without --trace; accepted: --trace text --window FROM..TO");
            }
            return null;
        }
        if (!format.equals("text")) {
            throw new UserError("--trace " + format + "; accepted: text");
        }
        return window == null ? ALL : parse(window);
    }

    /** The window that a text FROM..TO names. */
    static TraceWindow parse(String window) {
        int at = window.indexOf(SEPARATOR);
        if (at < 0) {
            throw new UserError("--window " + window + "; accepted: FROM..TO with units, e.g. 10us..12us");
        }
        long from = SpecLoader.durationPs("--window", window.substring(0, at));
        long to = SpecLoader.durationPs("--window", window.substring(at + SEPARATOR.length()));
        if (to <= from) {
            throw new UserError("--window " + window + "; accepted: FROM before TO");
        }
        return new TraceWindow(from, to);
    }
}
