package grusim.gru;

import static grusim.gru.Rig.CB;
import static grusim.gru.Rig.CONTEXT;
import static grusim.gru.Rig.DSR_MAP;
import static grusim.gru.Rig.amo;
import static grusim.gru.Rig.bcopy;
import static grusim.gru.Rig.vload;
import static grusim.gru.Rig.vstore;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.Layout;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CchState;
import grusim.isa.handle.CommandStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A context that is copied out at any moment and copied in elsewhere: instructions go on exactly where they were. */
@Tag("protocol")
final class SaveRestoreTest {
    private static final int PAGE = 4096;
    private static final int PAGES = 4;
    private static final int BLOCKS = 4;
    private static final int SEGMENT = 3 * 1024;
    private static final int ELSEWHERE = 1;
    private static final long CBRS_ELSEWHERE = 0b11;
    private static final int DSR_ELSEWHERE = 0b11001;
    private static final long NEVER = -1;
    private static final int MOMENTS = 40;

    private final long[] lines = new long[BLOCKS * Layout.WORDS];
    private final long[] extended = new long[BLOCKS * Layout.WORDS];
    private final byte[] segment = new byte[SEGMENT];

    /** An instruction with a name. */
    record Example(String name, Instruction instruction) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Instruction indexed(Opcode opcode) {
        return Instruction.of(opcode)
                .with(TransferType.WORD)
                .with(Operand.ADDR, PAGE + 61)
                .with(Operand.NELEM, 9)
                .with(Operand.TRI1, 2048);
    }

    private static Instruction message(int count) {
        return Instruction.of(Opcode.MESQ)
                .with(Operand.ADDR, PAGE)
                .with(Operand.NELEM, count)
                .with(Operand.TRI0, 128);
    }

    static List<Example> examples() {
        return List.of(
                new Example("nop", Instruction.of(Opcode.NOP)),
                new Example("vload lines", vload(PAGE + 8, 30, TransferType.CACHE_LINE)),
                new Example(
                        "vload one element again and again",
                        vload(PAGE + 61, 20, TransferType.DOUBLEWORD).with(Operand.STRIDE, 0)),
                new Example(
                        "vload strided across lines",
                        vload(PAGE + 61, 25, TransferType.DOUBLEWORD).with(Operand.STRIDE, 17)),
                new Example(
                        "vload backwards",
                        vload(3 * PAGE, 25, TransferType.WORD).with(Operand.STRIDE, -31)),
                new Example(
                        "vstore", vstore(2 * PAGE + 3, 24, TransferType.SHORT).with(Operand.STRIDE, 40)),
                new Example(
                        "vset",
                        Instruction.of(Opcode.VSET)
                                .with(TransferType.WORD)
                                .with(Operand.ADDR, PAGE + 2)
                                .with(Operand.NELEM, 40)
                                .with(Operand.STRIDE, 15)
                                .with(Operand.VALUE, 0x01020304)),
                new Example("ivload", indexed(Opcode.IVLOAD)),
                new Example("ivstore", indexed(Opcode.IVSTORE)),
                new Example("ivset", indexed(Opcode.IVSET).with(Operand.VALUE, 0x0a0b0c0d)),
                new Example("bcopy", bcopy(PAGE + 60, 2 * PAGE + 7, 1500, TransferType.BYTE, 3)),
                new Example("bcopy by one line", bcopy(PAGE, 3 * PAGE, 12, TransferType.CACHE_LINE, 1)),
                new Example(
                        "bstore",
                        Instruction.of(Opcode.BSTORE)
                                .with(TransferType.CACHE_LINE)
                                .with(Operand.ADDR, 0x20000 + 100)
                                .with(Operand.DEST, 2 * PAGE + 60)
                                .with(Operand.TRI0, 100)
                                .with(Operand.NELEM, 20)),
                new Example(
                        "vflush",
                        Instruction.of(Opcode.VFLUSH)
                                .with(TransferType.CACHE_LINE)
                                .with(Operand.ADDR, PAGE)
                                .with(Operand.NELEM, 20)
                                .with(Operand.STRIDE, 1)),
                new Example(
                        "increment", amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, PAGE + 8, TransferType.DOUBLEWORD)),
                new Example(
                        "add",
                        amo(Opcode.GAMER, ExtendedOpcode.ADD, PAGE + 8, TransferType.WORD)
                                .with(Operand.OPERAND1, 77)),
                new Example(
                        "poll that is satisfied",
                        amo(Opcode.GAMERR, ExtendedOpcode.POLL_NOT_EQUAL, PAGE + 8, TransferType.WORD)
                                .with(Operand.OPERAND2, 77)),
                new Example(
                        "exchange",
                        Instruction.of(Opcode.GAMXR)
                                .with(Operand.ADDR, PAGE + 16)
                                .with(Operand.TRI0, 40)),
                new Example("message of one line", message(1)),
                new Example("message of two lines", message(2)),
                new Example("beyond the segment", vload(PAGE, 100, TransferType.CACHE_LINE)));
    }

    private static byte[] pattern(int bytes, int seed) {
        byte[] made = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            made[i] = (byte) (i * 31 + (i >> 8) + seed);
        }
        return made;
    }

    private static Rig filled() {
        Rig rig = new Rig("gru.linesInFlightPerCbr=3", "gru.cchInterruptLatency=0 ns").loaded(Rig.Mode.USER);
        for (int page = 1; page <= PAGES; page++) {
            rig.mapped(page, 10 + page, true);
            rig.memory.write(10 + page, 0, pattern(PAGE, page), 0, PAGE);
        }
        // the head of a queue: head 2, limit 9
        rig.memory.writeWord(11, 0, 8, 9L << 32 | 2);
        byte[] dsr = pattern(SEGMENT, 5);
        ByteBuffer indexes = ByteBuffer.wrap(dsr).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 9; i++) {
            indexes.putLong(2048 + 8 * i, (i * 37L) % 200);
        }
        rig.chiplet.dataSegment().write(DSR_MAP, 0, dsr, 0, SEGMENT);
        return rig;
    }

    private void copyOut(Rig rig, Script script, int first, int map) {
        for (int i = 0; i < BLOCKS; i++) {
            int block = i;
            script.then(a -> rig.chiplet.cb(first + block).save(a, lines, extended, block * Layout.WORDS));
        }
        script.then(a -> rig.chiplet.dataSegment().read(map, 0, segment, 0, SEGMENT));
    }

    private void copyIn(Rig rig, Script script, int first, int map) {
        for (int i = 0; i < BLOCKS; i++) {
            int block = i;
            script.then(a -> rig.chiplet.cb(first + block).restore(a, lines, extended, block * Layout.WORDS));
        }
        script.then(a -> rig.chiplet.dataSegment().write(map, 0, segment, 0, SEGMENT));
    }

    private static Script command(Rig rig, Script script, int context, CchOpcode opcode) {
        ContextHandle cch = rig.chiplet.cch(context);
        return script.then(a -> cch.command(a, opcode))
                .until(cch.awaitable(), a -> cch.status(a) != CommandStatus.ACTIVE);
    }

    /** Stops the context, copies it out, gives its place up and copies it in elsewhere. */
    private void move(Rig rig) {
        Script script = rig.script();
        command(rig, script, CONTEXT, CchOpcode.INTERRUPT_SYNC);
        copyOut(rig, script, CB, DSR_MAP);
        command(rig, script, CONTEXT, CchOpcode.DEALLOCATE);
        ContextHandle cch = rig.chiplet.cch(ELSEWHERE);
        script.then(a -> cch.configure(a, rig.configuration(Rig.Mode.USER, CBRS_ELSEWHERE, DSR_ELSEWHERE)));
        command(rig, script, ELSEWHERE, CchOpcode.ALLOCATE);
        copyIn(rig, script, 0, DSR_ELSEWHERE);
        command(rig, script, ELSEWHERE, CchOpcode.START);
        rig.play("driver", script);
    }

    private static void start(Rig rig, Example example) {
        rig.play("user", rig.script().then(a -> rig.chiplet.cb(CB).start(a, example.instruction.words())));
    }

    /** All that software sees in the end. */
    private byte[] outcome(Rig rig, boolean moved) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int page = 1; page <= PAGES; page++) {
            byte[] bytes = new byte[PAGE];
            rig.memory.read(10 + page, 0, bytes, 0, PAGE);
            all.writeBytes(bytes);
        }
        Script look = rig.script();
        copyOut(rig, look, moved ? 0 : CB, moved ? DSR_ELSEWHERE : DSR_MAP);
        rig.play("look", look);
        rig.run();
        all.writeBytes(segment);
        for (long word : lines) {
            all.writeBytes(ByteBuffer.allocate(8).putLong(word).array());
        }
        for (long word : extended) {
            all.writeBytes(ByteBuffer.allocate(8).putLong(word).array());
        }
        return all.toByteArray();
    }

    private byte[] play(Example example, long movedAtPs) {
        Rig rig = filled();
        long startPs = rig.engine.nowPs();
        start(rig, example);
        if (movedAtPs != NEVER) {
            rig.engine.timed().run(startPs + movedAtPs);
            move(rig);
        }
        rig.run();
        int cb = movedAtPs == NEVER ? CB : 0;
        assertThat(rig.chiplet.cb(cb).idle()).as("idle, moved at %d", movedAtPs).isTrue();
        return outcome(rig, movedAtPs != NEVER);
    }

    private static long durationPs(Example example) {
        Rig rig = filled();
        long startPs = rig.engine.nowPs();
        start(rig, example);
        rig.run();
        return rig.engine.nowPs() - startPs;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void movedAtAnyMoment_endsAsIfItHadStayed(Example example) {
        byte[] stayed = play(example, NEVER);
        long duration = durationPs(example);
        for (int moment = 0; moment <= MOMENTS; moment++) {
            long atPs = duration * moment / MOMENTS;
            assertThat(play(example, atPs)).as("moved after %d ps", atPs).isEqualTo(stayed);
        }
    }

    @Test
    void copiedInAndOutAgain_isTheSameBitForBit() {
        Rig rig = filled();
        // an exception, an old value, an instruction under way, nothing
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 100, TransferType.CACHE_LINE)));
        rig.play(
                "user",
                rig.execute(
                        rig.script(),
                        CB + 1,
                        amo(Opcode.GAMIR, ExtendedOpcode.INCREMENT, PAGE + 8, TransferType.DOUBLEWORD)));
        rig.run();
        rig.play("user", rig.script().then(a -> rig.chiplet.cb(CB + 2).start(a, copy().words())));
        rig.engine.timed().run(rig.engine.nowPs() + 700 * Rig.NS);
        Script script = rig.script();
        command(rig, script, CONTEXT, CchOpcode.INTERRUPT_SYNC);
        copyOut(rig, script, CB, DSR_MAP);
        command(rig, script, CONTEXT, CchOpcode.DEALLOCATE);
        ContextHandle cch = rig.chiplet.cch(ELSEWHERE);
        script.then(a -> cch.configure(a, rig.configuration(Rig.Mode.USER, CBRS_ELSEWHERE, DSR_ELSEWHERE)));
        command(rig, script, ELSEWHERE, CchOpcode.ALLOCATE);
        copyIn(rig, script, 0, DSR_ELSEWHERE);
        rig.play("driver", script);
        rig.run();
        long[] savedLines = lines.clone();
        long[] savedExtended = extended.clone();
        byte[] savedSegment = segment.clone();
        assertThat(savedExtended[7] >>> 32 & 0xfffff).as("ecause").isEqualTo(1 << 5);
        assertThat(savedLines[Layout.WORDS + 7]).as("old value").isNotZero();
        assertThat(savedExtended[2 * Layout.WORDS + 2]).as("base 0 so far").isGreaterThan(PAGE);
        Script again = rig.script();
        copyOut(rig, again, 0, DSR_ELSEWHERE);
        rig.play("look", again);
        rig.run();
        assertThat(lines).isEqualTo(savedLines);
        assertThat(extended).isEqualTo(savedExtended);
        assertThat(segment).isEqualTo(savedSegment);
        assertThat(cch.state()).isEqualTo(CchState.MAPPED);
        assertThat(rig.chiplet.cb(2).idle()).as("goes on only once started").isTrue();
    }

    private static Instruction copy() {
        return bcopy(PAGE, 3 * PAGE, 40, TransferType.CACHE_LINE, 2);
    }

    @Test
    void deallocatedBlocks_areEmptyForTheirNextOwner() {
        Rig rig = filled();
        rig.play("user", rig.execute(rig.script(), CB, vload(PAGE, 100, TransferType.CACHE_LINE)));
        rig.run();
        Script script = rig.script();
        command(rig, script, CONTEXT, CchOpcode.INTERRUPT_SYNC);
        command(rig, script, CONTEXT, CchOpcode.DEALLOCATE);
        script.then(a -> rig.chiplet.cb(CB).save(a, lines, extended, 0));
        rig.play("driver", script);
        rig.run();
        assertThat(lines).containsOnly(0);
        // cbrstate INACTIVE, no exception
        assertThat(extended).containsOnly(0);
    }
}
