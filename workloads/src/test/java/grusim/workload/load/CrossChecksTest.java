package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.Placement;
import grusim.workload.ProgramStep;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are fine each by itself but do not fit together. */
final class CrossChecksTest {
    private static Spec load(String regions, String threads, String checks, String disturbances) {
        return SpecLoader.fromJson("""
                {"name": "a", "machine": {"blades": 2},
                 "processes": [{"name": "p",
                   "regions": [{"name": "r", "size": "8 KiB"},
                               {"name": "n", "size": "8 KiB", "content": {"permutation": 3}},
                               {"name": "small", "size": "4 KiB", "mapped": false}%s],
                   "threads": [%s], "checks": [%s]}],
                 "disturbances": [%s]}
                """.formatted(regions, threads, checks, disturbances));
    }

    private static String step(String json) {
        return "{\"name\": \"t\", \"context\": {\"dsr\": \"2 KiB\"}, \"program\": [{" + json + "}]}";
    }

    /** All steps of a program, as an error lists them. */
    private static final String OPS =
            Shape.variants(ProgramStep.class).stream().map(Shape::word).collect(Collectors.joining(", "));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"op\": \"vloud\" | .op: \"vloud\" is unknown; accepted: {ops}; did you mean \"vload\"?",
                "\"oop\": \"vload\" | : \"op\" is missing; accepted: {ops}",
                "\"op\": \"vload\" | : \"region\" is missing; accepted: a string",
                "\"op\": \"vload\", \"region\": \"q\" | .region: no region is called \"q\"; accepted: r, n, small",
                "\"op\": \"vload\", \"region\": \"r\", \"inFlight\": 3 | .inFlight: 3 is more than the context's control blocks; accepted: 1 .. 2 (context.cbrs)",
                "\"op\": \"vload\", \"region\": \"r\", \"nelem\": 17, \"inFlight\": 2 | .nelem: needs 1088 B of data segment for each of 2 in flight, the context has 2 KiB; accepted: a larger context.dsr, or less",
                "\"op\": \"vload\", \"region\": \"r\", \"nelem\": 4, \"stride\": 43 | : 4 elements of 64 B, stride 43, do not fit the range of 8 KiB; accepted: a longer range, fewer elements or a smaller stride",
                "\"op\": \"vload\", \"region\": \"r\", \"length\": \"32 B\" | : 1 elements of 64 B, stride 1, do not fit the range of 32 B; accepted: a longer range, fewer elements or a smaller stride",
                "\"op\": \"vload\", \"region\": \"r\", \"offset\": \"4 KiB\", \"length\": \"5 KiB\" | .length: 5 KiB from offset 4 KiB goes beyond region r; accepted: at most 4 KiB",
                "\"op\": \"vload\", \"region\": \"r\", \"offset\": \"8 KiB\" | .offset: 8 KiB lies beyond region r; accepted: less than 8 KiB",
                "\"op\": \"gamir\", \"region\": \"r\", \"exopc\": \"inc\", \"offset\": \"4 B\" | .offset: 4 B is not a multiple of the element; accepted: a multiple of 8 B, or a smaller xtype",
                "\"op\": \"ivset\", \"region\": \"r\", \"pattern\": {\"step\": \"96 B\"} | .pattern.step: 96 B is not a multiple of the element; accepted: a multiple of 64 B, or a smaller xtype",
                "\"op\": \"ivload\", \"region\": \"r\", \"xtype\": \"dw\", \"nelem\": 129 | .nelem: needs 2064 B of data segment for each of 1 in flight, the context has 2 KiB; accepted: a larger context.dsr, or less",
                "\"op\": \"ivstore\", \"region\": \"r\", \"length\": \"32 B\" | : 1 elements of 64 B, stride 1, do not fit the range of 32 B; accepted: a longer range, fewer elements or a smaller stride",
                "\"op\": \"ivset\", \"region\": \"n\", \"pattern\": {\"kind\": \"chase\"} | .pattern: chase needs what was loaded; accepted: another pattern, or op vload",
                "\"op\": \"bstore\", \"region\": \"r\", \"nelem\": 33 | .nelem: needs 2112 B of data segment for each of 1 in flight, the context has 2 KiB; accepted: a larger context.dsr, or less",
                "\"op\": \"vflush\", \"region\": \"r\", \"nelem\": 4, \"stride\": -43 | : 4 elements of 64 B, stride -43, do not fit the range of 8 KiB; accepted: a longer range, fewer elements or a smaller stride",
                "\"op\": \"mesq\", \"region\": \"r\", \"lines\": 3 | .lines: 3 is out of range; accepted: an integer 1 .. 2",
                "\"op\": \"mesq\", \"region\": \"r\", \"offset\": \"32 B\" | .offset: 32 B is not a multiple of the element; accepted: a multiple of 64 B, or a smaller xtype",
                "\"op\": \"mesq\", \"region\": \"r\", \"lines\": 2, \"inFlight\": 3 | .inFlight: 3 is more than the context's control blocks; accepted: 1 .. 2 (context.cbrs)",
                "\"op\": \"gamxr\", \"region\": \"r\", \"inFlight\": 2 | .inFlight: 2 would share the operands at the start of the data segment; accepted: 1",
                "\"op\": \"gamir\", \"region\": \"r\", \"exopc\": \"qcheck64\", \"xtype\": \"w\" | .xtype: \"w\" has no such atomic operation; accepted: dw",
                "\"op\": \"gamerr\", \"region\": \"r\", \"exopc\": \"cadd\" | .exopc: \"cadd\" is unknown; accepted: swap, or, and, xor, add, cas, polleq, pollne; did you mean \"add\"?",
                "\"op\": \"gamirr\", \"region\": \"r\", \"exopc\": \"decz\", \"offset\": \"8 KiB\" | .offset: 8 KiB lies beyond region r; accepted: less than 8 KiB",
                "\"op\": \"vload\", \"region\": \"r\", \"pattern\": {\"kind\": \"chase\"} | .pattern: chase follows pointers, region r has none; accepted: a region with content {\"permutation\": N}",
                "\"op\": \"vload\", \"region\": \"n\", \"pattern\": {\"kind\": \"chase\"} | .pattern: chase loads one pointer at a time from the whole region; accepted: xtype dw, nelem 1, inFlight 1, no offset, no length",
                "\"op\": \"vstore\", \"region\": \"n\", \"pattern\": {\"kind\": \"chase\"} | .pattern: chase needs what was loaded; accepted: another pattern, or op vload",
                "\"op\": \"vload\", \"region\": \"r\", \"pattern\": {\"exponent\": 11} | .pattern.exponent: 11 is out of range; accepted: a number 0.01 .. 10",
                "\"op\": \"bcopy\", \"from\": \"r\", \"to\": \"n\", \"bufsize\": 33 | .bufsize: needs 2112 B of data segment for each of 1 in flight, the context has 2 KiB; accepted: a larger context.dsr, or less",
                "\"op\": \"bcopy\", \"from\": \"r\", \"to\": \"small\", \"bufsize\": 1 | .length: 8 KiB from offset 0 B goes beyond region small; accepted: at most 4 KiB",
                "\"op\": \"bcopy\", \"from\": \"r\", \"to\": \"r\", \"bufsize\": 1, \"length\": \"4160 B\", \"toOffset\": \"4032 B\" | .to: overlaps what is read; accepted: ranges that lie apart",
                "\"op\": \"bcopy\", \"from\": \"r\", \"to\": \"n\", \"bufsize\": 1, \"length\": \"100 B\" | .length: 100 B is not a multiple of the element; accepted: a multiple of 64 B, or a smaller xtype",
                "\"op\": \"gamir\", \"region\": \"r\", \"exopc\": \"add\" | .exopc: \"add\" is unknown; accepted: fetch, clear, inc, dec, qcheck64, qcheck128",
                "\"op\": \"gamer\", \"region\": \"r\", \"exopc\": \"add\", \"xtype\": \"cl\" | .xtype: \"cl\" has no such atomic operation; accepted: b, s, w, dw",
                "\"op\": \"gamer\", \"region\": \"r\", \"exopc\": \"add\", \"operand1\": \"0x12345678901234567\" | .operand1: \"0x12345678901234567\" is not a 64-bit value; accepted: an integer or \"0x..\" of 64 bits",
                "\"op\": \"gamer\", \"region\": \"r\", \"exopc\": \"add\", \"operand1\": 18446744073709551616 | .operand1: 18446744073709551616 does not fit 64 bits; accepted: an integer or \"0x..\" of 64 bits",
                "\"op\": \"mmap\", \"region\": \"r\" | .region: region r is mapped from the start; accepted: a region with \"mapped\": false",
                "\"op\": \"munmap\", \"region\": \"r\", \"length\": \"9 KiB\" | .length: 9 KiB from offset 0 B goes beyond region r; accepted: at most 8 KiB",
                "\"op\": \"brk\", \"length\": \"64\" | .length: \"64\" has no unit; accepted: a signed size such as \"+64 KiB\" in -1 TiB .. 1 TiB (B, KiB, MiB, GiB, TiB)",
                "\"op\": \"repeat\", \"times\": 2, \"body\": [{\"op\": \"vload\", \"region\": \"r\", \"inFlight\": 9}] | .body[0].inFlight: 9 is more than the context's control blocks; accepted: 1 .. 2 (context.cbrs)"
            })
    void program(String json, String message) {
        assertThatThrownBy(() -> load("", step(json), "", ""))
                .isInstanceOf(SpecException.class)
                .hasMessage("spec:6: processes[0].threads[0].program[0]" + message.replace("{ops}", OPS));
    }

    @Test
    void program_acceptsWhatJustFits() {
        // 4 lines with stride 42 span (3 x 42 + 1) x 64 = 8,128 of 8,192 bytes
        String steps = "{\"op\": \"vload\", \"region\": \"r\", \"nelem\": 4, \"stride\": 42},"
                + "{\"op\": \"vload\", \"region\": \"r\", \"nelem\": 16, \"inFlight\": 2},"
                + "{\"op\": \"vload\", \"region\": \"n\", \"xtype\": \"dw\", \"pattern\": {\"kind\": \"chase\"}},"
                + "{\"op\": \"mmap\", \"region\": \"small\"},"
                + "{\"op\": \"gamer\", \"region\": \"r\", \"exopc\": \"add\", \"operand1\": 18446744073709551615}";
        Spec spec =
                load("", "{\"name\": \"t\", \"context\": {\"dsr\": \"2 KiB\"}, \"program\": [" + steps + "]}", "", "");
        assertThat(spec.processes().get(0).threads().get(0).program()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"count\": 33 | .count: 33 threads are more than the machine's 32 cores; accepted: at most one thread per core (machine.blades, socketsPerBlade, coresPerSocket)",
                "\"count\": 17 | : blade 0 has a core for 16 threads only; accepted: at most 16 threads and disturbances per blade (machine.socketsPerBlade, coresPerSocket)",
                "\"count\": 16, \"context\": {\"miss\": \"os-polling\"} | : blade 0 has a core for 15 threads only; accepted: at most 15 threads and disturbances per blade (machine.socketsPerBlade, coresPerSocket)",
                "\"context\": {\"cbrs\": 129} | .context.cbrs: 129 is out of range; accepted: an integer 1 .. 128",
                "\"context\": {\"dsr\": \"33 KiB\"} | .context.dsr: \"33 KiB\" is out of range; accepted: a size such as \"64 KiB\" in 0 B .. 32 KiB (B, KiB, MiB, GiB, TiB)",
                "\"blade\": 2 | .blade: blade 2 does not exist; accepted: 0 .. 1 (machine.blades)",
                "\"blade\": \"sprad\" | .blade: \"sprad\" is not an integer; accepted: an integer 0 .. 16383 or \"spread\"; did you mean \"spread\"?",
                "\"name\": \"b\" | .name: duplicate key; first given on line 6"
            })
    void threads(String json, String message) {
        assertThatThrownBy(() -> load("", "{\"name\": \"t\", " + json + "}", "", ""))
                .hasMessage("spec:6: processes[0].threads[0]" + message);
    }

    @Test
    void threads_placesTheMostThatFit() {
        Spec spec = load(
                "", "{\"name\": \"t\", \"count\": 16, \"blade\": \"spread\", \"context\": {\"cbrs\": 32}}", "", "");
        assertThat(Placement.of(spec)).hasSize(16);
        assertThat(Placement.of(spec).subList(0, 3))
                .containsExactly(new Placement(0, 0, 0, 0), new Placement(0, 0, 1, 1), new Placement(0, 0, 2, 0));
    }

    @Test
    void threads_ofAProcessStayInAPartition() {
        String json =
                "{\"name\": \"a\", \"machine\": {\"blades\": 4, \"partitions\": 2}, \"processes\": [{\"name\": \"p\","
                        + " \"threads\": [{\"name\": \"t\", \"blade\": 1}, {\"name\": \"u\", \"blade\": 2}]}]}";
        assertThatThrownBy(() -> SpecLoader.fromJson(json))
                .hasMessage("spec:1: processes[0].threads[1].blade: process p has threads in partitions 0 and 1;"
                        + " accepted: one partition per process");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"size\": \"9 GiB\" | .size: 9 GiB is more than the memory it has to lie in; accepted: at most 8 GiB (machine.memoryPerBlade, machine.blades), or kernel.overcommit",
                "\"size\": \"5 GiB\", \"blade\": 0 | .size: 5 GiB is more than the memory it has to lie in; accepted: at most 4 GiB (machine.memoryPerBlade, machine.blades), or kernel.overcommit",
                "\"size\": \"0 B\" | .size: \"0 B\" is out of range; accepted: a size such as \"64 KiB\" in 1 B .. 128 TiB (B, KiB, MiB, GiB, TiB)",
                "\"size\": \"4 KiB\", \"content\": \"zerro\" | .content: \"zerro\" is unknown; accepted: \"zero\", an object with \"seed\", an object with \"permutation\"",
                "\"size\": \"4 KiB\", \"content\": {\"sed\": 1} | .content: an object says not which it is; accepted: \"zero\", an object with \"seed\", an object with \"permutation\"; did you mean \"seed\"?",
                "\"size\": \"4 KiB\", \"content\": {\"seed\": 1, \"x\": 2} | .content.x: unknown key; accepted: seed",
                "\"size\": \"4 KiB\", \"content\": {\"seed\": 1, \"permutation\": 2} | .content.permutation: contradicts seed; accepted: \"zero\", an object with \"seed\", an object with \"permutation\"",
                "\"size\": \"100 B\", \"content\": {\"permutation\": 2} | .size: a permutation is made of 8-byte words; accepted: a multiple of 8 B"
            })
    void regions(String json, String message) {
        assertThatThrownBy(() -> load(", {\"name\": \"x\", " + json + "}", "", "", ""))
                .hasMessage("spec:5: processes[0].regions[3]" + message);
    }

    @Test
    void overcommit_letsARegionBeLargerThanTheMemory() {
        String json = "{\"name\": \"a\", \"kernel\": {\"overcommit\": true}, \"processes\": [{\"name\": \"p\","
                + " \"regions\": [{\"name\": \"x\", \"size\": \"1 TiB\"}]}]}";
        assertThat(SpecLoader.fromJson(json).processes().get(0).regions().get(0).sizeBytes())
                .isEqualTo(1L << 40);
    }

    @Test
    void preload_isOfTheDriversOwnFills() {
        String json = "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"threads\": ["
                + "{\"name\": \"t\"}, {\"name\": \"u\", \"context\": {\"preload\": 4}}]}]}";
        assertThat(SpecLoader.fromJson(json)
                        .processes()
                        .get(0)
                        .threads()
                        .get(1)
                        .context()
                        .preload())
                .isEqualTo(4);
        assertThatThrownBy(() -> SpecLoader.fromJson(json, "invalidation.protocol=kvm-seq"))
                .hasMessageEndingWith(
                        "processes[0].threads[1].context.preload: 4 pages are loaded ahead, which fills by"
                                + " protocol kvm-seq do not; accepted: 0, or protocol range-kill-bits");
    }

    @Test
    void memoryWindow_isShorterThanAnInterruptsWay() {
        String[] relaxed = {"kernel.memoryModel=relaxed", "kernel.memoryWindow=99 ns", "gru.interruptLatency=100 ns"};
        assertThatCode(() -> SpecLoader.fromJson("{\"name\": \"a\"}", relaxed)).doesNotThrowAnyException();
        relaxed[1] = "kernel.memoryWindow=100 ns";
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\"}", relaxed))
                .hasMessage("--set kernel.memoryWindow=100 ns: kernel.memoryWindow: is not shorter than"
                        + " gru.interruptLatency, so that an interrupt would come before the fault it tells of;"
                        + " accepted: a memoryWindow below gru.interruptLatency");
        relaxed[0] = "kernel.memoryModel=tso";
        assertThatCode(() -> SpecLoader.fromJson("{\"name\": \"a\"}", relaxed)).doesNotThrowAnyException();
    }

    @Test
    void without_namesARuleOfTheProtocol() {
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\"}", "invalidation.without=pin"))
                .hasMessage("--set invalidation.without=pin: invalidation.without: \"pin\" is no rule of"
                        + " range-kill-bits; accepted: none");
        assertThatThrownBy(() -> SpecLoader.fromJson(
                        "{\"name\": \"a\"}", "invalidation.protocol=kvm-seq", "invalidation.without=pin"))
                .hasMessageEndingWith(
                        "\"pin\" is no rule of kvm-seq; accepted: none, retry, read-barrier, write-barrier");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "4097 | 0x1001 is no page of user space; accepted: a multiple of 4 KiB, the whole region below 0x7ffff8000000",
                "0x7ffff7fff000 | 0x7ffff7fff000 is no page of user space; accepted: a multiple of 4 KiB, the whole region below 0x7ffff8000000",
                "0x10002000 | 0x10002000 overlaps region a at 0x10000000; accepted: fixed mappings that lie apart",
                "0x0ffff000 | 0xffff000 overlaps region a at 0x10000000; accepted: fixed mappings that lie apart"
            })
    void fixedMappings_lieApartInUserSpace(String at, String message) {
        String json = "{\"name\": \"a\", \"processes\": [{\"name\": \"p\", \"regions\": ["
                + "{\"name\": \"a\", \"size\": \"9 KiB\", \"at\": \"0x10000000\"},"
                + "{\"name\": \"b\", \"size\": \"8 KiB\", \"at\": " + (at.startsWith("0x") ? "\"" + at + "\"" : at)
                + "}]}]}";
        assertThatThrownBy(() -> SpecLoader.fromJson(json))
                .hasMessage("spec:1: processes[0].regions[1].at: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"size\": \"4 MiB\", \"pageSize\": \"1 MiB\" | processes[0].regions[0].pageSize: 1 MiB is no page size; accepted: 4 KiB, 2 MiB",
                "\"size\": \"3 MiB\", \"pageSize\": \"2 MiB\" | processes[0].regions[0].size: is not whole pages of 2 MiB; accepted: a multiple of 2 MiB",
                "\"size\": \"2 MiB\", \"at\": \"0x10001000\", \"pageSize\": \"2 MiB\" | processes[0].regions[0].at: is not whole pages of 2 MiB; accepted: a multiple of 2 MiB",
                "\"size\": \"6 MiB\", \"pageSize\": \"2 MiB\" | processes[0].regions[0].pageSize: 6 MiB of 2 MiB pages are more than the 2 in the pool; accepted: a smaller region, or more kernel.hugePages"
            })
    void hugePages_areWholeAndInThePool(String region, String message) {
        String json =
                "{\"name\": \"a\", \"kernel\": {\"hugePages\": 2}, \"processes\": [{\"name\": \"p\", \"regions\": ["
                        + "{\"name\": \"r\", " + region + "}]}]}";
        assertThatThrownBy(() -> SpecLoader.fromJson(json)).hasMessage("spec:1: " + message);
    }

    @Test
    void pool_fitsIntoABlade() {
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\"}", "kernel.hugePages=2049"))
                .hasMessageEndingWith(
                        "kernel.hugePages: 2049 pages of 2 MiB are more than a blade's memory; accepted: at"
                                + " most 2048 (machine.memoryPerBlade)");
    }

    @Test
    void names_areUnique() {
        assertThatThrownBy(() -> load(", {\"name\": \"r\", \"size\": \"4 KiB\"}", "", "", ""))
                .hasMessage("spec:5: processes[0].regions[3].name: \"r\" is used twice; accepted: a name of its own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"region\": \"r\" | : an object says not which it is; accepted: an object with \"equals\", an object with \"equalsRegion\"",
                "\"region\": \"r\", \"equals\": 3, \"equalsRegion\": \"r\" | .equalsRegion: contradicts equals; accepted: an object with \"equals\", an object with \"equalsRegion\"",
                "\"region\": \"r\", \"equals\": 3, \"offset\": \"4 B\" | .offset: 4 B is not an element of region r; accepted: a multiple of 8 B below 8 KiB",
                "\"region\": \"r\", \"equals\": 300, \"xtype\": \"b\" | .equals: does not fit an element of 1 B; accepted: a narrower value",
                "\"region\": \"r\", \"equals\": \"3\" | .equals: \"3\" is not a 64-bit value; accepted: an integer or \"0x..\" of 64 bits",
                "\"region\": \"r\", \"equalsRegion\": \"small\" | .equalsRegion: region small is smaller than region r; accepted: a region of at least 8 KiB"
            })
    void checks(String json, String message) {
        assertThatThrownBy(() -> load("", "", "{" + json + "}", ""))
                .hasMessage("spec:6: processes[0].checks[0]" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"blade\": 0 | : neither \"rate\" nor \"at\" is given; accepted: one of rate \"10000/s\" and at [\"10 us\", ..]",
                "\"rate\": \"10/s\", \"at\": [\"1 us\"] | : \"rate\" and \"at\" contradict each other; accepted: one of rate \"10000/s\" and at [\"10 us\", ..]",
                "\"at\": [\"2 us\", \"1 us\"] | .at[1]: is before the instant before it; accepted: instants in order",
                "\"at\": [2] | .at[0]: 2 has no unit; accepted: a duration such as \"1.5 us\" in 0 ns .. 100000 s (ps, ns, us, ms, s)",
                "\"rate\": \"10 Hz\" | .rate: \"10 Hz\" has the unknown unit \"Hz\"; accepted: a rate such as \"10000/s\" in 0.001/s .. 1000000000/s (/s, /ms, /us) or \"none\"",
                "\"rate\": \"2000000000/s\" | .rate: \"2000000000/s\" is out of range; accepted: a rate such as \"10000/s\" in 0.001/s .. 1000000000/s (/s, /ms, /us) or \"none\"",
                "\"rate\": \"1/s\", \"length\": \"1 MiB\" | .length: 1 MiB is more than region r has; accepted: at most 8 KiB",
                "\"rate\": \"1/s\", \"blade\": 5 | .blade: blade 5 does not exist; accepted: 0 .. 1 (machine.blades)"
            })
    void disturbances(String json, String message) {
        String common = "{\"name\": \"x\", \"op\": \"reclaim\", \"process\": \"p\", \"region\": \"r\", ";
        assertThatThrownBy(() -> load("", "", "", common + json + "}")).hasMessage("spec:7: disturbances[0]" + message);
    }

    @Test
    void disturbances_needACoreAndATarget() {
        String disturbance =
                "{\"name\": \"x\", \"op\": \"reclaim\", \"process\": \"%s\", \"region\": \"%s\", \"rate\": \"1/s\"}";
        assertThatThrownBy(() -> load("", "{\"name\": \"t\", \"count\": 16}", "", disturbance.formatted("p", "r")))
                .hasMessage("spec:7: disturbances[0]: blade 0 has no core left for it; accepted: at most 16 threads and"
                        + " disturbances per blade (machine.socketsPerBlade, coresPerSocket)");
        assertThatThrownBy(() -> load("", "", "", disturbance.formatted("q", "r")))
                .hasMessage("spec:7: disturbances[0].process: no process is called \"q\"; accepted: p");
        assertThatThrownBy(() -> load("", "", "", disturbance.formatted("p", "smal")))
                .hasMessage(
                        "spec:7: disturbances[0].region: no region is called \"smal\"; accepted: r, n, small; did you"
                                + " mean \"small\"?");
    }

    @Test
    void precision_leavesRoomForTheReplicationsItBeginsWith() {
        assertThatThrownBy(() -> SpecLoader.fromJson(
                        "{\"name\": \"a\"}", "run.precision.metric=simulatedPs", "run.precision.atMost=19"))
                .isInstanceOf(SpecException.class)
                .hasMessage("--set run.precision.atMost=19: run.precision.atMost: 19 is less than the replications"
                        + " made before the precision is looked at; accepted: at least 20");
        assertThatCode(() -> SpecLoader.fromJson("{\"name\": \"a\"}", "run.precision.atMost=19"))
                .doesNotThrowAnyException();
    }

    @Test
    void warmUp_endsBeforeTheRunIsCutOff() {
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\"}", "run.until=10 us", "run.warmUp=10 us"))
                .isInstanceOf(SpecException.class)
                .hasMessage(
                        "--set run.warmUp=10 us: run.warmUp: leaves nothing to measure; accepted: less than run.until");
        assertThatCode(() -> SpecLoader.fromJson("{\"name\": \"a\"}", "run.until=10 us", "run.warmUp=auto"))
                .doesNotThrowAnyException();
    }
}
