package grusim.workload;

/** A word of a spec whose spelling in JSON is not its Java name in lower case, such as a version number. */
public interface Spelled {
    /** The word as a spec writes it. */
    String spelling();
}
