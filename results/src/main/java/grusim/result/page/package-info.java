/** What every page and picture for people shares: escaping, and the colours of light and dark paper. */
@NullMarked
package grusim.result.page;

import org.jspecify.annotations.NullMarked;
