/** The files a run leaves behind: JSON, CSV and text traces, written whole or not at all. */
@NullMarked
package grusim.result.file;

import org.jspecify.annotations.NullMarked;
