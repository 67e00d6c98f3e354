/**
 * The {@code grusim} command: reads arguments and input, calls the rooms that do the work, prints, and turns every
 * outcome into an exit code. To add a command, write a class and put it into the list in {@link
 * grusim.cli.GrusimCommand}.
 */
@NullMarked
package grusim.cli;

import org.jspecify.annotations.NullMarked;
