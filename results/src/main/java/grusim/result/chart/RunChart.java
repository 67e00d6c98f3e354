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

    /** As {@link #of}, to stand beside the charts of the other designs. */
    default JFreeChart beside(Replications runs, Designs designs, Theme theme, ChartSize size) {
        return of(runs, theme, size);
    }

    /** As {@link #says(Replications)}, beside the sentences on the other designs: about the same things. */
    default String says(Replications runs, Designs designs) {
        return says(runs);
    }
}
