package grusim.workload;

/** How the driver makes do when threads want more contexts than fit, and how it stops a context it unloads. */
public record ContextsSpec(
        @Knob(
                doc = "Sleep of a thread that found no context free, before it tries again.",
                value = "20 ms",
                min = "1 us",
                max = "100 s",
                source = "Linux driver sgi-gru, grutables.h: GRU_ASSIGN_DELAY (V)")
        long retryIntervalPs,

        @Knob(
                doc = "Time after it was robbed of its context within which a thread robs nobody.",
                value = "200 ms",
                max = "1000 s",
                source = "Linux driver sgi-gru, grutables.h: GRU_STEAL_DELAY (V)")
        long stealDelayPs,

        @Knob(
                doc = "The command that stops a context which is unloaded: interrupt-sync waits until its control"
                        + " blocks are quiet, interrupt does not, so that what they still do is missing in the copy.",
                value = "interrupt-sync",
                source = "Linux driver sgi-gru, grumain.c: gru_unload_context (V)")
        UnloadCommand unloadCommand) {
    /** The two commands that stop a context. */
    public enum UnloadCommand {
        INTERRUPT_SYNC,
        INTERRUPT
    }
}
