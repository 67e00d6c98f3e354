/** Holds the simulator against what was published: runs the trials of targets and compares. */
@NullMarked
package grusim.run.calibration;

import org.jspecify.annotations.NullMarked;
