/** What was published about the machines, as targets to hold the simulator against: read from {@code calibration}. */
@NullMarked
package grusim.workload.calibration;

import org.jspecify.annotations.NullMarked;
