package grusim.contract;

/**
 * Something an agent did, as one half of a {@link Violation}.
 *
 * @param atPs simulated time in picoseconds, {@link #NO_TIME} in an exploration that keeps none
 * @param agent name of the agent, or of the component where the agent is not known
 * @param what what it did, in the past tense
 */
public record Deed(long atPs, String agent, String what) {
    /** Stands for the time in explorations, which know none. */
    public static final long NO_TIME = -1;

    /** "cpu1 freed frame 5 at 120 ps". */
    public String text() {
        return agent + " " + what + time();
    }

    /** "freed by cpu1 at 120 ps". */
    String by(String participle) {
        return participle + " by " + agent + time();
    }

    private String time() {
        return atPs == NO_TIME ? "" : " at " + atPs + " ps";
    }
}
