package grusim.engine;

import java.util.List;

/** The memory models by name. */
public final class MemoryModels {
    /** The names, from the strongest order to the weakest. */
    public static final List<String> NAMES = List.of("sc", "tso", "relaxed");

    private MemoryModels() {}

    /**
     * Makes a memory.
     *
     * @param name one of {@link #NAMES}
     * @param windowPs the longest time in picoseconds for which a timed run leaves a store unseen
     */
    public static Memory of(String name, long windowPs) {
        return switch (name) {
            case "sc" -> new SequentialMemory();
            case "tso" -> new TsoMemory(windowPs);
            case "relaxed" -> new RelaxedMemory(windowPs);
            default ->
                throw new IllegalArgumentException(
                        "unknown memory model \"" + name + "\"; there are " + String.join(", ", NAMES));
        };
    }
}
