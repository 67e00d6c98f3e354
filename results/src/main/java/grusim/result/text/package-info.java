/** Results as text for a terminal: tables with aligned columns and readable quantities. */
@NullMarked
package grusim.result.text;

import org.jspecify.annotations.NullMarked;
