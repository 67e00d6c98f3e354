package grusim.result.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CorrectionTest {
    private static final List<Double> FOUR = List.of(0.01, 0.04, 0.03, 0.005);

    @Test
    void fdr_findsUpToTheLastBelowItsShare() {
        // rising 0.005, 0.01, 0.03, 0.04 below 1/4, 2/4, 3/4, 4/4 of 0.05: all, for the last one is
        Family family = Family.of(Correction.FDR, FOUR, 0.05);
        assertThat(family.differing()).isEqualTo(4);
        assertThat(family.threshold()).isEqualTo(0.05);
        // 0.0125 and 0.025 are above 0.01 and 0.02, 0.03 is above 0.03: none, so the interval is at 1 - 0.05 / 5
        assertThat(Correction.FDR.threshold(List.of(0.0125, 0.025, 0.031, 0.5, 0.9), 0.05))
                .isEqualTo(0.01);
    }

    @Test
    void fdr_adjustsByTheShareOfTheRankAndNeverRisesBelow() {
        // rising: 0.005 * 4, 0.01 * 4/2, 0.03 * 4/3, 0.04 * 4/4
        assertAdjusted(Correction.FDR, FOUR, 0.02, 0.04, 0.04, 0.02);
        // 0.03 * 2 is lowered to its successor, 0.031
        assertAdjusted(Correction.FDR, List.of(0.03, 0.031), 0.031, 0.031);
    }

    @Test
    void holm_adjustsByWhatIsLeftAndNeverFalls() {
        // rising: 0.005 * 4, 0.01 * 3, 0.03 * 2, 0.04 * 1, the last raised to its predecessor
        assertAdjusted(Correction.HOLM, FOUR, 0.03, 0.06, 0.06, 0.02);
        assertAdjusted(Correction.HOLM, List.of(0.9, 0.8), 1, 1);
        // 0.005 <= 0.05 / 4, 0.01 <= 0.05 / 3, 0.03 > 0.05 / 2: two; the second was found at 0.05 / 3
        Family family = Family.of(Correction.HOLM, FOUR, 0.05);
        assertThat(family.differing()).isEqualTo(2);
        assertThat(family.threshold()).isCloseTo(0.05 / 3, within(1e-15));
    }

    private static void assertAdjusted(Correction correction, List<Double> from, double... to) {
        List<Double> adjusted = correction.adjust(from);
        for (int i = 0; i < to.length; i++) {
            assertThat(adjusted.get(i)).isCloseTo(to[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void threshold_isWhereTheCorrectedProbabilitiesPassTheSignificance(Correction correction) {
        Random random = new Random(7);
        int found = 0;
        for (int family = 0; family < 500; family++) {
            List<Double> probabilities = new ArrayList<>();
            int size = random.nextInt(30);
            for (int i = 0; i < size; i++) {
                double p = random.nextDouble();
                probabilities.add(random.nextBoolean() ? p : p * p * p * p * p * 0.1);
            }
            List<Double> adjusted = correction.adjust(probabilities);
            Family judged = Family.of(correction, probabilities, 0.05);
            for (int i = 0; i < size; i++) {
                assertThat(adjusted.get(i) <= 0.05).isEqualTo(probabilities.get(i) <= judged.threshold());
            }
            found += judged.differing();
        }
        assertThat(found).isGreaterThan(1000);
    }

    @Test
    void levels_followWhatWasFound() {
        assertThat(new Family(Correction.FDR, 49, 0, 0.05, 0.05 / 49).levelText())
                .isEqualTo("99.9%");
        assertThat(new Family(Correction.FDR, 49, 12, 0.05, 12 * 0.05 / 49).levelText())
                .isEqualTo("98.8%");
        assertThat(new Family(Correction.FDR, 49, 49, 0.05, 0.05).levelText()).isEqualTo("95%");
        assertThat(new Family(Correction.FDR, 49, 12, 0.05, 12 * 0.05 / 49).sentence())
                .isEqualTo(
                        "12 of 49 figures tested differ (correction fdr: of the differences found, at most 5% are false"
                                + " on average); all intervals are at 98.8%, so that one excludes 0 exactly where a difference is"
                                + " found.");
    }

    @Test
    void named_saysWhatIsAccepted() {
        assertThat(Correction.named("holm")).isEqualTo(Correction.HOLM);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Correction.named("bonferroni"))
                .withMessage("bonferroni; accepted: fdr, holm, none");
    }
}
