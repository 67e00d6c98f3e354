/** Two designs beside each other: differences with intervals, corrected for many figures, and verdicts in words. */
@NullMarked
package grusim.result.compare;

import org.jspecify.annotations.NullMarked;
