package grusim.driver;

/** Durations the driver reports, by the names of the metrics in results. */
public enum DriverLatency {
    INVALIDATE("invalidate", "flush of a range of an address space from all chiplets, locks included"),
    CONTEXT_LOAD("contextLoad", "load of a context, from the lock of its handle to its release"),
    CONTEXT_UNLOAD("contextUnload", "unload of a context, from the lock of its handle to its release"),
    CALL_OS("callOs", "a user's call to the OS about a miss, from entry to return"),
    INTERRUPT("interrupt", "a TLB-miss interrupt, from entry to return"),
    FAULT_SCAN("faultScan", "a scan by the polling thread that found a fault bit, from the read of the map on");

    private final String metric;
    private final String description;

    DriverLatency(String metric, String description) {
        this.metric = metric;
        this.description = description;
    }

    /** Name of the metric. */
    public String metric() {
        return metric;
    }

    /** What is measured. */
    public String description() {
        return description;
    }
}
