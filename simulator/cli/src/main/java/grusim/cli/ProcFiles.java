package grusim.cli;

import grusim.result.file.RunDirectory;
import grusim.run.ProcSnapshot;
import grusim.workload.load.SpecLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the driver's views under /proc are written, and of which moment of the run. */
record ProcFiles(Path place, long atPs) {
    /** The options that ask for them. */
    static final class Asked {
        @Option(
                names = "--proc",
                paramLabel = "DIR",
                description =
                        "Write the driver's files statistics, mcs_statistics, cch_status and gru_status there, as the"
                                + " driver prints them; with several specs, each into a directory of its name.")
        private @Nullable Path place;

        @Option(
                names = "--proc-at",
                paramLabel = "MOMENT",
                description =
                        "When those files are read: first-close, before the first thread closes its context (default);"
                                + " end; or a simulated time, e.g. 20us.")
        private @Nullable String moment;

        boolean given() {
            return place != null || moment != null;
        }

        /** The files that were asked for; null when none were. */
        @Nullable
        ProcFiles files() {
            if (place == null) {
                if (moment != null) {
                    throw new UserError("--proc-at without --proc; accepted: --proc DIR --proc-at MOMENT");
                }
                return null;
            }
            return new ProcFiles(place, atPs(moment == null ? "first-close" : moment));
        }

        private static long atPs(String moment) {
            return switch (moment) {
                case "first-close" -> ProcSnapshot.FIRST_CLOSE;
                case "end" -> ProcSnapshot.END;
                default -> {
                    if (moment.isEmpty() || !Character.isDigit(moment.charAt(0))) {
                        throw new UserError(
                                "--proc-at " + moment + "; accepted: first-close, end, or a time such as 20us");
                    }
                    yield SpecLoader.durationPs("--proc-at", moment);
                }
            };
        }
    }

    /** The directory of one run's files, opened to prove that it can be written. */
    RunDirectory open(String run, boolean several) {
        return RunDirectory.ofViews(several ? place.resolve(run) : place);
    }

    /** Writes what a run's snapshot holds. */
    static void write(RunDirectory directory, ProcSnapshot snapshot) {
        snapshot.files().forEach(directory::write);
        directory.commit();
    }
}
