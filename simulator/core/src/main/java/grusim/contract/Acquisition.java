package grusim.contract;

/**
 * That an agent wanted a lock while it held another; agents and locks by number.
 *
 * @param atPs when it did so first, in picoseconds
 * @param heldAlone whether it held the one for itself alone
 * @param wanted the lock that it would have waited for
 * @param wantedAlone whether it wanted that for itself alone
 * @param had kinds of all the locks that it held, as a mask
 * @param hadAlone those of them that it held for itself alone
 */
record Acquisition(
        long atPs, int agent, int held, boolean heldAlone, int wanted, boolean wantedAlone, long had, long hadAlone) {
    /** Whether another acquisition of the same kinds adds nothing to this one, but for its agent. */
    boolean covers(boolean otherHeldAlone, boolean otherWantedAlone, long otherHad, long otherHadAlone) {
        return heldAlone == otherHeldAlone
                && wantedAlone == otherWantedAlone
                && (had & ~otherHad) == 0
                && (hadAlone & ~otherHadAlone) == 0;
    }

    /** Whether a lock that both hold keeps the two from happening at the same time. */
    boolean excludes(Acquisition other) {
        return ((hadAlone & other.had) | (had & other.hadAlone)) != 0;
    }
}
