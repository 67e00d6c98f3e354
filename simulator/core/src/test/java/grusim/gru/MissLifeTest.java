package grusim.gru;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Ledger;
import grusim.engine.StateContract;
import grusim.engine.Why;
import org.junit.jupiter.api.Test;

final class MissLifeTest {
    @Test
    void end_givesThePartsOfAnUndisturbedMiss() {
        MissLife life = new MissLife();
        life.missed(100);
        life.mark(Why.MISS_RECORD, 120);
        life.mark(Why.INTERRUPT_DELIVERY, 1620);
        life.mark(Why.DROPIN, 1700);
        Ledger account = life.end(Why.RESTART, 1850);

        assertThat(account.totalPs()).isEqualTo(1750);
        assertThat(account.spentPs(Why.MISS_RECORD)).isEqualTo(20);
        assertThat(account.spentPs(Why.INTERRUPT_DELIVERY)).isEqualTo(1500);
        assertThat(account.spentPs(Why.DROPIN)).isEqualTo(80);
        assertThat(account.spentPs(Why.RESTART)).isEqualTo(150);
        assertThat(life.open()).isFalse();
    }

    @Test
    void missed_countsWhatAKilledAttemptTookAsKilled() {
        MissLife life = new MissLife();
        life.missed(0);
        life.mark(Why.MISS_RECORD, 20);
        life.mark(Why.PAGE_WALK, 95);
        life.killed();
        life.mark(Why.KILLED, 100);
        life.mark(Why.RESTART, 250);
        life.missed(260);
        life.mark(Why.MISS_RECORD, 280);
        life.mark(Why.PAGE_WALK, 355);
        life.mark(Why.DROPIN, 400);
        // The entry was written, and gone again when the restarted lookup came at 550.
        life.missed(550);
        life.mark(Why.MISS_RECORD, 570);
        Ledger account = life.end(Why.RESTART, 600);

        assertThat(account.spentPs(Why.KILLED)).isEqualTo(260);
        assertThat(account.spentPs(Why.LOST)).isEqualTo(290);
        assertThat(account.spentPs(Why.MISS_RECORD)).isEqualTo(20);
        assertThat(account.spentPs(Why.PAGE_WALK)).isZero();
        assertThat(account.spentPs(Why.RESTART)).isEqualTo(30);
        assertThat(account.totalPs()).isEqualTo(600);
    }

    @Test
    void mark_doesNothingWithoutAMiss() {
        MissLife life = new MissLife();
        life.mark(Why.DROPIN, 100);
        life.missed(1000);
        life.mark(Why.MISS_RECORD, 900);
        assertThat(life.end(Why.RESTART, 1000).totalPs()).isZero();
    }

    @Test
    void state_isRestored() {
        MissLife life = new MissLife();
        life.missed(5);
        life.mark(Why.MISS_RECORD, 25);
        life.killed();
        MissLife other = new MissLife();
        StateContract.assertRoundTrip(life, other, true);
        other.missed(40);
        assertThat(other.end(Why.RESTART, 40).spentPs(Why.KILLED)).isEqualTo(35);
    }
}
