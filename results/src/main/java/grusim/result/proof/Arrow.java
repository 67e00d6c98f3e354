package grusim.result.proof;

/**
 * A line from one step's band to another's. It leaves its lane sideways, runs along one gutter (the room left of the lane
 * of that number) and goes into the other lane sideways, so that it never crosses a box: at the height of a step nothing
 * else is drawn.
 *
 * @param css the look
 * @param from number of the step it begins at; 0 for the values from the start
 * @param to number of the step it ends at
 * @param gutter index of the gutter
 * @param leavesRight whether it leaves its step to the right
 * @param entersRight whether it comes to the other step from the right
 * @param end how it ends
 */
record Arrow(String css, int from, int to, int gutter, boolean leavesRight, boolean entersRight, Scene.End end) {
    static Arrow between(String css, Step from, Step to, Scene.End end) {
        if (from.lane() < to.lane()) {
            return new Arrow(css, from.number(), to.number(), to.lane(), true, false, end);
        }
        boolean same = from.lane() == to.lane();
        return new Arrow(css, from.number(), to.number(), to.lane() + 1, same, true, end);
    }

    static Arrow fromStart(String css, Step to, Scene.End end) {
        return new Arrow(css, 0, to.number(), to.lane(), false, false, end);
    }
}
