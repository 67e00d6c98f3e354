package grusim.cli;

import grusim.explore.Progress;
import grusim.result.file.RunDirectory;
import grusim.result.proof.CheckResult;
import grusim.run.check.Check;
import grusim.workload.Expectation;
import grusim.workload.Expectation.Claim;
import grusim.workload.KernelSpec.MemoryModel;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code grusim check --all}: checks everything that scenario files claim. A claim stays sealed until the check it is about
 * has given its own verdict.
 */
final class CheckAll {
    private final Console console;
    private final CheckSettings settings;
    private final @Nullable Path out;

    CheckAll(Console console, CheckSettings settings, @Nullable Path out) {
        this.console = console;
        this.settings = settings;
        this.out = out;
    }

    /** One check: a scenario under settings and a memory model. */
    private record Question(
            Check check,
            String scenario,
            String settings,
            String model,
            Sealed sealed,
            boolean last,
            @Nullable Path place) {}

    /** What is claimed and why; opened once the verdict is there. */
    private record Sealed(Supplier<Claim> claim, Supplier<String> why) {}

    /** Checks what the files claim, prints the table, and returns the exit code. */
    int run(List<Path> places) throws IOException {
        List<Question> questions = new ArrayList<>();
        for (Path file : SpecFiles.in(places).files()) {
            ask(file, questions);
        }
        if (questions.isEmpty()) {
            throw new UserError(
                    "--all: nothing is claimed; accepted: scenarios with expectations for the memory model");
        }
        int longest = questions.stream()
                .mapToInt(question -> question.scenario.length())
                .max()
                .orElse(0);
        CheckTable table = new CheckTable(longest, Console.outputToTerminal());
        boolean shown = !settings.json() && !settings.quiet();
        if (shown) {
            console.line(table.header());
        }
        int exitCode = OrderlyStop.during(
                console,
                () -> Workers.inOrder(
                        settings.workers(), questions, this::answer, answer -> report(answer, table, shown)));
        if (settings.json()) {
            console.out().append(table.json());
        } else if (shown) {
            console.line(table.summary(Console.columns(), Console.outputToTerminal()));
        }
        return exitCode;
    }

    private void ask(Path file, List<Question> questions) {
        Spec claiming = SpecLoader.load(file, settings.set()).spec();
        ScenarioSpec scenario = claiming.scenario();
        if (scenario == null) {
            throw new UserError(file + ": scenario: missing; accepted: specs with a scenario");
        }
        int number = 0;
        for (Expectation expectation : scenario.expect()) {
            number++;
            List<MemoryModel> models = new ArrayList<>();
            for (MemoryModel model : MemoryModel.values()) {
                String name = model.name().toLowerCase(Locale.ROOT);
                boolean asked = settings.memoryModel() == null || name.equals(settings.memoryModel());
                if (asked && expectation.claim(model) != Claim.NONE) {
                    models.add(model);
                }
            }
            for (MemoryModel model : models) {
                boolean last = model == models.get(models.size() - 1);
                questions.add(question(file, expectation, number, model, last));
            }
        }
    }

    private Question question(Path file, Expectation expectation, int number, MemoryModel model, boolean last) {
        String name = model.name().toLowerCase(Locale.ROOT);
        List<String> own = expectation.settings().stream().map(CheckAll::plain).toList();
        List<String> overrides = settings.overrides(own);
        overrides.add("kernel.memoryModel=" + name);
        Spec spec = SpecLoader.load(file, overrides).spec();
        List<String> shown = new ArrayList<>(own);
        shown.addAll(settings.set());
        Path place = out == null ? null : out.resolve(spec.name()).resolve(number + "-" + name);
        return new Question(
                new Check(spec, shown, settings.command(file.toString(), own, name), settings.options(1)),
                spec.name(),
                String.join(" ", shown),
                name,
                new Sealed(() -> expectation.claim(model), expectation::why),
                last,
                place);
    }

    /** A setting as people write it: a word without the quotes of JSON. */
    private static String plain(String setting) {
        return setting.replaceFirst("=\"([A-Za-z0-9.-]+)\"$", "=$1");
    }

    private record Answer(Question question, CheckResult result, double seconds) {}

    private Answer answer(Question question) {
        long started = System.nanoTime();
        try (ProgressLine line = new ProgressLine(console, question.scenario, settings.workers() == 1)) {
            CheckResult result = question.check.run(settings.quiet() ? Progress.SILENT : line);
            if (question.place != null && !Thread.currentThread().isInterrupted()) {
                try (RunDirectory directory = RunDirectory.ofCheck(question.place)) {
                    CheckCommand.write(result, directory);
                    directory.commit();
                }
            }
            return new Answer(question, result, (System.nanoTime() - started) / 1e9);
        }
    }

    /** Opens what was claimed, now that the verdict is final. */
    private int report(Answer answer, CheckTable table, boolean shown) {
        Question question = answer.question;
        CheckTable.Row row = new CheckTable.Row(
                question.scenario,
                question.settings,
                question.model,
                answer.result,
                question.sealed.claim().get(),
                question.sealed.why().get(),
                answer.seconds);
        table.add(row);
        if (shown && question.last) {
            console.line(table.line());
            console.flush();
        }
        return row.exitCode();
    }
}
