package grusim.result.compare;

/**
 * One value in which two specs differ.
 *
 * @param path where, for example {@code gru.tlb.ways}
 * @param a the value in A as JSON, or {@value #ABSENT}
 * @param b the value in B as JSON, or {@value #ABSENT}
 */
public record SpecChange(String path, String a, String b) {
    /** What stands for a value that one of the specs does not have. */
    public static final String ABSENT = "absent";
}
