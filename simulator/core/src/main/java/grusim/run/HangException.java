package grusim.run;

/** The simulated machine hangs: agents wait for each other and nothing is left to happen. */
public final class HangException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HangException(String waitGraph) {
        super("the simulated machine hangs:\n" + waitGraph);
    }
}
