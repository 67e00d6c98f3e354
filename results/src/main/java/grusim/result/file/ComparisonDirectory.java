package grusim.result.file;

import grusim.result.Replications;
import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Correction;
import grusim.result.compare.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a comparison leaves in its directory: {@value #FILE} and {@code comparison.csv}, and the runs of both designs in
 * the directories {@value #A} and {@value #B}, each of which is a run's directory for those who read one. From these a
 * comparison is made again as it was: its terms and conditions are in {@value #FILE}, and the same runs give the same
 * figures. Any thread.
 */
public final class ComparisonDirectory {
    /** The file that makes a directory one of a comparison. */
    public static final String FILE = "comparison.json";

    /** The directory of the runs of the design there is. */
    public static final String A = "a";

    /** The directory of the runs of the design proposed. */
    public static final String B = "b";

    private static final JsonMapper MAPPER = new JsonMapper();

    private ComparisonDirectory() {}

    /** A comparison, and what became of the conditions under which it fails. */
    public record Kept(Comparison comparison, List<Condition.Judgement> judgements) {
        public Kept {
            judgements = List.copyOf(judgements);
        }
    }

    /** Whether a directory is one of a comparison. */
    public static boolean is(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /** Stages everything that is needed to make the comparison again. */
    public static void write(Kept kept, RunDirectory directory) {
        directory.write(FILE, ComparisonFile.json(kept.comparison, kept.judgements));
        directory.write("comparison.csv", ComparisonFile.csv(kept.comparison));
        RunArchive.write(kept.comparison.a(), directory.staged(A + "/" + RunArchive.FILE));
        RunArchive.write(kept.comparison.b(), directory.staged(B + "/" + RunArchive.FILE));
    }

    /** Makes the comparison of a directory again. */
    public static Kept read(Path directory) {
        Path file = directory.resolve(FILE);
        Asked asked = asked(file);
        for (String side : List.of(A, B)) {
            if (!Files.isRegularFile(directory.resolve(side).resolve(RunArchive.FILE))) {
                String reason =
                        "it has no %s/%s, so an older grusim wrote it; compare again".formatted(side, RunArchive.FILE);
                throw OutputException.broken(directory, reason, new IOException(reason));
            }
        }
        Replications a = RunArchive.read(directory.resolve(A));
        Replications b = RunArchive.read(directory.resolve(B));
        Comparison comparison = Comparison.of(a, b, asked.terms);
        return new Kept(
                comparison,
                asked.conditions.stream()
                        .map(condition -> condition.judge(comparison))
                        .toList());
    }

    /** What was asked of a comparison. */
    private record Asked(Terms terms, List<Condition> conditions) {}

    private static Asked asked(Path file) {
        try {
            JsonNode root = MAPPER.readTree(Files.readString(file));
            List<String> judgedBy = new ArrayList<>();
            root.path(ComparisonFile.JUDGED_BY).forEach(pattern -> judgedBy.add(pattern.stringValue()));
            Terms terms = new Terms(
                    root.path("level").decimalValue(),
                    root.path("margin").decimalValue(),
                    Correction.named(root.path(ComparisonFile.CORRECTION).asString(Correction.FDR.text())),
                    judgedBy);
            List<Condition> conditions = new ArrayList<>();
            root.path("conditions")
                    .forEach(each -> conditions.add(
                            Condition.parse(each.path("condition").stringValue())));
            return new Asked(terms, conditions);
        } catch (IOException e) {
            throw OutputException.unreadable(file, e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw OutputException.broken(file, "it is broken: " + e.getMessage(), e);
        }
    }
}
