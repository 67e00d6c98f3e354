/**
 * Reading, checking, completing and writing specs, all driven by the {@link grusim.workload.Knob} annotations of the
 * spec records.
 *
 * <p>The way of a spec: {@link grusim.workload.load.Document} (text to a JSON tree with line numbers), overrides,
 * {@link grusim.workload.load.Binder} (tree to records, every value checked), {@link grusim.workload.load.CrossChecks}
 * (values against each other), {@link grusim.workload.load.ResolvedSpec} (the whole spec with the origin of each
 * value). Start at {@link grusim.workload.load.SpecLoader}. Nothing here runs during a simulation; reflection is fine.
 */
@NullMarked
package grusim.workload.load;

import org.jspecify.annotations.NullMarked;
