package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.bcopy;
import static grusim.gru.Rig.vload;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Why;
import grusim.isa.CbrExecutionStatus;
import grusim.isa.ExceptionCause;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.TransferType;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.Tfh;
import grusim.isa.handle.TfhOpcode;
import grusim.isa.handle.TfhState;
import grusim.workload.InjectedError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an injected error does to the instruction it strikes, and that the instruction can be started again. */
final class HardwareErrorTest {
    private static final long PAGE = 4096;
    private static final Instruction LOAD = vload(PAGE, 1, TransferType.CACHE_LINE);
    private static final Instruction INCREMENT =
            Rig.amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, PAGE, TransferType.DOUBLEWORD);

    /** start to decode, decode, lookup, line, status */
    private static final long UNDISTURBED_NS = 60 + 20 + 4 + 130 + 100;

    private final long[] cbe = new long[8];

    private static Rig rig(InjectedError error, String more) {
        String word = error.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Rig("gru.errors.inject=[{\"error\": \"" + word + "\", \"count\": 1" + more + "}]")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, true);
    }

    private InstructionStatus execute(Rig rig, Instruction instruction) {
        return play(rig, rig.execute(rig.script(), CB, instruction));
    }

    private InstructionStatus again(Rig rig) {
        ControlBlock cb = rig.chiplet.cb(CB);
        return play(rig, rig.script().then(cb::restart).until(cb.awaitable(), a -> Rig.ended(cb, a)));
    }

    private InstructionStatus play(Rig rig, Script script) {
        ControlBlock cb = rig.chiplet.cb(CB);
        InstructionStatus[] status = new InstructionStatus[1];
        rig.play("user", script.then(a -> status[0] = cb.status(a)).then(a -> cb.extended(a, cbe)));
        rig.run();
        return status[0];
    }

    static Stream<InjectedError> raising() {
        return Arrays.stream(InjectedError.values()).filter(error -> error.cause() != null);
    }

    @ParameterizedTest
    @MethodSource("raising")
    void error_isTheCauseOfAnException_andNothingWasDone(InjectedError error) {
        Rig rig = rig(error, "");
        rig.memory.writeWord(1, 0, 8, 41);
        assertThat(execute(rig, INCREMENT)).isEqualTo(InstructionStatus.EXCEPTION);
        ExceptionCause cause = error.cause();
        assertThat(ExceptionCause.in((int) Cbe.ECAUSE.get(cbe))).containsExactly(cause);
        assertThat(Cbe.IDEF1UPD.get(cbe)).isEqualTo(PAGE);
        assertThat(rig.memory.readWord(1, 0, 8)).isEqualTo(41);
        assertThat(rig.chiplet.errors().struck(error)).isEqualTo(1);

        assertThat(again(rig)).isEqualTo(InstructionStatus.IDLE);
        assertThat(rig.memory.readWord(1, 0, 8)).isEqualTo(42);
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(41);
        assertThat(rig.chiplet.tlbPort().contexts().drained(Rig.CONTEXT)).isTrue();
        rig.chiplet.cb(CB).ledger().check();
    }

    @Test
    void undisturbedLoad_takesWhatItsPartsTake() {
        Rig rig = rig(InjectedError.RA_REQUEST_TIMEOUT, ", \"at\": [\"1 s\"]");
        execute(rig, LOAD);
        assertThat(rig.chiplet.cb(CB).ledger().totalPs()).isEqualTo(UNDISTURBED_NS * NS);
    }

    @Test
    void requestTimeout_takesTheTimeoutInPlaceOfTheLine() {
        Rig rig = rig(InjectedError.RA_REQUEST_TIMEOUT, "");
        execute(rig, LOAD);
        assertThat(rig.chiplet.cb(CB).ledger().totalPs()).isEqualTo((UNDISTURBED_NS - 130 + 100_000) * NS);
        assertThat(rig.chiplet.cb(CB).ledger().spentPs(Why.TIMEOUT)).isEqualTo((4 + 100_000) * NS);
    }

    @Test
    void homeTimeout_takesTheHomesTimeoutInPlaceOfTheMemory() {
        Rig rig = rig(InjectedError.HA_REQUEST_TIMEOUT, "");
        execute(rig, LOAD);
        assertThat(rig.chiplet.cb(CB).ledger().totalPs()).isEqualTo((UNDISTURBED_NS - 130 + 50_000) * NS);
        assertThat(rig.chiplet.cb(CB).ledger().spentPs(Why.TIMEOUT)).isEqualTo(50_000 * NS);
    }

    @Test
    void errorResponse_comesInItsUsualTime_andTheRetryIsPartOfTheAccount() {
        Rig rig = rig(InjectedError.RA_RESPONSE_NON_FATAL, "");
        execute(rig, LOAD);
        assertThat(rig.chiplet.cb(CB).ledger().totalPs()).isEqualTo(UNDISTURBED_NS * NS);
        again(rig);
        assertThat(rig.chiplet.cb(CB).ledger().totalPs()).isEqualTo(2 * UNDISTURBED_NS * NS);
        rig.chiplet.cb(CB).ledger().check();
    }

    @Test
    void abort_showsInTheExecutionStatus_andForbidsTheRetry() {
        Rig rig = rig(InjectedError.RA_RESPONSE_DATA, ", \"abort\": true");
        execute(rig, LOAD);
        int status = (int) Cbe.CBREXECSTATUS.get(cbe);
        assertThat(CbrExecutionStatus.ABORT.in(status)).isTrue();
        assertThat(ExceptionCause.retryable((int) Cbe.ECAUSE.get(cbe), 0, status))
                .isFalse();
        again(rig);
        assertThat(CbrExecutionStatus.ABORT.in((int) Cbe.CBREXECSTATUS.get(cbe)))
                .isFalse();
    }

    @Test
    void longCopy_failsInTheMiddle_andCopiesEverythingWhenStartedAgain() {
        // a line request somewhere in the middle of 2 x 64
        Rig rig = rig(InjectedError.RA_RESPONSE_DATA, ", \"at\": [\"1 us\"]").mapped(2, 2, true);
        for (int i = 0; i < 512; i++) {
            rig.memory.writeWord(1, 8 * i, 8, i + 1L);
        }
        assertThat(execute(rig, bcopy(PAGE, 2 * PAGE, 64, TransferType.CACHE_LINE, 4)))
                .isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(again(rig)).isEqualTo(InstructionStatus.IDLE);
        for (int i = 0; i < 512; i++) {
            assertThat(rig.memory.readWord(2, 8 * i, 8)).isEqualTo(i + 1L);
        }
        assertThat(rig.chiplet.tlbPort().contexts().drained(Rig.CONTEXT)).isTrue();
    }

    @Test
    void failedRequest_whileAnotherMisses_waitsForTheAnswer() {
        // the first line is never answered; the second is on page 2, which misses long before the timeout
        Rig rig = rig(InjectedError.RA_REQUEST_TIMEOUT, ", \"at\": [\"0 ns\"]");
        rig.play("os", rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART));
        assertThat(execute(rig, vload(2 * PAGE - 64, 2, TransferType.CACHE_LINE)))
                .isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(rig.chiplet.tlbPort().misses().outstanding(CB)).isFalse();
        assertThat(again(rig)).isEqualTo(InstructionStatus.IDLE);
    }

    @Test
    void failure_withBusyPortAndNoCredits_leavesNothingBehind() {
        // four blocks share two line credits and a slow port, and about every third request fails
        Rig rig = new Rig(
                        "gru.linesInFlightPerChiplet=2",
                        "gru.issueInterval=50 ns",
                        "gru.errors.inject=[{\"error\": \"ha-response-data\", \"rate\": 0.3}]")
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 1, true);
        for (int cb = 4; cb < 8; cb++) {
            Script script = rig.script();
            for (int i = 0; i < 20; i++) {
                rig.execute(script, cb, vload(PAGE, 8, TransferType.CACHE_LINE));
            }
            rig.play("user", script);
        }
        rig.run();
        assertThat(rig.count(DeviceStat.EXCEPTIONS)).isBetween(40L, 80L);
        assertThat(rig.chiplet.tlbPort().contexts().drained(Rig.CONTEXT)).isTrue();
        for (int cb = 4; cb < 8; cb++) {
            assertThat(rig.chiplet.cb(cb).idle()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TLB_RR", "TLB_MAIN_ARRAY", "TLB_VALID", "TLB_PAGE_SIZE", "TLB_UNCORRECTABLE"},
            value = InjectedError.class)
    void parityError_isReportedInTheFaultHandle_andADropinCuresIt(InjectedError error) {
        Rig rig = rig(error, "");
        long[] word = new long[1];
        Script os = rig.missed(rig.script(), CB)
                .then(a -> word[0] = rig.chiplet.tfh(CB).load(a));
        rig.play("os", rig.dropin(os, CB, TfhOpcode.WRITE_RESTART));
        assertThat(execute(rig, LOAD)).isEqualTo(InstructionStatus.IDLE);
        assertThat(TlbFaultHandle.state(word[0])).isEqualTo(TfhState.HW_ERR);
        assertThat(TlbFaultHandle.status(word[0])).isEqualTo(CommandStatus.EXCEPTION.code());
        assertThat(TlbFaultHandle.cause(word[0])).isEqualTo(error.tfhCause());
        assertThat(Tfh.CTXNUM.in(word[0])).isEqualTo(Rig.CONTEXT);
        assertThat(rig.count(DeviceStat.TLB_PARITY_ERRORS)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isZero();
        assertThat(rig.chiplet.tfm(1).faultBits(0)).isEqualTo(1L << CB);
    }

    @Test
    void parityError_canBeHandedToTheUserOrEndedByAnException() {
        Rig rig = rig(InjectedError.TLB_VALID, "");
        Script os = rig.missed(rig.script(), CB)
                .then(a -> rig.chiplet.tfh(CB).command(a, TfhOpcode.USER_POLLING_MODE))
                .until(
                        rig.chiplet.tfh(CB).awaitable(),
                        a -> TlbFaultHandle.state(rig.chiplet.tfh(CB).load(a)) == TfhState.MISS_UPM)
                .then(a -> rig.chiplet.tfh(CB).command(a, TfhOpcode.EXCEPTION));
        rig.play("os", os);
        assertThat(execute(rig, LOAD)).isEqualTo(InstructionStatus.EXCEPTION);
        assertThat(ExceptionCause.in((int) Cbe.ECAUSE.get(cbe))).containsExactly(ExceptionCause.OS_FATAL_TLB_FAULT);
    }
}
