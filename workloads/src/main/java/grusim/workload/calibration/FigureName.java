package grusim.workload.calibration;

/**
 * A simulated figure as a formula names it.
 *
 * @param trial name of the trial, or empty where a target has only one
 * @param path the figure's place in the trial's results, such as {@code latency.invalidate.meanNs}
 */
public record FigureName(String trial, String path) {}
