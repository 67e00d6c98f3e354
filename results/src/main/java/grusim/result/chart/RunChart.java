package grusim.result.chart;

import grusim.result.RunResult;
import org.jfree.chart.JFreeChart;

/** One chart of a run. A run without the data gets a chart that says so. */
interface RunChart {
    /** The name in file names. */
    String id();

    /** Draws nothing yet: builds the chart in the colours of a theme. */
    JFreeChart of(RunResult result, Theme theme);
}
