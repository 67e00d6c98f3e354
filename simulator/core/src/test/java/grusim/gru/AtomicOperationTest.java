package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.NS;
import static grusim.gru.Rig.amo;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Why;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.isa.handle.TfhOpcode;
import grusim.machine.PhysicalMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every atomic operation, computed by hand; polls wait. */
final class AtomicOperationTest {
    private static final long PAGE = 4096;
    private static final int AT = 24;

    private final Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY).mapped(1, 9, true);

    private Script start(int cb, Instruction instruction) {
        return rig.play("user" + cb, rig.execute(rig.script(), cb, instruction));
    }

    private void execute(Instruction instruction) {
        Script script = start(CB, instruction);
        rig.run();
        assertThat(script.endPs()).isPositive();
        rig.chiplet.cb(CB).ledger().check();
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }

    @ParameterizedTest
    @CsvSource({
        // width, wrap and sign: the neighbours keep their bytes, the old value is zero-extended
        "GAMIR,  INCREMENT, BYTE, ff, 00",
        "GAMIR,  INCREMENT, SHORT, ffff, 0000",
        "GAMIR,  DECREMENT, SHORT, 0000, ffff",
        "GAMIR,  DECREMENT, WORD, 80000000, 7fffffff",
        "GAMIR,  CLEAR, BYTE, 80, 00",
        "GAMIR,  FETCH, DOUBLEWORD, 8000000000000000, 8000000000000000",
        "GAMIRR, FETCH, WORD, fffffffe, fffffffe",
        "GAMIRR, CLEAR, DOUBLEWORD, ffffffffffffffff, 0",
        "GAMIRR, INCREMENT, DOUBLEWORD, ffffffffffffffff, 0",
        "GAMIRR, DECREMENT, BYTE, 00, ff",
        "GAMIRR, DECREMENT_UPDATE_ON_ZERO, WORD, 2, 1",
        "GAMIRR, DECREMENT_UPDATE_ON_ZERO, WORD, 1, 0",
        "GAMIRR, DECREMENT_UPDATE_ON_ZERO, WORD, 0, ffffffff",
        // {head, limit}: room for one line, for two, for none
        "GAMIR, QUEUE_CHECK_64, DOUBLEWORD, 0000000500000004, 0000000500000005",
        "GAMIR, QUEUE_CHECK_64, DOUBLEWORD, 0000000500000005, 0000000500000005",
        "GAMIR, QUEUE_CHECK_128, DOUBLEWORD, 0000000500000003, 0000000500000005",
        "GAMIR, QUEUE_CHECK_128, DOUBLEWORD, 0000000500000004, 0000000500000004",
        "GAMIR, QUEUE_CHECK_64, DOUBLEWORD, ffffffffffffffff, ffffffffffffffff",
        "GAMIR, QUEUE_CHECK_64, DOUBLEWORD, ffffffff7fffffff, ffffffff80000000"
    })
    void implicitOperand(Opcode opcode, ExtendedOpcode operation, TransferType type, String old, String after) {
        around(type, hex(old));
        execute(amo(opcode, operation, PAGE + AT, type));
        assertAround(type, hex(old), hex(after));
    }

    @ParameterizedTest
    @CsvSource({
        "GAMERR, SWAP, SHORT, 1234, abcd5678, 0, 5678",
        "GAMERR, OR, BYTE, 0f, ffffff30, 0, 3f",
        "GAMERR, AND, WORD, ffff0000, 0ff000ff, 0, 0ff00000",
        "GAMERR, XOR, DOUBLEWORD, ffffffffffffffff, 1, 0, fffffffffffffffe",
        "GAMERR, ADD, SHORT, fff0, 20, 0, 0010",
        "GAMER,  ADD, WORD, 5, ffffffffffffffff, 0, 4",
        "GAMERR, COMPARE_AND_SWAP, BYTE, 80, 7f, ffffff80, 7f",
        "GAMERR, COMPARE_AND_SWAP, BYTE, 80, 7f, 81, 80",
        "GAMER,  COMPARE_AND_SWAP, DOUBLEWORD, ffffffff80000000, 1, ffffffff80000000, 1",
        "GAMER,  COMPARE_AND_SWAP, DOUBLEWORD, 80000000, 1, ffffffff80000000, 80000000",
        "GAMER,  CONDITIONAL_ADD, DOUBLEWORD, 0000002000000010, 10, 0, 0000002000000020",
        "GAMER,  CONDITIONAL_ADD, DOUBLEWORD, 0000002000000010, 11, 0, 0000002000000010",
        "GAMERR, POLL_EQUAL, SHORT, beef, 0, 1beef, beef",
        "GAMERR, POLL_NOT_EQUAL, SHORT, beef, 0, 1beee, beef"
    })
    void explicitOperands(
            Opcode opcode,
            ExtendedOpcode operation,
            TransferType type,
            String old,
            String operand1,
            String operand2,
            String after) {
        around(type, hex(old));
        execute(amo(opcode, operation, PAGE + AT, type)
                .with(Operand.OPERAND1, hex(operand1))
                .with(Operand.OPERAND2, hex(operand2)));
        assertAround(type, hex(old), hex(after));
    }

    private void around(TransferType type, long old) {
        rig.memory.writeWord(9, AT - 8, 8, -1L);
        rig.memory.writeWord(9, AT, 8, -1L);
        rig.memory.writeWord(9, AT + 8, 8, -1L);
        rig.memory.writeWord(9, AT, type.bytes(), old);
    }

    private void assertAround(TransferType type, long old, long after) {
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(old);
        assertThat(rig.memory.readWord(9, AT, type.bytes())).isEqualTo(after);
        assertThat(rig.memory.readWord(9, AT - 8, 8)).isEqualTo(-1);
        assertThat(rig.memory.readWord(9, AT + type.bytes(), 8)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        // compare, its mask, value, its mask, after
        "0055, 00ff, aa0000, ff0000, ffaa3355",
        "1155, 00ff, aa0000, ff0000, ffaa3355",
        "0056, 00ff, aa0000, ff0000, ff443355",
        "0000, 0000, 0000, ffffffff, 0"
    })
    void gamxr_exchangesMaskedBitsIfMaskedBitsAreEqual(
            String compare, String compareMask, String value, String valueMask, String after) {
        rig.memory.writeWord(9, AT, 8, 0xff443355L);
        rig.doublewords(40, hex(compare), hex(compareMask), hex(value), hex(valueMask));
        execute(Instruction.of(Opcode.GAMXR).with(Operand.ADDR, PAGE + AT).with(InstructionLayout.TRI0, 40));
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(0xff443355L);
        assertThat(rig.memory.readWord(9, AT, 8)).isEqualTo(hex(after));
    }

    private static Instruction poll(ExtendedOpcode operation, long value) {
        return amo(Opcode.GAMERR, operation, PAGE + AT, TransferType.WORD).with(Operand.OPERAND2, value);
    }

    private static Instruction increment() {
        return amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, PAGE + AT, TransferType.WORD);
    }

    @Test
    void poll_waitsForTheValue_andAsksAgainWhenItsLineIsWritten() {
        long startPs = rig.engine.nowPs();
        Script polls = start(CB, poll(ExtendedOpcode.POLL_EQUAL, 2));
        // at 10 us one, at 20 us two: each written 60 + 20 + 4 ns after its start
        ControlBlock other = rig.chiplet.cb(CB + 1);
        rig.play(
                "writer",
                rig.execute(
                        rig.execute(rig.script().pause(10_000 * NS), CB + 1, increment())
                                .pause(20_000 * NS - 10_000 * NS - (60 + 20 + 4 + 130 + 50 + 100) * NS),
                        CB + 1,
                        increment()));
        rig.run();
        assertThat(other.avalue()).isEqualTo(1);
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(2);
        // woken at the write, it looks up and goes to the memory again
        assertThat(polls.endPs() - startPs).isEqualTo((20_000 + 60 + 20 + 4) * NS + (4 + 130 + 50 + 100) * NS);
        assertThat(rig.count(DeviceStat.ATOMICS)).isEqualTo(2 + 3);
        rig.chiplet.cb(CB).ledger().check();
        assertThat(rig.chiplet.cb(CB).ledger().spentPs(Why.CONDITION)).isPositive();
        assertThat(rig.memory.watches().count()).isZero();
    }

    @Test
    void poll_forInequality_isWokenByAStoreOfACpu() {
        rig.memory.writeWord(9, AT, 4, 7);
        Script polls = start(CB, poll(ExtendedOpcode.POLL_NOT_EQUAL, 7));
        rig.play("cpu", rig.script().pause(5_000 * NS).then(a -> rig.memory.writeWord(9, AT, 4, 8)));
        rig.run();
        assertThat(polls.endPs()).isPositive();
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo(8);
    }

    @Test
    void poll_doesNotHoldUpAnInvalidate_andFollowsThePage() {
        Script polls = start(CB, poll(ExtendedOpcode.POLL_EQUAL, 5));
        rig.play("os", rig.invalidate(rig.script().pause(3_000 * NS), 0, PAGE, 1, 1 << Rig.CONTEXT));
        rig.play("fill", rig.dropin(rig.missed(rig.script(), CB), CB, TfhOpcode.WRITE_RESTART));
        rig.run();
        assertThat(polls.endPs()).isEqualTo(-1);
        // the page is in frame 1 now
        rig.memory.writeWord(9, AT, 4, 5);
        rig.run();
        assertThat(polls.endPs()).isEqualTo(-1);
        rig.play("cpu", rig.script().then(a -> rig.memory.writeWord(1, AT, 4, 5)));
        rig.run();
        assertThat(polls.endPs()).isPositive();
    }

    @Test
    void poll_thatIsNeverSatisfied_leavesNothingToDo() {
        Script polls = start(CB, poll(ExtendedOpcode.POLL_EQUAL, 5));
        rig.run();
        assertThat(polls.endPs()).isEqualTo(-1);
        assertThat(rig.engine.waitGraph().toString()).contains("gru0.resume");
    }

    @Test
    void poll_isGivenUpWithItsContext() {
        start(CB, poll(ExtendedOpcode.POLL_EQUAL, 5));
        rig.run();
        rig.play("os", rig.script().until(rig.chiplet.cb(CB).awaitable(), rig.chiplet.cb(CB)::released));
        rig.run();
        assertThat(rig.chiplet.cb(CB).idle()).isTrue();
    }

    @Test
    void poll_withoutData_isSatisfied() {
        Rig elided = new Rig(new PhysicalMemory(1, 1L << 20, false)).loaded(Rig.Mode.MAP_ONLY);
        elided.mapped(1, 9, true);
        InstructionStatus[] status = new InstructionStatus[1];
        ControlBlock cb = elided.chiplet.cb(CB);
        elided.play(
                "user",
                elided.execute(elided.script(), CB, poll(ExtendedOpcode.POLL_EQUAL, 5))
                        .then(a -> status[0] = cb.status(a)));
        elided.run();
        assertThat(status[0]).isEqualTo(InstructionStatus.IDLE);
    }
}
