package grusim.result.compare;

import grusim.result.stat.Interval;

/**
 * How well the change of one figure is known if no other is looked at: intervals at the level of the terms. Immutable.
 *
 * @param absolute of B - A
 * @param relative of B / A - 1
 */
public record Alone(Interval absolute, Interval relative) {}
