/** Traces of what happened inside a run over simulated time: tracks, slices, arrows and counters, written as they come. */
@NullMarked
package grusim.result.trace;

import org.jspecify.annotations.NullMarked;
