package grusim.workload;

/** How the device's translations are kept true to the page tables. */
public record InvalidationSpec(
        @Knob(doc = "The protocol between the kernel's VM and the device's driver.", value = "range-kill-bits")
        Protocol protocol,

        @Knob(
                doc = "A rule of the protocol that is left out, to see what it is for; each protocol has its own.",
                value = "none")
        Protocol.Rule without) {}
