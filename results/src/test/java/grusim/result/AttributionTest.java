package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AttributionTest {
    @Test
    void shares_addUpToTheWhole() {
        Attribution attribution = new Attribution(List.of("vload", "vstore"), List.of("service", "queueing"));
        attribution.add(0, 0, 30);
        attribution.add(0, 1, 11);
        attribution.finished(0, 20);
        attribution.finished(0, 21);
        AttributionShares shares = attribution.shares();
        assertThat(shares.totalPs(0)).isEqualTo(41);
        assertThat(shares.instructions(0)).isEqualTo(2);
        assertThat(shares.meanPs(0)).hasValue(21);
        assertThat(shares.meanPs(1)).isEmpty();
    }

    @Test
    void shares_refusesAnUnattributedPicosecond() {
        Attribution attribution = new Attribution(List.of("vload"), List.of("service"));
        attribution.add(0, 0, 30);
        attribution.finished(0, 31);
        assertThatThrownBy(attribution::shares)
                .hasMessage("instruction time of vload: parts add up to 30 ps, the whole is 31 ps");
    }

    @Test
    void add_refusesNegativeParts() {
        Attribution attribution = new Attribution(List.of("vload"), List.of("service"));
        assertThatThrownBy(() -> attribution.add(0, 0, -5)).hasMessage("vload, service: -5 ps is negative");
    }

    @Test
    void shares_doNotChangeAfterwards() {
        Attribution attribution = new Attribution(List.of("vload"), List.of("service"));
        AttributionShares before = attribution.shares();
        attribution.add(0, 0, 7);
        assertThat(before.partPs(0, 0)).isZero();
    }
}
