package grusim.gru;

import static grusim.gru.Rig.ASID;
import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.US;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.CbrExecutionStatus;
import grusim.isa.CbrState;
import grusim.isa.InstructionStatus;
import grusim.isa.TransferType;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.TfhOpcode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an invalidate does to outstanding misses and dropins in flight. */
@Tag("protocol")
final class KillBitTest {
    private static final long PAGE = 4096;
    private static final int THIS_CONTEXT = 1 << CONTEXT;

    private Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY);

    private Script load(long vaddr) {
        return rig.play("user", rig.execute(rig.script(), CB, vload(vaddr, 1, TransferType.CACHE_LINE)));
    }

    /** Miss, read the miss, invalidate elsewhere, answer, and answer the second miss. */
    private void missInvalidateAnswerTwice(long invalidated, int asid, int contexts) {
        load(PAGE);
        Script os = rig.missed(rig.script(), CB);
        TlbGlobalHandle tgh = rig.chiplet.tgh(0);
        os.then(a -> tgh.invalidate(a, invalidated, asid, Rig.SIZE_4K, 1, contexts, false))
                .until(tgh.awaitable(), a -> !tgh.active(a));
        rig.dropin(os, CB, TfhOpcode.WRITE_RESTART).pause(2 * US);
        rig.dropin(rig.missed(os, CB), CB, TfhOpcode.WRITE_RESTART);
        rig.play("os", os);
        rig.run();
    }

    @Test
    void dropinForAMarkedMiss_isIgnoredAndTheInstructionMissesAgain() {
        missInvalidateAnswerTwice(PAGE, ASID, THIS_CONTEXT);
        assertThat(rig.count(DeviceStat.MISSES_MARKED)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.DROPINS_KILLED)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.FALSE_KILLS)).isZero();
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isEqualTo(2);
        assertThat(rig.count(DeviceStat.DROPINS_WRITTEN)).isEqualTo(1);
        assertThat(rig.chiplet.counters().retries[1]).isEqualTo(1);
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
        rig.chiplet.cb(CB).ledger().check();
    }

    @Test
    void dropinForAnUnmarkedMiss_isWritten() {
        load(PAGE);
        rig.play("os", rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(rig.count(DeviceStat.DROPINS_KILLED)).isZero();
        assertThat(rig.count(DeviceStat.DROPINS_WRITTEN)).isEqualTo(1);
        assertThat(rig.chiplet.counters().retries[0]).isEqualTo(1);
    }

    @Test
    void invalidateOfAnotherPage_killsFalsely() {
        missInvalidateAnswerTwice(7 * PAGE, ASID, THIS_CONTEXT);
        assertThat(rig.count(DeviceStat.DROPINS_KILLED)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.FALSE_KILLS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // scope, page, asid, contexts (3 is the one that missed), killed
        "all, 7, 80, 0, true",
        "context, 7, 80, 8, true",
        "context, 1, 8, 4, false",
        "asid, 7, 8, 0, true",
        "asid, 1, 80, 8, false",
        "range, 1, 8, 0, true",
        "range, 2, 8, 8, false",
        "range, 1, 80, 8, false"
    })
    void killScope_limitsWhatIsMarked(String scope, long page, int asid, int contexts, boolean killed) {
        rig = new Rig("gru.killScope=" + scope).loaded(Rig.Mode.MAP_ONLY);
        missInvalidateAnswerTwice(page * PAGE, asid, contexts);
        assertThat(rig.count(DeviceStat.DROPINS_KILLED)).isEqualTo(killed ? 1 : 0);
    }

    @Test
    void withoutKillBits_theStaleEntryIsWritten() {
        rig = new Rig("gru.killBits=false").loaded(Rig.Mode.MAP_ONLY);
        missInvalidateAnswerTwice(PAGE, ASID, THIS_CONTEXT);
        assertThat(rig.count(DeviceStat.MISSES_MARKED)).isZero();
        assertThat(rig.count(DeviceStat.DROPINS_WRITTEN)).isEqualTo(1);
        assertThat(rig.chiplet.tlbPort().tlb().find(ASID, PAGE, Rig.SIZE_4K)).isNotEqualTo(TlbArray.NONE);
    }

    @Test
    void dropinInFlight_isMarkedUntilTheMomentItIsWritten() {
        // The miss is recorded at 100 ns and answered at once: the command reaches the TFH at 160 ns and the entry is
        // written at 310 ns. An invalidate whose command reaches the chiplet at 309 ns kills it, at 311 ns removes it.
        assertThat(inFlight(249 * NS)).isEqualTo(1);
        assertThat(inFlight(251 * NS)).isZero();
        assertThat(rig.count(DeviceStat.ENTRIES_INVALIDATED)).isEqualTo(1);
    }

    private long inFlight(long invalidateAtPs) {
        rig = new Rig().loaded(Rig.Mode.MAP_ONLY);
        load(PAGE);
        Script os = rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART)
                .pause(US);
        rig.play("os", rig.dropin(rig.missed(os, CB), CB, TfhOpcode.WRITE_RESTART));
        rig.play("vm", rig.invalidate(rig.script().pause(invalidateAtPs), 0, PAGE, 1, THIS_CONTEXT));
        rig.run();
        return rig.count(DeviceStat.DROPINS_KILLED);
    }

    @Test
    void preload_isIgnoredToo_andTheMissStaysMarked() {
        load(PAGE);
        Script os = rig.invalidate(rig.missed(rig.script(), CB), 0, PAGE, 1, THIS_CONTEXT);
        TlbFaultHandle tfh = rig.chiplet.tfh(CB);
        os.then(a -> tfh.command(a, TfhOpcode.WRITE_ONLY, 2 * PAGE, ASID, 2, Rig.SIZE_4K, true))
                .until(tfh.awaitable(), a -> TlbFaultHandle.exception(tfh.load(a)));
        rig.play("os", rig.dropin(os, CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(rig.count(DeviceStat.DROPINS_KILLED)).isEqualTo(2);
        assertThat(rig.chiplet.tlbOccupancy()).isZero();
        assertThat(rig.chiplet.cb(CB).idle()).isFalse();
    }

    @Test
    void conversionToUserPolling_keepsTheMark() {
        load(PAGE);
        Script os = rig.invalidate(rig.missed(rig.script(), CB), 0, PAGE, 1, THIS_CONTEXT);
        ControlBlock cb = rig.chiplet.cb(CB);
        TlbFaultHandle tfh = rig.chiplet.tfh(CB);
        os.then(a -> tfh.command(a, TfhOpcode.USER_POLLING_MODE))
                .until(cb.awaitable(), a -> cb.status(a) == InstructionStatus.CALL_OS)
                .then(cb::setActive);
        rig.play("os", rig.dropin(os, CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(rig.count(DeviceStat.DROPINS_KILLED)).isEqualTo(1);
    }

    @Test
    void extendedBlock_showsThatAnInvalidateHit() {
        load(PAGE);
        long[] cbe = new long[8];
        Script os = rig.invalidate(rig.missed(rig.script(), CB), 0, 7 * PAGE, 1, THIS_CONTEXT);
        rig.play("os", os.then(a -> rig.chiplet.cb(CB).extended(a, cbe)));
        rig.run();
        assertThat(CbrExecutionStatus.TLB_INVALIDATE.in((int) Cbe.CBREXECSTATUS.get(cbe)))
                .isTrue();
        assertThat(CbrState.of((int) Cbe.CBRSTATE.get(cbe))).isEqualTo(CbrState.INTERRUPTED_MISS_FMM);
    }
}
