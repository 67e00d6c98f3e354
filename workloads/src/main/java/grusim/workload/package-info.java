/**
 * What a simulation is asked to do, as immutable records: a machine, a GRU, a kernel, a driver, processes, disturbances
 * and a run plan.
 *
 * <p>Each record component carries its default, unit, range, source and meaning in a {@link grusim.workload.Knob}; the
 * loader, the JSON Schema, the printed origins and the key table of the README are all derived from it. Reading order:
 * {@link grusim.workload.Spec}, {@link grusim.workload.Knob}, {@link grusim.workload.ProgramStep}, then the package
 * {@code grusim.workload.load}.
 */
@NullMarked
package grusim.workload;

import org.jspecify.annotations.NullMarked;
