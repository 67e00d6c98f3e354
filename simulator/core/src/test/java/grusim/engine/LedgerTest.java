package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class LedgerTest {
    @Test
    void marks_addUpToTheWhole() {
        Ledger ledger = new Ledger();
        ledger.start(1_000);
        ledger.mark(Why.DECODE, 1_300);
        ledger.mark(Why.MEMORY, 2_000);
        ledger.mark(Why.DECODE, 2_050);
        assertThat(ledger.spentPs(Why.DECODE)).isEqualTo(300 + 50);
        assertThat(ledger.spentPs(Why.MEMORY)).isEqualTo(700);
        assertThat(ledger.spentPs(Why.LINK)).isZero();
        assertThat(ledger.totalPs()).isEqualTo(1_050);
        ledger.check();
    }

    @Test
    void start_beginsANewAccount() {
        Ledger ledger = new Ledger();
        ledger.start(0);
        ledger.mark(Why.LOCK, 500);
        ledger.start(700);
        ledger.mark(Why.POLL, 710);
        assertThat(ledger.spentPs(Why.LOCK)).isZero();
        assertThat(ledger.totalPs()).isEqualTo(10);
    }

    @Test
    void mark_refusesTimeThatRunsBackwards() {
        Ledger ledger = new Ledger();
        ledger.start(100);
        assertThatThrownBy(() -> ledger.mark(Why.LOCK, 99))
                .isInstanceOf(AssertionError.class)
                .hasMessage("time runs backwards: 100 to 99");
    }
}
