/** Measurements of the engine against its peers; never shipped. */
@NullMarked
package grusim.benchmarks;

import org.jspecify.annotations.NullMarked;
