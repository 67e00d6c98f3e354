package grusim.result.report;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What the contract and the workload's own checks found wrong, run by run. */
final class Failures {
    private Failures() {}

    /** One finding. */
    record Failure(long seed, String kind, String text) {}

    static List<Failure> of(Replications runs) {
        List<Failure> failures = new ArrayList<>();
        for (RunResult run : runs.runs()) {
            add(failures, run.seed(), RunReport.CONTRACT, run.contract());
            add(failures, run.seed(), RunReport.DATA, run.dataChecks());
        }
        return failures;
    }

    private static void add(List<Failure> failures, long seed, String kind, Verdict verdict) {
        verdict.texts().forEach(text -> failures.add(new Failure(seed, kind, text)));
    }

    static PageTable table(List<Failure> failures) {
        PageTable.Rows rows = new PageTable.Rows(
                "failures",
                List.of(
                        PageTable.Column.text("check"),
                        PageTable.Column.number("seed"),
                        PageTable.Column.text("what it found")));
        for (Failure failure : failures) {
            rows.text(failure.kind())
                    .number(Long.toString(failure.seed()), failure.seed())
                    .longText(failure.text(), "")
                    .end();
        }
        return rows.table();
    }
}
