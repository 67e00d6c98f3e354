/**
 * The engine: time, total event order, agents and their routines, shared state, memory models, random streams,
 * snapshots, and the ports through which probes and the contract watch.
 *
 * <p>Time is a {@code long} in picoseconds. Everything here is used by one thread per simulation; several simulations
 * may run side by side on threads of their own since nothing mutable is static.
 */
@NullMarked
package grusim.engine;

import org.jspecify.annotations.NullMarked;
