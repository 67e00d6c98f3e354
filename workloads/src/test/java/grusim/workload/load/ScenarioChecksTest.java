package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.workload.SpecException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scenarios whose parts do not fit each other, each refused in one line. */
final class ScenarioChecksTest {
    private static final String PAGES = """
            {"name": "A", "space": "p", "at": "0x1000"}, {"name": "C", "space": "q", "at": 0}""";
    private static final String CONTEXTS = """
            {"name": "c", "space": "p", "interruptCpu": "user"}, {"name": "d", "space": "q", "miss": "user-polling"}""";
    private static final String AGENTS = """
            {"name": "user", "space": "p", "does": [{"act": "touch", "page": "A"}]}""";

    private static void load(String pages, String contexts, String agents) {
        SpecLoader.fromJson("""
                {"name": "a",
                 "scenario": {
                   "pages": [%s],
                   "contexts": [%s],
                   "agents": [%s]}}
                """.formatted(pages, contexts, agents));
    }

    /** Runs an agent called user of space p, besides one of space q and one outside. */
    private static void acts(String acts) {
        load(PAGES, CONTEXTS, """
                {"name": "user", "space": "p", "does": [%s]},
                {"name": "far", "space": "q", "does": [{"act": "start", "context": "d", "page": "C"}]},
                {"name": "kswapd"}""".formatted(acts));
    }

    @Test
    void parts_fit() {
        load(PAGES, CONTEXTS, AGENTS);
        acts("{\"act\": \"load\", \"context\": \"c\", \"page\": \"A\"}, {\"act\": \"exit\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"A\", \"space\": \"p\", \"at\": 0 | .name: \"A\" is used twice; accepted: a name of its own",
                "\"name\": \"B\", \"space\": \"p 1\", \"at\": 0 | .space: \"p 1\"; accepted: 1 to 64 letters, digits, dashes and underscores",
                "\"name\": \"B\", \"space\": \"\", \"at\": 0 | .space: \"\"; accepted: 1 to 64 letters, digits, dashes and underscores",
                "\"name\": \"B\", \"at\": 0 | : \"space\" is missing; accepted: a string",
                "\"name\": \"B\", \"space\": \"p\" | : \"at\" is missing; accepted: an integer or \"0x..\" of 64 bits",
                "\"name\": \"B\", \"space\": \"p\", \"at\": \"4 KiB\" | .at: \"4 KiB\" is not a 64-bit value; accepted: an integer or \"0x..\" of 64 bits",
                "\"name\": \"B\", \"space\": \"p\", \"at\": \"0x1800\" | .at: 0x1800 is no page of user space; accepted: a multiple of 0x1000 below 0x8000 (scenario.tableBits)",
                "\"name\": \"B\", \"space\": \"p\", \"at\": \"0x8000\" | .at: 0x8000 is no page of user space; accepted: a multiple of 0x1000 below 0x8000 (scenario.tableBits)",
                "\"name\": \"B\", \"space\": \"p\", \"at\": \"0xfffffffffffff000\" | .at: 0xfffffffffffff000 is no page of user space; accepted: a multiple of 0x1000 below 0x8000 (scenario.tableBits)",
                "\"name\": \"B\", \"space\": \"p\", \"at\": 4096 | .at: 0x1000 is page A already; accepted: an address of its own in space p",
                "\"name\": \"B\", \"space\": \"p\", \"at\": 0, \"resident\": \"no\" | .resident: \"no\" is not a truth value; accepted: true or false",
                "\"name\": \"B\", \"space\": \"p\", \"at\": 0, \"protection\": \"x\" | .protection: \"x\" is unknown; accepted: none, r, rw",
                "\"name\": \"B\", \"space\": \"p\", \"at\": 0, \"size\": \"4 KiB\" | .size: unknown key; accepted: name, space, at, resident, protection"
            })
    void pages(String json, String message) {
        assertThatThrownBy(() -> load(PAGES + ", {" + json + "}", CONTEXTS, AGENTS))
                .isInstanceOf(SpecException.class)
                .hasMessage("spec:3: scenario.pages[2]" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"c\", \"space\": \"p\", \"interruptCpu\": \"user\" | .name: \"c\" is used twice; accepted: a name of its own",
                "\"name\": \"e\", \"space\": \"r\", \"interruptCpu\": \"user\" | .space: no page's space is called \"r\"; accepted: p, q",
                "\"name\": \"e\", \"interruptCpu\": \"user\" | : \"space\" is missing; accepted: a string",
                "\"name\": \"e\", \"space\": \"p\" | .interruptCpu: is missing while misses interrupt; accepted: user",
                "\"name\": \"e\", \"space\": \"p\", \"miss\": \"os-polling\" | .interruptCpu: is missing while a thread polls for misses; accepted: user",
                "\"name\": \"e\", \"space\": \"p\", \"miss\": \"os-polling\", \"interruptCpu\": \"user\" | .interruptCpu: user does other things; accepted: one agent that does nothing, for all contexts whose misses are os-polling",
                "\"name\": \"e\", \"space\": \"p\", \"interruptCpu\": \"usr\" | .interruptCpu: no agent is called \"usr\"; accepted: user; did you mean \"user\"?",
                "\"name\": \"e\", \"space\": \"p\", \"miss\": \"user-polling\", \"interruptCpu\": \"cpu9\" | .interruptCpu: no agent is called \"cpu9\"; accepted: user",
                "\"name\": \"e\", \"space\": \"p\", \"interruptCpu\": \"user\", \"cbrs\": 9 | .cbrs: 9 is out of range; accepted: an integer 1 .. 8",
                "\"name\": \"e\", \"space\": \"p\", \"interruptCpu\": \"user\", \"miss\": \"poll\" | .miss: \"poll\" is unknown; accepted: interrupt, os-polling, user-polling"
            })
    void contexts(String json, String message) {
        assertThatThrownBy(() -> load(PAGES, CONTEXTS + ", {" + json + "}", AGENTS))
                .hasMessage("spec:4: scenario.contexts[2]" + message);
    }

    @Test
    void contexts_areNoLargerThanTheChiplet() {
        String pages = "[{\"name\": \"A\", \"space\": \"p\", \"at\": \"0x1000\"}]";
        String agents = "[{\"name\": \"a\", \"does\": [{\"act\": \"reload\", \"context\": \"c\"}]}]";
        assertThatThrownBy(() -> SpecLoader.fromJson("""
                {"name": "s", "scenario": {"pages": %s, "controlBlocks": 3, "contexts": [
                {"name": "c", "space": "p", "miss": "user-polling", "cbrs": 3}], "agents": %s}}""".formatted(pages, agents)))
                .hasMessage(
                        "spec:2: scenario.contexts[0].cbrs: 3 control blocks are more than the chiplet has; accepted:"
                                + " at most 3, in pairs (scenario.controlBlocks)");
    }

    @Test
    void contexts_areThoseOfOneChiplet() {
        StringBuilder seventeen = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            seventeen.append(i == 0 ? "" : ", ");
            seventeen.append("{\"name\": \"c%d\", \"space\": \"p\", \"interruptCpu\": \"user\"}".formatted(i));
        }
        assertThatThrownBy(() -> load(PAGES, seventeen.toString(), AGENTS))
                .hasMessage("spec:4: scenario.contexts: 17 contexts; accepted: at most 16, those of one chiplet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\": \"user\" | .name: \"user\" is used twice; accepted: a name of its own",
                "\"name\": \"b\", \"space\": \"P\" | .space: no page's space is called \"P\"; accepted: p, q; did you mean \"p\"?",
                "\"name\": \"b\", \"space\": 1 | .space: 1 is not a string; accepted: a string",
                "\"name\": \"b\", \"do\": [] | .do: unknown key; accepted: name, space, does; did you mean \"does\"?",
                "\"name\": \"b\", \"does\": {} | .does: an object is not an array; accepted: [ .. ]"
            })
    void agents(String json, String message) {
        assertThatThrownBy(() -> load(PAGES, CONTEXTS, AGENTS + ", {" + json + "}"))
                .hasMessage("spec:5: scenario.agents[1]" + message);
    }

    @Test
    void agents_areOneToSixOnCoresOfTheirOwn() {
        assertThatThrownBy(() -> load(PAGES, "", ""))
                .hasMessage("spec:5: scenario.agents: 0 agents; accepted: 1 .. 6, each on a core of its own");
        String seven = String.join(", ", Collections.nCopies(7, "{\"name\": \"u\"}"));
        assertThatThrownBy(() -> load(PAGES, "", seven))
                .hasMessage("spec:5: scenario.agents: 7 agents; accepted: 1 .. 6, each on a core of its own");
        String two = "{\"name\": \"a\", \"scenario\": {\"agents\": [{\"name\": \"u\"}, {\"name\": \"v\"}]}}";
        assertThatThrownBy(() -> SpecLoader.fromJson(two, "machine.socketsPerBlade=1", "machine.coresPerSocket=1"))
                .hasMessage("spec:1: scenario.agents: 2 agents; accepted: 1 .. 1, each on a core of its own");
        assertThatThrownBy(() -> SpecLoader.fromJson(two))
                .hasMessage("spec:1: scenario.agents: no agent does anything; accepted: at least one act");
    }

    @Test
    void spaces_needPages() {
        assertThatThrownBy(() -> load("", "", "{\"name\": \"u\", \"space\": \"p\"}"))
                .hasMessage("spec:5: scenario.agents[0].space: no page's space is called \"p\"; accepted: none, there"
                        + " is no page's space");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"act\": \"strat\", \"context\": \"c\"} | [0].act: \"strat\" is unknown; accepted: start, wait, load, copy, touch, reclaim, munmap, register, exit, unload, close, migrate, call, reload, send, receive; did you mean \"start\"?",
                "{\"op\": \"wait\"} | [0]: \"act\" is missing; accepted: start, wait, load, copy, touch, reclaim, munmap, register, exit, unload, close, migrate, call, reload, send, receive",
                "\"exit\" | [0]: \"exit\" is not an object; accepted: {\"act\": one of start, wait, load, copy, touch, reclaim, munmap, register, exit, unload, close, migrate, call, reload, send, receive, ..}",
                "{\"act\": \"exit\", \"space\": \"p\"} | [0].space: unknown key; accepted: no keys",
                "{\"act\": \"load\", \"page\": \"A\"} | [0]: \"context\" is missing; accepted: a string",
                "{\"act\": \"load\", \"context\": \"x\", \"page\": \"A\"} | [0].context: no context is called \"x\"; accepted: c, d",
                "{\"act\": \"load\", \"context\": \"c\", \"page\": \"B\"} | [0].page: no page is called \"B\"; accepted: A, C",
                "{\"act\": \"load\", \"context\": \"c\", \"page\": \"C\"} | [0].page: page C is in space q, context c in space p; accepted: A",
                "{\"act\": \"migrate\", \"context\": \"c\", \"to\": \"x\"} | [0].to: no agent is called \"x\"; accepted: user, far, kswapd",
                "{\"act\": \"migrate\", \"context\": \"c\"} | [0].to: there is no other blade; accepted: an agent, or machine.blades 2",
                "{\"act\": \"call\", \"context\": \"c\", \"cb\": 2} | [0].cb: 2 is no control block of context c; accepted: 0 .. 1 (its cbrs)",
                "{\"act\": \"copy\", \"context\": \"c\", \"from\": \"A\", \"to\": \"C\"} | [0].to: page C is in space q, context c in space p; accepted: A",
                "{\"act\": \"copy\", \"context\": \"c\", \"from\": \"B\", \"to\": \"A\"} | [0].from: no page is called \"B\"; accepted: A, C",
                "{\"act\": \"copy\", \"context\": \"c\", \"from\": \"A\", \"to\": \"A\", \"lines\": 65} | [0].lines: 65 is out of range; accepted: an integer 1 .. 64",
                "{\"act\": \"start\", \"context\": \"c\", \"page\": \"C\"} | [0].page: page C is in space q, context c in space p; accepted: A",
                "{\"act\": \"load\", \"context\": \"c\", \"page\": \"A\", \"cb\": 2} | [0].cb: 2 is no control block of context c; accepted: 0 .. 1 (its cbrs)",
                "{\"act\": \"load\", \"context\": \"c\", \"page\": \"A\", \"cb\": 8} | [0].cb: 8 is out of range; accepted: an integer 0 .. 7",
                "{\"act\": \"wait\", \"context\": \"d\"} | [0]: agent user runs space p, this is done in space q; accepted: an agent with \"space\": \"q\"",
                "{\"act\": \"wait\", \"context\": \"c\", \"cb\": 1} | [0]: waits for control block 1 of context c, which nobody started; accepted: a wait after its start",
                "{\"act\": \"load\", \"context\": \"c\", \"page\": \"A\"}, {\"act\": \"wait\", \"context\": \"c\"} | [1]: waits for control block 0 of context c, which nobody started; accepted: a wait after its start",
                "{\"act\": \"wait\", \"context\": \"c\"}, {\"act\": \"start\", \"context\": \"c\", \"page\": \"A\"} | [0]: waits for control block 0 of context c, which nobody started; accepted: a wait after its start",
                "{\"act\": \"start\", \"context\": \"c\", \"page\": \"A\"}, {\"act\": \"load\", \"context\": \"c\", \"page\": \"A\"} | [1]: control block 0 of context c is busy; accepted: a start after the wait for the one before",
                "{\"act\": \"touch\", \"page\": \"X\"} | [0].page: no page is called \"X\"; accepted: A, C",
                "{\"act\": \"touch\", \"page\": \"C\"} | [0]: agent user runs space p, this is done in space q; accepted: an agent with \"space\": \"q\"",
                "{\"act\": \"reclaim\", \"page\": \"X\"} | [0].page: no page is called \"X\"; accepted: A, C",
                "{\"act\": \"munmap\", \"page\": \"C\"} | [0]: agent user runs space p, this is done in space q; accepted: an agent with \"space\": \"q\"",
                "{\"act\": \"munmap\", \"page\": \"A\", \"length\": \"32 KiB\"} | [0].length: 32 KiB from page A leave user space; accepted: at most 28 KiB (scenario.tableBits)",
                "{\"act\": \"munmap\", \"page\": \"A\", \"length\": \"0 B\"} | [0].length: \"0 B\" is out of range; accepted: a size such as \"64 KiB\" (B, KiB, MiB, GiB, TiB)",
                "{\"act\": \"exit\"}, {\"act\": \"touch\", \"page\": \"A\"} | [1]: follows the exit of its address space; accepted: nothing after exit",
                "{\"act\": \"unload\", \"context\": \"x\"} | [0].context: no context is called \"x\"; accepted: c, d",
                "{\"act\": \"reload\", \"context\": \"d\"} | [0]: agent user runs space p, this is done in space q; accepted: an agent with \"space\": \"q\"",
                "{\"act\": \"close\", \"context\": \"d\"} | [0]: agent user runs space p, this is done in space q; accepted: an agent with \"space\": \"q\"",
                "{\"act\": \"close\", \"context\": \"c\"}, {\"act\": \"reload\", \"context\": \"c\"} | [1].context: context c is closed by then; accepted: nothing with a context after its close"
            })
    void acts(String acts, String message) {
        assertThatThrownBy(() -> acts(acts)).hasMessage("spec:5: scenario.agents[0].does" + message);
    }

    @Test
    void acts_ofAnAgentOutsideTheScenarioAreThoseOfTheKernel() {
        load(PAGES, CONTEXTS, """
                {"name": "user", "does": [{"act": "reclaim", "page": "A"}, {"act": "unload", "context": "c"}]}""");
        assertThatThrownBy(() -> load(PAGES, "", "{\"name\": \"k\", \"does\": [{\"act\": \"exit\"}]}"))
                .hasMessage("spec:5: scenario.agents[0].does[0]: agent k has no space that could end; accepted: an"
                        + " agent with a space");
        assertThatThrownBy(
                        () -> load(PAGES, "", "{\"name\": \"k\", \"does\": [{\"act\": \"touch\", \"page\": \"A\"}]}"))
                .hasMessage("spec:5: scenario.agents[0].does[0]: agent k runs outside the scenario, this is done in"
                        + " space p; accepted: an agent with \"space\": \"p\"");
    }

    @Test
    void controlBlocks_areStartedByOneAgentAndMayBeWaitedForByAnother() {
        String start = "{\"name\": \"%s\", \"space\": \"p\", \"does\": [{\"act\": \"%s\", \"context\": \"c\"%s}]}";
        String started = start.formatted("user", "start", ", \"page\": \"A\"");
        load(PAGES, CONTEXTS, started + ", " + start.formatted("b", "wait", ""));
        assertThatThrownBy(
                        () -> load(PAGES, CONTEXTS, started + ", " + start.formatted("b", "load", ", \"page\": \"A\"")))
                .hasMessage("spec:5: scenario.agents[1].does[0].cb: control block 0 of context c is started by agent"
                        + " user too; accepted: a control block that only one agent starts");
    }

    @Test
    void forkedSpace_exists() {
        String spec = "{\"name\": \"a\", \"scenario\": {\"forked\": %s, \"pages\": [{\"name\": \"A\", \"space\": \"p\","
                + " \"at\": 0}], \"agents\": [{\"name\": \"x\", \"does\": [{\"act\": \"reclaim\", \"page\": \"A\"}]}]}}";
        SpecLoader.fromJson(spec.formatted("\"p\""));
        assertThatThrownBy(() -> SpecLoader.fromJson(spec.formatted("\"q\"")))
                .hasMessageStartingWith("spec:1: scenario.forked: ")
                .hasMessageContaining("\"q\"");
    }

    @Test
    void scenario_excludesProcesses() {
        assertThatThrownBy(() -> SpecLoader.fromJson(
                        "{\"name\": \"a\", \"processes\": [{\"name\": \"p\"}],\n \"scenario\": {}}"))
                .hasMessage("spec:2: scenario: contradicts processes; accepted: processes for grusim run, or a"
                        + " scenario for grusim check");
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\", \"scenario\": null}"))
                .hasMessage(
                        "spec:1: scenario: null is not an object; accepted: tableBits, pages, forked, controlBlocks, contexts, agents,"
                                + " expect");
        assertThatThrownBy(() -> SpecLoader.fromJson("{\"name\": \"a\", \"scenario\": {\"tableBits\": 10}}"))
                .hasMessage("spec:1: scenario.tableBits: 10 is out of range; accepted: an integer 1 .. 9");
    }
}
