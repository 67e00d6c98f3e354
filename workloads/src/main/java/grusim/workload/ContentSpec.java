package grusim.workload;

/** The bytes a region holds before anybody writes to it. */
public sealed interface ContentSpec {
    /** All zero. */
    record Zero() implements ContentSpec {}

    /** Noise generated from a seed. */
    record Noise(
            @Knob(doc = "Seed of the noise.", required = true, selects = true)
            long seed) implements ContentSpec {}

    /**
     * 8-byte words, each the address of another word of the region, forming one cycle through all of them: the food of
     * a pointer chase.
     */
    record Permutation(
            @Knob(doc = "Seed of the permutation.", required = true, selects = true, key = "permutation")
            long seed) implements ContentSpec {}
}
