package grusim.gru;

import static grusim.gru.Rig.CB;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.ExceptionCause;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.InstructionStatus;
import grusim.isa.Legality;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.handle.Cbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Executes the encodings that the driver's own header made. They are the kernel's, unmapped and with addresses drawn at
 * random, which no machine has: they are given a user's mode, a mapped page and counts that fit, and else word for word.
 */
final class GoldenExecutionTest {
    private static final Path VECTORS = Path.of("../../isa/src/test/resources/grusim/isa/isa-vectors.jsonl");
    private static final Pattern WORD = Pattern.compile("\"0x([0-9a-f]{16})\"");
    private static final long PAGE = 4096;
    private static final int AT = 128;

    private static Instruction parsed(String line) {
        Matcher words = WORD.matcher(line.substring(line.indexOf("\"words\"")));
        long[] found = new long[8];
        for (int i = 0; i < found.length; i++) {
            assertThat(words.find()).as(line).isTrue();
            found[i] = Long.parseUnsignedLong(words.group(1), 16);
        }
        return Instruction.of(found);
    }

    private static Opcode opcode(Instruction instruction) {
        return Opcode.of(InstructionLayout.OPC.intIn(instruction.dw0()));
    }

    private static Instruction fitted(Instruction golden) {
        Opcode opcode = opcode(golden);
        Instruction fitted = golden.with(InstructionLayout.IMA, 0).with(InstructionLayout.TRI0, 1024);
        for (Operand operand : opcode.operands()) {
            fitted = switch (operand) {
                case ADDR -> fitted.with(operand, PAGE + AT);
                case DEST -> fitted.with(operand, PAGE + 2048);
                case NELEM -> opcode == Opcode.MESQ ? fitted : fitted.with(operand, 3);
                case STRIDE -> fitted.with(operand, 2);
                case TRI1 -> fitted.with(operand, 2048);
                case BUFSIZE -> fitted.with(operand, 4);
                default -> fitted;
            };
        }
        return fitted;
    }

    @Test
    void everyEncoding_isExecuted_orRefusedForItsOperandSize() throws IOException {
        List<String> lines = Files.readAllLines(VECTORS);
        assertThat(lines).hasSize(64);
        Set<Opcode> executed = EnumSet.noneOf(Opcode.class);
        for (String line : lines) {
            Instruction instruction = fitted(parsed(line));
            Rig rig = new Rig().loaded(Rig.Mode.MAP_ONLY).mapped(1, 1, true);
            // what a poll for equality waits for, and a queue with room
            boolean poll = instruction.extendedOpcode() == ExtendedOpcode.POLL_EQUAL;
            long word = poll ? instruction.get(Operand.OPERAND2) : 20L << 32 | 4;
            rig.memory.writeWord(1, AT, 8, word);
            ControlBlock cb = rig.chiplet.cb(CB);
            long[] cbe = new long[8];
            InstructionStatus[] status = new InstructionStatus[1];
            rig.play(
                    "user",
                    rig.execute(rig.script(), CB, instruction)
                            .then(a -> status[0] = cb.status(a))
                            .then(a -> cb.extended(a, cbe)));
            rig.run();
            if (Legality.violation(instruction) == null) {
                assertThat(status[0]).as(line).isEqualTo(InstructionStatus.IDLE);
                executed.add(opcode(instruction));
            } else {
                assertThat(opcode(instruction).atomic()).as(line).isTrue();
                assertThat(ExceptionCause.in((int) Cbe.ECAUSE.get(cbe)))
                        .as(line)
                        .containsExactly(ExceptionCause.INVALID_INSTRUCTION);
            }
        }
        assertThat(executed).isEqualTo(EnumSet.allOf(Opcode.class));
    }
}
