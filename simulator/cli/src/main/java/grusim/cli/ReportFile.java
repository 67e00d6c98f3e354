package grusim.cli;

import grusim.result.Replications;
import grusim.result.chart.ChartSet;
import grusim.result.file.ComparisonDirectory;
import grusim.result.file.OutputException;
import grusim.result.file.RunArchive;
import grusim.result.file.RunDirectory;
import grusim.result.report.ComparisonReport;
import grusim.result.report.Provenance;
import grusim.result.report.ProvenanceJson;
import grusim.result.report.RunReport;
import grusim.workload.calibration.CalibrationStatus;
import grusim.workload.load.Origin;
import grusim.workload.load.ResolvedSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The report in the directory of a run or a comparison, and what it says that the result does not know. */
final class ReportFile {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    private ReportFile() {}

    /** Stages the report, with what other orders of events made of the run, and what a later one needs. */
    static void write(
            RunDirectory directory,
            Replications runs,
            ResolvedSpec spec,
            CommandSpec command,
            List<String> orders,
            boolean charts) {
        Provenance provenance = provenance(spec, command, orders);
        directory.write(ProvenanceJson.FILE, ProvenanceJson.print(provenance));
        directory.write(RunReport.FILE, page(runs, provenance, charts));
    }

    /** Stages the report of a comparison and what a later one needs. */
    static void write(
            RunDirectory directory, ComparisonDirectory.Kept comparison, CommandSpec command, boolean charts) {
        Provenance provenance = new Provenance(commandLine(command), Map.of());
        directory.write(ProvenanceJson.FILE, ProvenanceJson.print(provenance));
        directory.write(RunReport.FILE, page(comparison, provenance, charts));
    }

    /** The report of the run or of the comparison that a directory holds, made anew. */
    static String again(Path place, boolean charts) {
        Provenance provenance = ProvenanceJson.in(place);
        return ComparisonDirectory.is(place)
                ? page(ComparisonDirectory.read(place), provenance, charts)
                : page(RunArchive.read(place), provenance, charts);
    }

    private static String page(ComparisonDirectory.Kept kept, Provenance provenance, boolean charts) {
        boolean drawn = charts && ChartSet.obstacle().isEmpty();
        return ComparisonReport.render(
                kept.comparison(), kept.judgements(), calibration(), provenance.command(), drawn);
    }

    /** The report of a run. */
    private static String page(Replications runs, Provenance provenance, boolean charts) {
        boolean drawn = charts && ChartSet.obstacle().isEmpty();
        return RunReport.render(runs, provenance, calibration(), drawn);
    }

    /** How far the model agrees with published figures, in a few words. */
    private static String calibration() {
        return CalibrationStatus.shipped().orElse(RunReport.NOT_CALIBRATED);
    }

    /** Writes a page, whole or not at all. */
    static void replace(Path file, String page) {
        Path place = file.toAbsolutePath().normalize();
        Path unfinished = place.resolveSibling(".unfinished-" + place.getFileName());
        try {
            Files.writeString(unfinished, page, StandardCharsets.UTF_8);
            Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            unfinished.toFile().delete();
            throw new OutputException(file, e);
        }
    }

    private static Provenance provenance(ResolvedSpec spec, CommandSpec command, List<String> orders) {
        Map<String, Provenance.Origin> origins = new LinkedHashMap<>();
        for (Map.Entry<String, Origin> each : spec.origins().entrySet()) {
            origins.put(
                    each.getKey(),
                    new Provenance.Origin(
                            each.getValue().origin(), each.getValue().source()));
        }
        return new Provenance(commandLine(command), origins, orders);
    }

    /** The command as it may be typed into a shell. */
    private static String commandLine(CommandSpec command) {
        List<String> args = command.root().commandLine().getParseResult().originalArgs();
        return "./grusim "
                + args.stream()
                        .map(arg ->
                                NEEDS_NO_QUOTES.matcher(arg).matches() ? arg : "'" + arg.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
    }
}
