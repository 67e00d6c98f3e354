package grusim.result.file;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.compare.Comparison;
import grusim.result.compare.Condition;
import grusim.result.compare.Designs;
import grusim.result.compare.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ComparisonFileTest {
    private static final Comparison COMPARISON =
            Comparison.of(Designs.of(3, 1, 1), Designs.of(3, 1, 1.25), Terms.STANDARD);

    @Test
    void json_holdsVerdictConditionsAndEveryFigure() {
        Condition.Judgement judgement =
                Condition.parse("counters.device.dropinsKilled > 5%").judge(COMPARISON);
        JsonNode root = JsonMapper.builder().build().readTree(ComparisonFile.json(COMPARISON, List.of(judgement)));
        assertThat(root.at("/a/runs/0/seed").asInt()).isEqualTo(1);
        assertThat(root.at("/paired").asBoolean()).isTrue();
        assertThat(root.at("/changes/design/0/path").asString()).isEqualTo("gru.factor");
        assertThat(root.at("/correction").asString()).isEqualTo("fdr");
        // throughput and the loads are the same in every run; mean and four percentiles of dropins are tested and
        // differ
        assertThat(root.at("/judged/tested").asInt()).isEqualTo(5);
        assertThat(root.at("/judged/differing").asInt()).isEqualTo(5);
        assertThat(root.at("/judged/intervalLevel").decimalValue()).isEqualByComparingTo("0.95");
        assertThat(root.at("/judged/words").asString()).startsWith("5 of 5 figures tested differ (correction fdr: ");
        assertThat(root.at("/conditions/0/met").asBoolean()).isTrue();
        assertThat(root.at("/verdict")).isNotEmpty();
        assertThat(root.at("/figures")).hasSize(COMPARISON.differences().size());
        JsonNode killed = root.at("/figures")
                .valueStream()
                .filter(f -> f.get("metric").asString().equals("counters.device.dropinsKilled"))
                .findFirst()
                .orElseThrow();
        // 100 in every run of A, 125 in every run of B, known to a whole event: the error of the difference is
        // sqrt(2 / 12 / 3) = 0.2357, and Student's t(2) 4.3027, so that it is 25 +- 1.0141
        assertThat(killed.get("change").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(killed.get("changeLow").decimalValue()).isEqualByComparingTo("0.238584");
        assertThat(killed.get("outcome").asString()).isEqualTo("higher");
    }

    @Test
    void csv_hasOneRowForEachFigure() {
        List<String> lines = ComparisonFile.csv(COMPARISON).lines().toList();
        assertThat(lines).hasSize(1 + COMPARISON.differences().size());
        assertThat(lines.get(0)).startsWith("metric,statistic,unit,a,b,difference,");
        assertThat(lines)
                .contains(
                        "counters.device.dropinsKilled,value,dropins,100,125,25,23.9859,26.0141,0.25,0.238584,0.261544,0.95,"
                                + "0.000177754,higher,3,Student t over 3 pairs of runs with the same random numbers");
        int fields = lines.get(0).split(",", -1).length;
        assertThat(lines.get(1).split(",", -1)).hasSize(fields);
    }
}
