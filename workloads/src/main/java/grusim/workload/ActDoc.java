package grusim.workload;

/** Meanings and limits of keys that several acts share. */
final class ActDoc {
    static final String CONTEXT = "Context of the scenario.";
    static final String CB = "Control block of the context.";
    static final String LAST_CB = "7";
    static final String WRITE = "Whether it is a VSTORE; otherwise a VLOAD.";
    static final String PAGE = "Page of the scenario.";

    static final String QUEUE = "Message queue of the spec.";

    private ActDoc() {}
}
