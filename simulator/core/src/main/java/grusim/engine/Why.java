package grusim.engine;

/** What an agent's time goes to: every step that costs time and every wait names one of these. */
public enum Why {
    IDLE("idle"),
    THINK("think time"),
    BEHIND_SCHEDULE("behind schedule"),
    COMPUTE("software"),
    START("start to decode"),
    DECODE("decode"),
    ISSUE("issue"),
    TLB_LOOKUP("TLB lookup"),
    LINES_FULL("lines in flight full"),
    MEMORY_QUEUE("memory queue"),
    MEMORY("memory"),
    LINK_QUEUE("link queue"),
    LINK("NUMAlink hop"),
    ATOMIC("atomic operation"),
    CONDITION("condition of a poll"),
    STATUS("status write"),
    POLL("poll"),
    IN_ORDER("older ones first"),
    CPU_INTERRUPTED("CPU in an interrupt"),
    MISS_RECORD("miss record"),
    INTERRUPT_DELIVERY("interrupt delivery"),
    FAULT_SCAN("wait for a fault scan"),
    HANDLER_BUSY("handler's CPU busy"),
    INTERRUPT_HANDLER("interrupt handler"),
    OTHER_FAULTS("other faults first"),
    HAND_OVER("hand-over to the user"),
    OS_CALL("call to the OS"),
    LOCK("lock wait"),
    RANGE_ACTIVE("range-active hold-off"),
    PAGE_WALK("page walk"),
    PAGE_FAULT("page fault"),
    DROPIN("dropin"),
    PORT_TAKEN("dropin port taken"),
    KILLED("killed dropin"),
    LOST("entry gone again"),
    RESTART("restart"),
    DRAIN("earlier requests"),
    INVALIDATE("invalidate"),
    INVALIDATE_PAUSE("paused by an invalidate"),
    CONTEXT_LOAD("context load"),
    CONTEXT_UNLOAD("context unload"),
    UNLOADED("context not loaded"),
    VM("VM operation"),
    SHOOTDOWN("CPU TLB shootdown"),
    SWAP("swap"),
    COMMAND("handle command"),
    TIMEOUT("request timeout"),
    RETRY("exception, retry");

    private static final Why[] ALL = values();

    private final String text;

    Why(String text) {
        this.text = text;
    }

    /** The reason of the given ordinal. */
    static Why of(int ordinal) {
        return ALL[ordinal];
    }

    /** The reason in words, for tables and charts. */
    public String text() {
        return text;
    }
}
