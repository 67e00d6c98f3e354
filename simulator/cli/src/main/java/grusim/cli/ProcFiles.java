package grusim.cli;

import grusim.result.file.RunDirectory;
import grusim.run.ProcSnapshot;
import grusim.workload.load.SpecLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the driver's views under /proc are written, and of which moment of the run. */
record ProcFiles(Path place, long atPs) {
    /** The files of the options --proc and --proc-at; null when none are asked for. */
    static @Nullable ProcFiles of(@Nullable Path place, @Nullable String moment) {
        if (place == null) {
            if (moment != null) {
                throw new UserError("--proc-at without --proc; accepted: --proc DIR --proc-at MOMENT");
            }
            return null;
        }
        if (moment == null || moment.equals("first-close")) {
            return new ProcFiles(place, ProcSnapshot.FIRST_CLOSE);
        }
        if (moment.equals("end")) {
            return new ProcFiles(place, ProcSnapshot.END);
        }
        if (moment.isEmpty() || !Character.isDigit(moment.charAt(0))) {
            throw new UserError("--proc-at " + moment + "; accepted: first-close, end, or a time such as 20us");
        }
        return new ProcFiles(place, SpecLoader.durationPs("--proc-at", moment));
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
