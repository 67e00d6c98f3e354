package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IsaCommandTest {
    private static final String VLOAD =
            "{\"op\":\"vload\",\"ima\":4,\"addr\":\"0x1000\",\"tri0\":64,\"nelem\":3,\"stride\":2,\"xtype\":\"cl\"}";
    private static final String VLOAD_WORDS =
            "\"words\":[\"0x0200004000020609\",\"0x0000000000000000\",\"0x0000000000001000\",\"0x0000000000000003\","
                    + "\"0x0000000000000002\",\"0x0000000000000000\",\"0x0000000000000000\",\"0x0000000000000000\"]";
    private static final String VLOAD_TEXT = "vload.cl addr=0x1000 tri0=64 nelem=3 stride=2 interrupt";

    @Test
    void encode_addsTheWords() {
        assertThat(Invocation.of(VLOAD + "\n", "isa", "encode"))
                .isEqualTo(new Invocation(0, VLOAD.replace("}", "," + VLOAD_WORDS + "}\n"), ""));
    }

    @Test
    void encode_keepsTheKeysAsTheyWereWritten() {
        Invocation run =
                Invocation.of("{\"addr\":16,\"op\":\"gamir\",\"exopc\":\"0x05\",\"xtype\":3}", "isa", "encode");
        assertThat(run.out())
                .startsWith(
                        "{\"addr\":16,\"op\":\"gamir\",\"exopc\":\"0x05\",\"xtype\":3,\"words\":[\"0x02000000050a0301\",");
    }

    @Test
    void decode_givesTheFields() {
        assertThat(Invocation.of("{" + VLOAD_WORDS + "}", "isa", "decode"))
                .isEqualTo(new Invocation(0, VLOAD + "\n", ""));
    }

    @Test
    void text_goesBothWays() {
        assertThat(Invocation.of("{" + VLOAD_WORDS + "}", "isa", "disasm").out())
                .isEqualTo(VLOAD_TEXT + "\n");
        assertThat(Invocation.of("; a comment\n\n" + VLOAD_TEXT, "isa", "asm").out())
                .isEqualTo(VLOAD.replace("}", "," + VLOAD_WORDS + "}\n"));
    }

    @Test
    void handle_goesBothWays() {
        String tgh =
                "{\"handle\":\"tgh\",\"cmd\":1,\"opc\":1,\"vaddr\":\"0x1000\",\"asid\":8,\"n\":1023,\"ctxbitmap\":\"0x3\"}";
        String encoded = Invocation.of(tgh, "isa", "encode").out();
        assertThat(encoded)
                .endsWith("\"words\":[\"0x0000000000000005\",\"0x0000000000001000\",\"0x0000000000000008\","
                        + "\"0x03ff000000000000\",\"0x0000000000000003\",\"0x0000000000000000\",\"0x0000000000000000\","
                        + "\"0x0000000000000000\"]}\n");
        assertThat(Invocation.of(encoded, "isa", "decode").out())
                .isEqualTo("{\"handle\":\"tgh\",\"cmd\":\"0x1\",\"delresp\":\"0x0\",\"opc\":\"0x1\",\"status\":\"0x0\","
                        + "\"state\":\"0x0\",\"cause\":\"0x0\",\"vaddr\":\"0x1000\",\"asid\":\"0x8\",\"pagesize\":\"0x0\","
                        + "\"global\":\"0x0\",\"vaddrmask\":\"0x0\",\"n\":\"0x3ff\",\"ctxbitmap\":\"0x3\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"nop\",\"ima\":0,\"value\":\"0x7\",\"icmd\":0,\"istatus\":1,\"isubstatus\":9,\"avalue\":\"0xff\"}",
                "{\"op\":\"gamxr\",\"ima\":0,\"exopc\":3,\"addr\":\"0x0\",\"nelem\":5,\"xtype\":\"b\",\"iaa0\":3,\"iaa1\":1}",
                "{\"op\":\"vload\",\"ima\":0,\"addr\":\"0xffffffffffffffff\",\"tri0\":4194303,\"tri1\":4398046511103,"
                        + "\"nelem\":\"0xffffffffffffffff\",\"stride\":\"0x8000000000000000\",\"xtype\":7}"
            })
    void encodeThenDecode_losesNothing(String line) throws IOException {
        Invocation encoded = Invocation.of(line, "isa", "encode");
        assertThat(encoded.err()).isEmpty();
        Invocation decoded = Invocation.of(encoded.out(), "isa", "decode");
        assertThat(StrictJson.object(decoded.out()).properties())
                .containsExactlyInAnyOrderElementsOf(StrictJson.object(line).properties());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "encode | {\"op\":\"vlode\"} | op: \"vlode\"; accepted: nop, bcopy, vload",
                "encode | {\"ima\":1} | op: missing; accepted: nop",
                "encode | {\"op\":1} | op: 1; accepted: nop",
                "encode | {\"op\":\"nop\",\"nelm\":1} | unknown key \"nelm\"; accepted: op, xtype, ima, exopc, addr, tri0",
                "encode | {\"op\":\"nop\",\"exopc\":256} | exopc: 0x100 does not fit into 8 bits; accepted: 0 .. 0xff",
                "encode | {\"op\":\"nop\",\"bufsize\":\"0x40000000000\"} | bufsize: 0x40000000000 does not fit into 42 bits",
                "encode | {\"op\":\"nop\",\"nelem\":18446744073709551616} | nelem: 18446744073709551616; accepted: a whole number",
                "encode | {\"op\":\"nop\",\"nelem\":\"0x10000000000000000\"} | nelem: \"0x10000000000000000\"; accepted: a whole",
                "encode | {\"op\":\"nop\",\"nelem\":1.0} | nelem: 1.0; accepted: a whole number from 0 to",
                "encode | {\"op\":\"nop\",\"nelem\":\"1\"} | nelem: \"1\"; accepted: a whole number from 0 to",
                "encode | {\"op\":\"nop\",\"nelem\":null} | nelem: null; accepted: a whole number from 0 to",
                "encode | {\"op\":\"nop\",\"xtype\":\"q\"} | xtype: \"q\"; accepted: b, s, w, dw, cl",
                "encode | {\"op\":\"nop\",\"xtype\":8} | xtype: 0x8 does not fit into 3 bits; accepted: 0 .. 0x7",
                "encode | {\"op\":\"nop\",\"value\":1,\"dest\":2} | dest: stands in the same field as value; accepted: one",
                "encode | {\"op\":\"nop\",\"op\":\"nop\"} | column 17: not JSON: Duplicate",
                "encode | {\"op\":\"nop\"} {} | column 14: not JSON: Trailing token",
                "encode | {\"op\":\"nop\" | column 12: not JSON: Unexpected end-of-input: expected close marker for Object",
                "encode | [1] | not a JSON object; accepted: {\"op\": ...}",
                "encode | {\"op\":\"nop\",\"words\":[1,0,0,0,0,0,0,0]} | words: do not agree with the other keys",
                "encode | {\"handle\":\"tlb\"} | handle: \"tlb\"; accepted: tfm, tgh, cbe, tfh, cch",
                "encode | {\"handle\":\"tgh\",\"asd\":1} | tgh: unknown field \"asd\"; accepted: cmd, delresp, opc, status",
                "encode | {\"handle\":\"tgh\",\"n\":1024} | n: 0x400 does not fit into 10 bits; accepted: 0 .. 0x3ff",
                "encode | {\"handle\":\"cch\",\"asid\":1} | asid: 1; accepted: an array of 8 numbers",
                "encode | {\"handle\":\"cch\",\"sizeavail\":[0,0,0,0,0,0,0,65536]} | sizeavail[7]: 0x10000 does not fit into 16",
                "decode | {\"op\":\"nop\"} | words: missing; accepted: an array of 8 numbers",
                "decode | {\"words\":[0,1]} | words: [0,1]; accepted: an array of 8 numbers",
                "decode | {\"words\":[0,0,0,0,0,0,0,-1]} | words[7]: -1; accepted: a whole number",
                "decode | {\"words\":[1048576,0,0,0,0,0,0,0]} | words[0]: opcode 0x10; accepted: 0x00 .. 0x0f",
                "decode | {\"words\":[0,0,0,0,0,0,1,0]} | instruction: word 6 has reserved bits 0x1 set",
                "decode | {\"handle\":\"tfh\",\"words\":[4,0,0,0,0,0,0,0]} | tfh: word 0 has reserved bits 0x4 set",
                "disasm | {\"handle\":\"tfh\",\"words\":[0,0,0,0,0,0,0,0]} | handle: has no text form",
                "asm    | vload.cl addr=q | column 15: not a number: \"q\"; accepted: a number from 0"
            })
    void badLine_endsTheOutputBeforeIt(String command, String line, String message) {
        String good = command.equals("asm")
                ? VLOAD_TEXT
                : command.equals("encode") ? VLOAD : VLOAD.replace("}", "," + VLOAD_WORDS + "}");
        String before = Invocation.of(good, "isa", command).out();
        Invocation run = Invocation.of(good + "\n" + line + "\n" + good + "\n", "isa", command);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEqualTo(before).isNotEmpty();
        assertThat(run.err()).startsWith("grusim: standard input:2: " + message).hasLineCount(1);
    }

    @Test
    void illegalWords_haveATextFormToo() {
        String words = "{\"words\":[\"0x00000000000000ff\",0,0,0,0,0,0,\"0x1\"]}";
        Invocation text = Invocation.of(words, "isa", "disasm");
        assertThat(text.out()).startsWith(".words 0x00000000000000ff ");
        assertThat(Invocation.of(text.out(), "isa", "asm").out())
                .isEqualTo("{\"words\":[\"0x00000000000000ff\",\"0x0000000000000000\",\"0x0000000000000000\","
                        + "\"0x0000000000000000\",\"0x0000000000000000\",\"0x0000000000000000\","
                        + "\"0x0000000000000000\",\"0x0000000000000001\"]}\n");
    }

    @Test
    void files_areReadInOrderAndNamed(@TempDir Path dir) throws IOException {
        Path first = Files.writeString(dir.resolve("a.jsonl"), VLOAD + "\r\n\r\n" + VLOAD);
        Path second = Files.writeString(dir.resolve("b.jsonl"), "\n{}\n");
        Invocation run = Invocation.of("", "isa", "encode", first.toString(), second.toString());
        assertThat(run.out()).hasLineCount(2);
        assertThat(run.err())
                .startsWith("grusim: " + second + ":2: op: missing")
                .hasLineCount(1);

        Invocation missing = Invocation.of("", "isa", "encode", dir.resolve("c").toString());
        assertThat(missing).isEqualTo(new Invocation(2, "", "grusim: " + dir.resolve("c") + ": no such file" + end()));
        Invocation directory = Invocation.of("", "isa", "encode", dir.toString());
        assertThat(directory.err()).isEqualTo("grusim: " + dir + ": is a directory; accepted: a file" + end());
    }

    @Test
    void hundredMegabytesOfBrackets_areRefusedWithoutReadingThem() {
        InputStream brackets = new InputStream() {
            private int left = 100_000_000;

            @Override
            public int read() {
                return left-- > 0 ? '[' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int given = Math.min(length, left);
                Arrays.fill(bytes, offset, offset + given, (byte) '[');
                left -= given;
                return given == 0 ? -1 : given;
            }
        };
        Invocation run = Invocation.of(brackets, false, "isa", "encode");
        assertThat(run)
                .isEqualTo(new Invocation(
                        2, "", "grusim: standard input:1: line too long; accepted: up to 1048576 characters" + end()));

        Invocation nested = Invocation.of("[".repeat(1000), "isa", "encode");
        assertThat(nested.err())
                .isEqualTo(
                        "grusim: standard input:1: not JSON: Document nesting depth (9) exceeds the maximum allowed (8)"
                                + end());
    }

    private static String end() {
        return System.lineSeparator();
    }
}
