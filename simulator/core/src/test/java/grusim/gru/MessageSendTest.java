package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.MessageQueueSubstatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.handle.Cbe;
import grusim.isa.handle.TfhOpcode;
import grusim.machine.PhysicalMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device's part of a message send, computed by hand: the queue check, the lines, the substatus. */
final class MessageSendTest {
    private static final long PAGE = 4096;
    private static final int QUEUE = 256;
    private static final int DATA = 128;
    private static final int LIMIT = 9;

    private Rig rig = new Rig();
    private InstructionStatus status = InstructionStatus.ACTIVE;
    private final long[] cbe = new long[8];

    private void queue(long head, long limit, String... settings) {
        rig = new Rig(settings).loaded(Rig.Mode.MAP_ONLY).mapped(1, 9, true);
        rig.memory.writeWord(9, QUEUE, 8, limit << 32 | head);
        rig.doublewords(DATA, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 28);
    }

    private Script send(int lines) {
        Instruction message = Instruction.of(Opcode.MESQ)
                .with(Operand.ADDR, PAGE + QUEUE)
                .with(Operand.NELEM, lines)
                .with(Operand.TRI0, DATA);
        ControlBlock cb = rig.chiplet.cb(CB);
        return rig.play(
                "user",
                rig.execute(rig.script(), CB, message)
                        .then(a -> status = cb.status(a))
                        .then(a -> cb.extended(a, cbe)));
    }

    private void assertEnded(InstructionStatus expected, MessageQueueSubstatus substatus) {
        assertThat(status).isEqualTo(expected);
        assertThat(MessageQueueSubstatus.of(rig.chiplet.cb(CB).substatus())).isEqualTo(substatus);
        assertThat(Cbe.ECAUSE.get(cbe)).isZero();
        rig.chiplet.cb(CB).ledger().check();
    }

    private long line(int line, int word) {
        return rig.memory.readWord(9, QUEUE + line * 64 + word * 8, 8);
    }

    @Test
    void oneLine_goesWhereTheHeadWas() {
        queue(2, LIMIT);
        send(1);
        rig.run();
        assertEnded(InstructionStatus.IDLE, MessageQueueSubstatus.NO_ERROR);
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo((long) LIMIT << 32 | 2);
        assertThat(line(0, 0)).isEqualTo((long) LIMIT << 32 | 3);
        assertThat(line(2, 0)).isEqualTo(11);
        assertThat(line(2, 7)).isEqualTo(18);
        assertThat(line(3, 0)).isZero();
        assertThat(rig.count(DeviceStat.ATOMICS)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.LINES_WRITTEN)).isEqualTo(1);
    }

    @Test
    void twoLines_fillTheQueueToItsLimit() {
        queue(LIMIT - 2, LIMIT);
        send(2);
        rig.run();
        assertEnded(InstructionStatus.IDLE, MessageQueueSubstatus.NO_ERROR);
        assertThat(line(0, 0)).isEqualTo((long) LIMIT << 32 | LIMIT);
        assertThat(line(LIMIT - 2, 0)).isEqualTo(11);
        assertThat(line(LIMIT - 1, 7)).isEqualTo(28);
    }

    @ParameterizedTest
    @CsvSource({"9, 1", "8, 2", "9, 2"})
    void fullQueue_isRefusedAndStaysAsItIs(int head, int lines) {
        queue(head, LIMIT);
        send(lines);
        rig.run();
        assertEnded(InstructionStatus.EXCEPTION, MessageQueueSubstatus.QLIMIT_REACHED);
        assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo((long) LIMIT << 32 | head);
        assertThat(line(0, 0)).isEqualTo((long) LIMIT << 32 | head);
        assertThat(rig.count(DeviceStat.LINES_WRITTEN)).isZero();
    }

    @Test
    void putBeyondThePage_isAPageOverflow() {
        // the queue begins at line 4 of its page: message line 59 is the page's last, 60 the next page's first
        queue(59, 100);
        send(1);
        rig.run();
        assertEnded(InstructionStatus.IDLE, MessageQueueSubstatus.NO_ERROR);
        queue(59, 100);
        send(2);
        rig.run();
        assertEnded(InstructionStatus.EXCEPTION, MessageQueueSubstatus.PAGE_OVERFLOW);
        assertThat(rig.count(DeviceStat.LINES_WRITTEN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // a queue check that is not done leaves the head; a put that is not done has its place
        "lb-overflow, LB_OVERFLOWED, 2, 0",
        "amo-nack, AMO_NACKED, 2, 0",
        "put-nack, PUT_NACKED, 4, 1"
    })
    void injectedError_showsInTheSubstatus(String error, MessageQueueSubstatus substatus, int head, int lines) {
        queue(2, LIMIT, "gru.errors.inject=[{\"error\": \"" + error + "\", \"count\": 1}]");
        send(2);
        rig.run();
        assertEnded(InstructionStatus.EXCEPTION, substatus);
        assertThat(line(0, 0) & 0xffff_ffffL).isEqualTo(head);
        assertThat(rig.count(DeviceStat.LINES_WRITTEN)).isEqualTo(lines);
        if (substatus == MessageQueueSubstatus.PUT_NACKED) {
            assertThat(rig.chiplet.cb(CB).avalue()).isEqualTo((long) LIMIT << 32 | 2);
        }
        send(1);
        rig.run();
        assertEnded(InstructionStatus.IDLE, MessageQueueSubstatus.NO_ERROR);
    }

    @Test
    void missBetweenCheckAndPut_restartsAtThePut() {
        queue(2, LIMIT);
        // the entry goes while the queue check is on its way; the check is not done again
        TlbArray tlb = rig.chiplet.tlbPort().tlb();
        rig.play("os", rig.script().pause(100 * NS).then(a -> tlb.remove(tlb.find(Rig.ASID, PAGE, Rig.SIZE_4K))));
        TlbFaultHandle tfh = rig.chiplet.tfh(CB);
        rig.play(
                "fill",
                rig.missed(rig.script(), CB)
                        .then(a -> tfh.command(
                                a, TfhOpcode.WRITE_RESTART, tfh.missVaddr(), tfh.missAsid(), 9, Rig.SIZE_4K, true)));
        send(1);
        rig.run();
        assertEnded(InstructionStatus.IDLE, MessageQueueSubstatus.NO_ERROR);
        assertThat(rig.count(DeviceStat.TLB_MISSES)).isEqualTo(1);
        assertThat(rig.count(DeviceStat.ATOMICS)).isEqualTo(1);
        assertThat(line(0, 0) & 0xffff_ffffL).isEqualTo(3);
        assertThat(line(2, 0)).isEqualTo(11);
    }

    @Test
    void send_takesTheCheckAndThenThePut() {
        queue(2, LIMIT);
        long startPs = rig.engine.nowPs();
        Script script = rig.play(
                "user",
                rig.execute(
                        rig.script(),
                        CB,
                        Instruction.of(Opcode.MESQ)
                                .with(Operand.ADDR, PAGE + QUEUE)
                                .with(Operand.NELEM, 1)
                                .with(Operand.TRI0, DATA)));
        rig.run();
        // hub, decode; lookup, line and atomic operation; lookup and line; status
        assertThat(script.endPs() - startPs).isEqualTo((60 + 20 + (4 + 130 + 50) + (4 + 130) + 100) * NS);
    }

    @Test
    void manySenders_takeDifferentPlaces() {
        queue(2, 50);
        for (int i = 0; i < 4; i++) {
            Script script = rig.script();
            for (int n = 0; n < 5; n++) {
                rig.execute(
                        script,
                        CB + i,
                        Instruction.of(Opcode.MESQ)
                                .with(Operand.ADDR, PAGE + QUEUE)
                                .with(Operand.NELEM, 1)
                                .with(Operand.TRI0, DATA));
            }
            rig.play("user" + i, script);
        }
        rig.run();
        assertThat(line(0, 0) & 0xffff_ffffL).isEqualTo(22);
        for (int i = 2; i < 22; i++) {
            assertThat(line(i, 0)).isEqualTo(11);
        }
    }

    @Test
    void withoutData_theSendTakesTheSameTime() {
        rig = new Rig(new PhysicalMemory(1, 1L << 20, false))
                .loaded(Rig.Mode.MAP_ONLY)
                .mapped(1, 9, true);
        long startPs = rig.engine.nowPs();
        Script script = rig.play(
                "user",
                rig.execute(
                        rig.script(),
                        CB,
                        Instruction.of(Opcode.MESQ)
                                .with(Operand.ADDR, PAGE + QUEUE)
                                .with(Operand.NELEM, 1)
                                .with(Operand.TRI0, DATA)));
        rig.run();
        assertThat(script.endPs() - startPs).isEqualTo((60 + 20 + (4 + 130 + 50) + (4 + 130) + 100) * NS);
    }
}
