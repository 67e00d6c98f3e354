package grusim.workload;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Machines with a name: the values of {@link MachineSpec} that a preset supplies, each with its source.
 *
 * <p>Tags: V read in the primary document, D derived from V numbers, M from memory; "assumed" where nothing is
 * published. The Altix 4700's hub has no GRU: that preset asks what one would have done there.
 */
public enum MachinePreset {
    /** SGI Altix UV 100: 96 sockets at most. */
    UV100(
            48,
            "96 sockets, 2 per blade: siliconbunny, SC09 (D)",
            new Value("coresPerSocket", "8", "768 cores on 96 sockets: siliconbunny, SC09 (D)"),
            new Value("bladesPerRouter", "2", Knob.ASSUMED),
            new Value("localLineLatency", "130 ns", "assumed; Altix 4700 local memory is 131 ns (D)"),
            new Value(
                    "memoryBandwidth",
                    "25.6 GB/s",
                    "hub to CPU over QPI: van der Steen, Overview of Recent Supercomputers 2010 (V)"),
            new Value("hopLatency", "60 ns", Knob.ASSUMED),
            new Value(
                    "linkBandwidth",
                    "7.5 GB/s",
                    "NUMAlink 5 per direction: van der Steen 2010 (V; the page also says about 10 GB/s per port)"),
            new Value("hubLatency", "60 ns", Knob.ASSUMED)),

    /** SGI Altix UV 1000: 256 sockets in one system image. */
    UV1000(
            128,
            "256 sockets, 2 per blade: siliconbunny, SC09 (D)",
            new Value("coresPerSocket", "8", "2,048 cores on 256 sockets: siliconbunny, SC09 (D)"),
            new Value("bladesPerRouter", "8", Knob.ASSUMED),
            new Value("localLineLatency", "130 ns", "assumed; Altix 4700 local memory is 131 ns (D)"),
            new Value(
                    "memoryBandwidth",
                    "25.6 GB/s",
                    "hub to CPU over QPI: van der Steen, Overview of Recent Supercomputers 2010 (V)"),
            new Value("hopLatency", "60 ns", Knob.ASSUMED),
            new Value(
                    "linkBandwidth",
                    "7.5 GB/s",
                    "NUMAlink 5 per direction: van der Steen 2010 (V; the page also says about 10 GB/s per port)"),
            new Value("hubLatency", "60 ns", Knob.ASSUMED)),

    /** SGI UV 2000: 2,048 cores in one system image. */
    UV2000(
            128,
            "2,048 cores at 2 sockets of 8 cores per node: UV 2000 User's Manual 007-5832-002 (D)",
            new Value("coresPerSocket", "8", "Xeon E5-4600 (M)"),
            new Value("bladesPerRouter", "8", Knob.ASSUMED),
            new Value("localLineLatency", "130 ns", "assumed; Altix 4700 local memory is 131 ns (D)"),
            new Value("memoryBandwidth", "36 GB/s", "local bandwidth of a 64-socket UV 2000 (M)"),
            new Value("hopLatency", "60 ns", "assumed; half of about 120 ns per hop on a 64-socket UV 2000 (M)"),
            new Value(
                    "linkBandwidth",
                    "6.7 GB/s",
                    "NUMAlink 6: van der Steen, Overview of Recent Supercomputers 2013 (V; direction ambiguous)"),
            new Value("hubLatency", "60 ns", Knob.ASSUMED)),

    /** SGI Altix 4700: the Itanium predecessor, for what-ifs. */
    ALTIX4700(
            512,
            "1,024 sockets in one system image, 2 per blade: STREAM result of June 2007 (D)",
            new Value("coresPerSocket", "2", "dual-core Itanium 2 (M)"),
            new Value("bladesPerRouter", "8", Knob.ASSUMED),
            new Value("localLineLatency", "131 ns", "210 cycles at 1.6 GHz: LRZ, Decommissioned HLRB II (D)"),
            new Value("memoryBandwidth", "8.5 GB/s", "peak per blade: LRZ, Decommissioned HLRB II (V)"),
            new Value("hopLatency", "25 ns", "50 ns round trip across a switch: sgi.com NUMAlink page, 2004 (V)"),
            new Value("linkBandwidth", "3.2 GB/s", "NUMAlink 4 unidirectional: sgi.com NUMAlink page, 2004 (V)"),
            new Value("hubLatency", "60 ns", Knob.ASSUMED));

    /** One supplied value: the key of {@link MachineSpec}, the value as written in a spec, and its source. */
    public record Value(String key, String text, String source) {}

    private final int maximumBlades;
    private final String maximumBladesSource;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy of immutable values
    private final Map<String, Value> values;

    MachinePreset(int maximumBlades, String maximumBladesSource, Value... values) {
        this.maximumBlades = maximumBlades;
        this.maximumBladesSource = maximumBladesSource;
        Map<String, Value> byKey = new LinkedHashMap<>();
        for (Value value : values) {
            byKey.put(value.key(), value);
        }
        this.values = Map.copyOf(byKey);
    }

    /** The most blades that were sold in one partition of this machine. */
    public int maximumBlades() {
        return maximumBlades;
    }

    /** Where {@link #maximumBlades} comes from. */
    public String maximumBladesSource() {
        return maximumBladesSource;
    }

    /** The value supplied for a key of {@link MachineSpec}. */
    public Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("preset " + name() + " supplies no " + key);
        }
        return value;
    }

    /** How many keys the preset supplies. */
    public int size() {
        return values.size();
    }
}
