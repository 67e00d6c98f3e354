package grusim.cli;

import grusim.explore.Bounds;
import grusim.workload.load.SpecLoader;

/** What {@code --bounds} takes: {@code states=N,depth=N,preemptions=N,time=30s}, each at most once. */
final class BoundsOption {
    private static final String ACCEPTED =
            "; accepted: states=N, depth=N, preemptions=N and time=30s, each at most once, separated by commas";
    private static final long PS_PER_MS = 1_000_000_000L;

    private BoundsOption() {}

    static Bounds parse(String text) {
        Bounds bounds = Bounds.NONE;
        StringBuilder seen = new StringBuilder(",");
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            String value = equals < 0 ? "" : part.substring(equals + 1).strip();
            if (seen.indexOf("," + name + ",") >= 0) {
                throw new UserError("--bounds: " + name + " is given twice" + ACCEPTED);
            }
            seen.append(name).append(',');
            bounds = switch (name) {
                case "states" -> bounds.withStates(number(name, value, 1, Long.MAX_VALUE - 1));
                case "depth" -> bounds.withDepth((int) number(name, value, 1, Integer.MAX_VALUE - 1));
                case "preemptions" -> bounds.withPreemptions((int) number(name, value, 0, Integer.MAX_VALUE - 1));
                case "time" ->
                    bounds.withMillis(Math.max(1, SpecLoader.durationPs("--bounds time", value) / PS_PER_MS));
                default -> throw new UserError("--bounds: \"" + part + "\" is no bound" + ACCEPTED);
            };
        }
        return bounds;
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        throw new UserError("--bounds: %s=%s; accepted: a whole number, %d or more".formatted(name, value, least));
    }
}
