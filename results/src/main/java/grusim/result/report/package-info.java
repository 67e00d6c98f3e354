/**
 * Reports: one page per run or comparison in one file that needs nothing else. Templates are resources beside this package;
 * every text from a spec passes the escaper.
 */
@NullMarked
package grusim.result.report;

import org.jspecify.annotations.NullMarked;
