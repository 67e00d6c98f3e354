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

    @Test
    void state_carriesAnOpenAccountAcrossASnapshot() {
        Ledger used = new Ledger();
        used.start(100);
        used.mark(Why.LOCK, 150);
        Ledger fresh = new Ledger();
        StateContract.assertRoundTrip(used, fresh, true);
        fresh.mark(Why.MEMORY, 180);
        assertThat(fresh.spentPs(Why.LOCK)).isEqualTo(50);
        assertThat(fresh.totalPs()).isEqualTo(80);
        fresh.check();
        assertThat(fresh.reasons()).isEqualTo(1L << Why.LOCK.ordinal() | 1L << Why.MEMORY.ordinal());
    }

    @Test
    void fold_movesAllButWhatIsKept() {
        Ledger ledger = new Ledger();
        ledger.start(0);
        ledger.mark(Why.LOCK, 10);
        ledger.mark(Why.LOST, 15);
        ledger.mark(Why.MEMORY, 35);
        ledger.fold(Why.KILLED, 1L << Why.LOST.ordinal());
        assertThat(ledger.spentPs(Why.KILLED)).isEqualTo(30);
        assertThat(ledger.spentPs(Why.LOST)).isEqualTo(5);
        assertThat(ledger.reasons()).isEqualTo(1L << Why.KILLED.ordinal() | 1L << Why.LOST.ordinal());
        ledger.check();
        ledger.fold(Why.RESTART, -1);
        assertThat(ledger.reasons()).isEqualTo(1L << Why.KILLED.ordinal() | 1L << Why.LOST.ordinal());
    }

    @Test
    void state_isTimingOnly() {
        assertThat(Snapshot.of(new Ledger(), false).length()).isZero();
    }
}
