package grusim.run.check;

import grusim.explore.Bounds;

/**
 * How a scenario is explored.
 *
 * @param bounds how far
 * @param workers number of threads; it changes nothing but the time it takes
 * @param reduction whether states and moves that add nothing are left out
 */
public record CheckOptions(Bounds bounds, int workers, boolean reduction) {
    /** Everything, on one thread. */
    public static final CheckOptions COMPLETE = new CheckOptions(Bounds.NONE, 1, true);
}
