package grusim.run;

import static grusim.run.RunRig.oneThread;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.Opcode;
import grusim.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every instruction as a program's step, with checks that hold and checks that must fail. */
@Tag("protocol")
@Timeout(120)
final class InstructionRunTest {
    private static final Path INSTRUCTIONS = Path.of("../../workloads/specs/instructions.json");
    private static final String NOISE = "{\"name\": \"r\", \"size\": \"64 KiB\", \"content\": {\"seed\": 7}}";
    private static final String PAGE = "{\"name\": \"r\", \"size\": \"4 KiB\"}";

    private static void assertClean(RunResult result) {
        assertThat(result.dataChecks().texts()).isEmpty();
        assertThat(result.contract().failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gru.killBits=true",
                // every page of an instruction pushes another one out
                "gru.tlb={\"sets\": 1, \"ways\": 2}",
                "gru.linesInFlightPerCbr=1",
                "gru.linesInFlightPerChiplet=3",
                "machine.blades=4",
                "kernel.memoryModel=relaxed"
            })
    void shippedSpec_executesEveryInstruction_cleanly(String setting) {
        RunResult result = RunRig.run(INSTRUCTIONS, setting);
        assertClean(result);
        assertThat(result.dataChecks().checks()).isGreaterThan(180);
        for (Opcode opcode : Opcode.values()) {
            assertThat(result.counter("device.instructions." + opcode.mnemonic()))
                    .as(opcode.mnemonic())
                    .isPositive();
        }
    }

    @Test
    void gather_isComparedElementByElement() {
        RunResult result = RunRig.run(oneThread(
                NOISE,
                "{\"op\": \"vset\", \"region\": \"r\", \"offset\": \"808 B\", \"xtype\": \"b\", \"value\": 0},"
                        + "{\"op\": \"ivload\", \"region\": \"r\", \"xtype\": \"s\", \"nelem\": 8, \"count\": 10,"
                        + " \"pattern\": {\"step\": \"8 B\"}, \"expect\": \"content\"}",
                ""));
        // ten instructions gather 80 elements 8 bytes apart: 608 is the 77th, 808 none
        assertClean(result);
        result = RunRig.run(oneThread(
                NOISE,
                "{\"op\": \"vset\", \"region\": \"r\", \"offset\": \"608 B\", \"xtype\": \"s\", \"value\": 1},"
                        + "{\"op\": \"ivload\", \"region\": \"r\", \"xtype\": \"s\", \"nelem\": 8, \"count\": 10,"
                        + " \"pattern\": {\"step\": \"8 B\"}, \"expect\": \"content\"}",
                ""));
        assertThat(result.dataChecks().failures()).isOne();
        assertThat(result.dataChecks().texts().get(0)).startsWith("ivload of thread 0 at 0x");
    }

    @ParameterizedTest
    @CsvSource({
        // element k of a stride of -3 shorts lies 6 k below 42
        "0, 42",
        "1, 36",
        "7, 0"
    })
    void negativeStride_putsTheFirstElementHighest(int element, int offset) {
        String program = "{\"op\": \"vload\", \"region\": \"r\", \"xtype\": \"s\", \"nelem\": 8, \"stride\": -3,"
                + " \"expect\": \"content\"}";
        String set = "{\"op\": \"vset\", \"region\": \"r\", \"offset\": \"%d B\", \"xtype\": \"s\", \"value\": 1},";
        assertThat(RunRig.run(oneThread(NOISE, set.formatted(offset) + program, ""))
                        .dataChecks()
                        .failures())
                .as("element %d", element)
                .isOne();
        assertClean(RunRig.run(oneThread(NOISE, set.formatted(offset + 2) + program, "")));
    }

    @Test
    void messageThatEndsOtherwise_fails() {
        RunResult result = RunRig.run(oneThread(PAGE, "{\"op\": \"mesq\", \"region\": \"r\"}", ""));
        assertThat(result.dataChecks().texts())
                .containsExactly("mesq of thread 0 ended with substatus QLIMIT_REACHED, expected SENT");
        result = RunRig.run(oneThread(
                PAGE,
                "{\"op\": \"gamer\", \"exopc\": \"swap\", \"region\": \"r\", \"operand1\": \"0x900000002\"},"
                        + "{\"op\": \"mesq\", \"region\": \"r\", \"expect\": 3}",
                ""));
        assertThat(result.dataChecks().texts())
                .containsExactly("mesq of thread 0 found the queue's head at 2, expected 3");
    }

    @Test
    void longCopy_faultsThousandsOfTimes_andCopiesEveryByte() {
        RunResult result = RunRig.run(
                oneThread(
                        "{\"name\": \"a\", \"size\": \"8 MiB\", \"content\": {\"seed\": 3}}, {\"name\": \"b\", \"size\": \"8 MiB\"}",
                        "{\"op\": \"bcopy\", \"from\": \"a\", \"to\": \"b\", \"bufsize\": 64}",
                        "{\"region\": \"a\", \"equalsRegion\": \"b\"}"),
                "gru.tlb={\"sets\": 1, \"ways\": 2}");
        assertClean(result);
        // each of 2 x 2,048 pages at least once
        assertThat(result.counter("device.tlbMisses")).isGreaterThanOrEqualTo(4096);
        assertThat(result.counter("device.linesRead")).isEqualTo(8 << 14);
        assertThat(result.counter("device.linesWritten")).isEqualTo(8 << 14);
    }

    @Test
    void elidedData_gathersFromTheSamePlaces() {
        String spec = oneThread(
                NOISE,
                "{\"op\": \"ivload\", \"region\": \"r\", \"xtype\": \"dw\", \"nelem\": 50, \"count\": 40, \"inFlight\": 4,"
                        + " \"pattern\": {\"kind\": \"uniform\", \"step\": \"8 B\"}}",
                "");
        assertThat(RunRig.run(spec, "run.data=elided").eventHash())
                .isEqualTo(RunRig.run(spec).eventHash());
    }
}
