/** Charts of a run and of a sweep, as PNG and SVG on light and dark backgrounds, in one house style. */
@NullMarked
package grusim.result.chart;

import org.jspecify.annotations.NullMarked;
