/** What a run measures and what it hands out: declared statistics, histograms, time series, and the run result itself. */
@NullMarked
package grusim.result;

import org.jspecify.annotations.NullMarked;
