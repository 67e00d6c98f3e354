package grusim.result.stat;

import java.util.Arrays;

/**
 * Groups of samples that may be correlated inside a group but hardly between groups: the batches of one run, or
 * replications. The figure is the ratio of all amounts to all sizes: a mean if an amount is a sum of values and a size a
 * number of samples, a share if an amount counts samples. Immutable.
 */
public final class Clusters {
    private final double[] sizes;
    private final double[] amounts;

    /** Groups of equal importance for a plain mean over them. */
    public static Clusters ofValues(double[] values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return new Clusters(ones, values);
    }

    /** Groups with their sizes and amounts, position by position. */
    public Clusters(double[] sizes, double[] amounts) {
        if (sizes.length != amounts.length || sizes.length == 0) {
            throw new IllegalArgumentException(sizes.length + " sizes and " + amounts.length + " amounts");
        }
        this.sizes = sizes.clone();
        this.amounts = amounts.clone();
    }

    /** How many groups there are. */
    public int count() {
        return sizes.length;
    }

    /** The size of all groups together. */
    public double size() {
        return sum(sizes);
    }

    /** All amounts by all sizes. */
    public double ratio() {
        return sum(amounts) / sum(sizes);
    }

    /** The standard error of the ratio by linearization; for groups of equal size that of the mean of the groups. */
    public double standardError() {
        double squares = 0;
        for (double each : residuals()) {
            squares += each * each;
        }
        int k = count();
        return Math.sqrt(squares * k / (k - 1.0)) / size();
    }

    /** The correlation of neighbouring groups; zero if all groups are alike. */
    public double neighbourCorrelation() {
        double[] residuals = residuals();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < residuals.length; i++) {
            squares += residuals[i] * residuals[i];
            products += i == 0 ? 0 : residuals[i] * residuals[i - 1];
        }
        return squares == 0 ? 0 : products / squares;
    }

    /** How lopsided the groups are spread: zero if evenly, above one if a few large ones decide. */
    public double skewness() {
        double squares = 0;
        double cubes = 0;
        for (double each : residuals()) {
            squares += each * each;
            cubes += each * each * each;
        }
        int k = count();
        double variance = squares / k;
        return variance == 0 ? 0 : cubes / k / (variance * Math.sqrt(variance));
    }

    double size(int group) {
        return sizes[group];
    }

    double amount(int group) {
        return amounts[group];
    }

    /** By how much each group's amount differs from what the ratio lets expect. */
    private double[] residuals() {
        double ratio = ratio();
        double[] residuals = new double[count()];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = amounts[i] - ratio * sizes[i];
        }
        return residuals;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
