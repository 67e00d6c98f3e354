package grusim.explore;

/**
 * An agent's own routines, or those that handle its interrupts: between two steps of the former, the latter may come.
 *
 * @param agent number of the agent
 * @param handler whether these are the handlers
 */
record Actor(int agent, boolean handler) {
    /** Number of the actor among all. */
    int number() {
        return 2 * agent + (handler ? 1 : 0);
    }
}
