/**
 * Recorded programs: reads memory traces that Valgrind's Lackey made with system calls.
 *
 * <p>{@link grusim.workload.trace.LackeyReader} streams accesses and VM calls; {@link
 * grusim.workload.trace.TraceMappings} reads a trace once ahead to find what must be mapped before it starts.
 */
@NullMarked
package grusim.workload.trace;

import org.jspecify.annotations.NullMarked;
