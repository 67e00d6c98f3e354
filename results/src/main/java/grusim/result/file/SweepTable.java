package grusim.result.file;

import grusim.result.Metric;
import grusim.result.Metrics;
import grusim.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many runs as one tidy table: the swept parameters are the first columns, then metric, statistic, value and unit. Keeps
 * the numbers of each run, not the runs. Rows come in the order in which runs were added: add them in grid order, not in
 * the order in which workers finish.
 */
public final class SweepTable {
    /** One run of the grid: a value for each parameter, and every number of the result. */
    public record Point(List<String> values, List<Metric> metrics) {
        public Point {
            values = List.copyOf(values);
            metrics = List.copyOf(metrics);
        }

        /** The metric at a path of {@code result.json}, if this run has it. */
        public Optional<Metric> metric(String path) {
            return metrics.stream().filter(m -> m.path().equals(path)).findFirst();
        }
    }

    private final List<String> parameters;
    private final List<Point> points = new ArrayList<>();

    /** A table for runs that differ in these parameters, for example {@code gru.tlb.ways}. */
    public SweepTable(List<String> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** Adds a run with its value for each parameter, in the order of the parameters. */
    public void add(List<String> values, RunResult result) {
        if (values.size() != parameters.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + parameters.size() + " parameters");
        }
        points.add(new Point(values, Metrics.of(result)));
    }

    public List<String> parameters() {
        return parameters;
    }

    public List<Point> points() {
        return List.copyOf(points);
    }

    /** {@code sweep.csv} as text. */
    public String csv() {
        List<String> header = new ArrayList<>(parameters);
        header.addAll(List.of("metric", "statistic", "value", "unit"));
        return Csv.print(header, csv -> {
            for (Point point : points) {
                for (Metric metric : point.metrics()) {
                    List<String> row = new ArrayList<>(point.values());
                    row.addAll(List.of(metric.name(), metric.statistic(), ResultCsv.text(metric), metric.unit()));
                    csv.writeRecord(row);
                }
            }
        });
    }
}
