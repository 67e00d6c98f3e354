package grusim.result.chart;

import grusim.result.RunResult;
import grusim.result.text.Quantity;

/** The faint line under a title: which run this is, and what to take away. */
final class Context {
    private Context() {}

    static String of(RunResult result, String takeaway) {
        return takeaway + "  ·  " + House.shorter(result.name(), 32) + ", seed " + result.seed() + ", "
                + Quantity.time(result.simulatedPs()) + " simulated";
    }
}
