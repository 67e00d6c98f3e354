package grusim.run;

import grusim.result.Verdict;

/** What watches over a run: the contract, if it is on. */
interface Watch {
    /** Starts watching a simulation that has just been built. */
    static Watch over(Simulation simulation, RunOptions options) {
        return () -> Verdict.UNCHECKED;
    }

    /** The outcome so far. */
    Verdict verdict();
}
