/** Turns what engine, device, driver and virtual memory announce in a run into the tracks, slices and arrows of a trace. */
@NullMarked
package grusim.run.trace;

import org.jspecify.annotations.NullMarked;
