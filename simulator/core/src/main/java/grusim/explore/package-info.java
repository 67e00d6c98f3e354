/**
 * Exploration of all orders in which the agents of a simulation can step. Knows the engine only: whatever runs on it,
 * the walk is the same.
 */
@NullMarked
package grusim.explore;

import org.jspecify.annotations.NullMarked;
