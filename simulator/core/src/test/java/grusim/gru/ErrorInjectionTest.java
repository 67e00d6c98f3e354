package grusim.gru;

import static grusim.workload.InjectionSpec.ANY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import grusim.workload.InjectedError;
import grusim.workload.InjectionSpec;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an injected error strikes: by rate, instant, place, limit and chiplet. */
final class ErrorInjectionTest {
    private static final int OPPORTUNITIES = 100_000;

    private static Rig rig(String injection) {
        return new Rig("gru.errors.inject=[" + injection + "]");
    }

    private static boolean strikes(Rig rig, long vaddr) {
        return rig.chiplet.errors().strikes(InjectedError.AMO_NACK, rig.chiplet.cbr(Rig.CB), vaddr);
    }

    @Test
    void rate_isTheShareOfOpportunities() {
        Rig rig = rig("{\"error\": \"amo-nack\", \"rate\": 0.25}");
        long struck = 0;
        for (int i = 0; i < OPPORTUNITIES; i++) {
            struck += strikes(rig, 0) ? 1 : 0;
        }
        // binomial: mean 25,000, deviation sqrt(100,000 x 0.25 x 0.75) = 137; four of them
        assertThat(struck).isCloseTo(25_000, within(4 * 137L));
        assertThat(rig.chiplet.errors().struck(InjectedError.AMO_NACK)).isEqualTo(struck);
    }

    @Test
    void count_endsTheStrikes() {
        Rig rig = rig("{\"error\": \"amo-nack\", \"count\": 2}");
        assertThat(strikes(rig, 0)).isTrue();
        assertThat(strikes(rig, 0)).isTrue();
        assertThat(strikes(rig, 0)).isFalse();
    }

    @Test
    void at_strikesTheFirstOpportunityFromEachInstantOn() {
        Rig rig = rig("{\"error\": \"amo-nack\", \"at\": [\"10 ns\", \"20 ns\"]}");
        boolean[] struck = new boolean[5];
        Script script = rig.script();
        // opportunities at 5, 12, 14, 25 and 27 ns
        long[] delaysNs = {5, 7, 2, 11, 2};
        for (int i = 0; i < delaysNs.length; i++) {
            int n = i;
            script.pause(delaysNs[i] * Rig.NS).then(a -> struck[n] = strikes(rig, 0));
        }
        rig.play("user", script);
        rig.run();
        assertThat(struck).containsExactly(false, true, false, true, false);
    }

    @Test
    void region_strikesOnlyWhereThePlacesSay() {
        Rig rig = new Rig();
        InjectionSpec inR = new InjectionSpec(
                InjectedError.AMO_NACK, BigDecimal.ONE, List.of(), "p", "r", 0, InjectionSpec.REST, 3, false, ANY, ANY);
        ErrorInjection errors = new ErrorInjection(rig.engine, List.of(inR), 9, 0, 0, 8);
        CbrUnit unit = rig.chiplet.cbr(Rig.CB);
        unit.context = Rig.CONTEXT;
        assertThat(errors.strikes(InjectedError.AMO_NACK, unit, 0x1000)).isFalse();
        errors.places((injection, chiplet, context, vaddr) ->
                injection.region().equals("r") && chiplet == 9 && context == Rig.CONTEXT && vaddr >= 0x1000);
        assertThat(errors.strikes(InjectedError.AMO_NACK, unit, 0x0fff)).isFalse();
        assertThat(errors.strikes(InjectedError.AMO_NACK, unit, 0x1000)).isTrue();
    }

    @Test
    void anotherChipletOrError_isSpared() {
        assertThat(strikes(rig("{\"error\": \"amo-nack\", \"chiplet\": 1}"), 0)).isFalse();
        assertThat(strikes(rig("{\"error\": \"put-nack\"}"), 0)).isFalse();
    }

    @Test
    void opportunityOfAKind_namesTheErrorThatStrikes() {
        Rig rig = rig("{\"error\": \"ra-response-data\", \"count\": 1}, {\"error\": \"tlb-hw\"}");
        CbrUnit unit = rig.chiplet.cbr(Rig.CB);
        assertThat(rig.chiplet.errors().at(InjectedError.Where.REQUEST, unit, 0))
                .isEqualTo(InjectedError.RA_RESPONSE_DATA);
        assertThat(rig.chiplet.errors().at(InjectedError.Where.REQUEST, unit, 0))
                .isNull();
        assertThat(rig.chiplet.errors().at(InjectedError.Where.LOOKUP, unit, 0)).isEqualTo(InjectedError.TLB_HW);
    }
}
