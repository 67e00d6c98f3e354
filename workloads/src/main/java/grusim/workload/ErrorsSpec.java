package grusim.workload;

import java.util.List;

/** Errors of the hardware: which ones strike, and how long a request that is not answered is waited for. */
public record ErrorsSpec(
        @Knob(doc = "The errors that strike; none by default.")
        List<InjectionSpec> inject,

        @Knob(
                doc = "From a line request that nobody answers to the requester's (RA) timeout.",
                value = "100 us",
                max = "10 s",
                source = Knob.ASSUMED)
        long requestTimeoutPs,

        @Knob(
                doc = "From a line request at its home that memory does not answer to the home's (HA) timeout.",
                value = "50 us",
                max = "10 s",
                source = Knob.ASSUMED)
        long homeTimeoutPs) {
    public ErrorsSpec {
        inject = List.copyOf(inject);
    }
}
