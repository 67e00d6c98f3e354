/** Statistics of simulation output: figures with their intervals, and how those are found. Knows no model and no file. */
@NullMarked
package grusim.result.stat;

import org.jspecify.annotations.NullMarked;
