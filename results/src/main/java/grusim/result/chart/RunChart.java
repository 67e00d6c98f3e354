package grusim.result.chart;

import grusim.result.Replications;
import org.jfree.chart.JFreeChart;

/** One chart of a run and its replications. A run without the data gets a chart that says so. */
interface RunChart {
    /** The name in file names and on the command line. */
    String id();

    /** Whether the runs have anything to show in this chart. */
    boolean applies(Replications runs);

    /** One sentence, from the runs' data, on what the chart shows. */
    String says(Replications runs);

    /** Draws nothing yet: builds the chart in the colours of a theme, for a size. */
    JFreeChart of(Replications runs, Theme theme, ChartSize size);

    /**
     * As {@link #of}, to stand beside the chart of other runs: what is shown, in which colour and up to which time is
     * decided by all of them together.
     *
     * @param all these and the other runs
     */
    default JFreeChart beside(Replications runs, Replications all, Theme theme, ChartSize size) {
        return of(runs, theme, size);
    }
}
