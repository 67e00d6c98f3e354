package grusim.result.proof;

/**
 * One agent: a CPU or a unit of the device.
 *
 * @param name what it is called in a run, for example {@code blade0.cpu1}
 * @param role what it does here in a few words, for example {@code reclaims page A}; may be empty
 */
public record Lane(String name, String role) {}
