/** The outcome of a calibration: simulated figures beside published ones, for people, programs and the repository. */
@NullMarked
package grusim.result.calibration;

import org.jspecify.annotations.NullMarked;
