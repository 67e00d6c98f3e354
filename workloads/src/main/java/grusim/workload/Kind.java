package grusim.workload;

/**
 * How a knob is written in JSON and held in a record.
 *
 * <p>The kind follows from the component's Java type and, for {@code long}, from the unit at the end of its name, which
 * the JSON key drops: {@code hopLatencyPs} is the duration {@code hopLatency}.
 */
public enum Kind {
    /** Derived from type and name. */
    DERIVED,
    /** A JSON integer. */
    COUNT,
    /** A 64-bit pattern: a JSON integer or a {@code "0x.."} string. */
    VALUE,
    /** A JSON boolean. */
    BOOLEAN,
    /** A JSON string from a closed set. */
    WORD,
    /** A JSON string. */
    TEXT,
    /** A JSON number with decimals, held exactly. */
    DECIMAL,
    /** A time such as {@code "1.5 us"}, held in picoseconds; name ends in {@code Ps}. */
    DURATION,
    /** A size such as {@code "64 KiB"}, held in bytes; name ends in {@code Bytes}. */
    SIZE,
    /** A signed change of size such as {@code "+64 KiB"}, held in bytes. */
    SIZE_CHANGE,
    /** A rate such as {@code "10000/s"}, held as its mean interval in picoseconds; never derived. */
    RATE,
    /** A bandwidth such as {@code "7.5 GB/s"} (decimal), held in bytes per second; name ends in {@code BytesPerSecond}. */
    BANDWIDTH,
    /** A JSON object: a record. */
    OBJECT,
    /** A JSON array. */
    LIST,
    /** A JSON object of overrides: paths of a spec and the single values they are set to, held as JSON text. */
    SETTINGS,
    /** One of several shapes: a sealed interface. */
    UNION
}
