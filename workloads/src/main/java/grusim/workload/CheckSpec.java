package grusim.workload;

import grusim.isa.TransferType;

/** A condition on memory after all threads have ended. */
public sealed interface CheckSpec {
    /** One element must have a value. */
    record Value(
            @Knob(doc = "The region looked at.", required = true)
            String region,

            @Knob(doc = "Where in the region.", value = "0 B")
            long offsetBytes,

            @Knob(doc = "Element size.", value = "dw") TransferType xtype,

            @Knob(
                    doc =
                            "The value the element must have; for a whole line (cl), the value of each of its doublewords.",
                    required = true,
                    selects = true,
                    kind = Kind.VALUE,
                    key = "equals")
            long value)
            implements CheckSpec {}

    /** A whole region must equal the first bytes of another. */
    record SameAs(
            @Knob(doc = "The region looked at, over its whole size.", required = true)
            String region,

            @Knob(
                    doc = "The region it must equal; at least as large.",
                    required = true,
                    selects = true,
                    key = "equalsRegion")
            String other)
            implements CheckSpec {}
}
