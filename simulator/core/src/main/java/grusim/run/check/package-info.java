/** Explores the scenario of a spec, and puts what was found into words. */
@NullMarked
package grusim.run.check;

import org.jspecify.annotations.NullMarked;
