/** Builds a simulation from a spec, runs it, and collects what it measured. */
@NullMarked
package grusim.run;

import org.jspecify.annotations.NullMarked;
