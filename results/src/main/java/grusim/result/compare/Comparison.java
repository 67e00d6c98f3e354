package grusim.result.compare;

import grusim.result.Replications;
import grusim.result.stat.Figures;
import java.util.List;
import java.util.Optional;

/**
 * Two designs under one workload, figure by figure: A is what there is, B what is proposed. Immutable.
 *
 * @param a the replications of the first design
 * @param b the replications of the second one
 * @param terms on what terms they are compared
 * @param paired whether replications share their seeds pair by pair, so that chance is the same on both sides
 * @param sameRuns whether both went through the same events in every pair of runs
 * @param changes in what the specs differ
 * @param judged the figures that designs are judged by, as tested together
 * @param others all other figures, as tested together
 * @param differences every figure that either design has: those that designs are judged by, then the counts
 */
public record Comparison(
        Replications a,
        Replications b,
        Terms terms,
        boolean paired,
        boolean sameRuns,
        SpecChanges changes,
        Family judged,
        Family others,
        List<Difference> differences) {
    public Comparison {
        differences = List.copyOf(differences);
    }

    /** Compares two designs, whatever their workloads are. */
    public static Comparison of(Replications a, Replications b, Terms terms) {
        return new Comparing(a, b, terms).comparison();
    }

    /** The figures that designs are judged by: throughput, mean and percentiles of latencies, or those of the terms. */
    public List<Difference> headline() {
        return differences.stream().filter(Difference::headline).toList();
    }

    /** All other figures. */
    public List<Difference> counts() {
        return differences.stream().filter(d -> !d.headline()).toList();
    }

    /** The figure of a name or path such as {@code latency.dropin.interrupt.p99Ns}, if either design has it. */
    public Optional<Difference> find(String name) {
        String path = Figures.path(name);
        return differences.stream().filter(d -> d.path().equals(path)).findFirst();
    }

    /** What can be said of a figure, in words, for example {@code 12 to 15% lower}. */
    public String words(Difference difference) {
        return Words.outcome(difference, terms);
    }

    /** The verdict in sentences, what changed most first. */
    public List<String> verdict() {
        return new VerdictWords(this).sentences();
    }

    /** How intervals and tests were made, in a few words. */
    public String method() {
        return Words.method(this);
    }
}
