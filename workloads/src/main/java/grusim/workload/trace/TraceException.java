package grusim.workload.trace;

import grusim.workload.SpecException;

/** A trace that cannot be read; the message is one line with file and line number. */
public final class TraceException extends SpecException {
    private static final long serialVersionUID = 1L;

    TraceException(String message) {
        super(message);
    }
}
