package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Why;
import grusim.result.AttributionShares;
import grusim.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in which hardware errors strike: what the user library starts again, what it gives up, and that data stay right. */
@Tag("protocol")
@Timeout(60)
final class ErrorRunTest {
    private static final String LOADS = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"64 KiB\", \"content\": {\"seed\": 3}}",
            "{\"op\": \"vload\", \"region\": \"r\", \"count\": 200, \"inFlight\": 4, \"expect\": \"content\"}",
            "");

    private static final String INCREMENTS = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"4 KiB\"}",
            "{\"op\": \"gamir\", \"exopc\": \"inc\", \"region\": \"r\", \"count\": 500}",
            "{\"region\": \"r\", \"equals\": 500}");

    private static RunResult run(String spec, String injections) {
        return RunRig.run(spec, "gru.errors.inject=[" + injections + "]");
    }

    private static long count(RunResult result, String key) {
        return result.counter(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution-hw",
                "tlb-hw",
                "ra-request-timeout",
                "ra-response-non-fatal",
                "ha-response-non-fatal",
                "ra-response-data",
                "ha-response-data"
            })
    void retryableError_isStartedAgain_andNothingIsLostOrDoneTwice(String error) {
        RunResult result = run(INCREMENTS, "{\"error\": \"%s\", \"rate\": 0.05}".formatted(error));
        long struck = count(result, "errors." + error.replace('-', '_'));
        // 500 instructions and more at 5%: 26, deviation 5
        assertThat(struck).isBetween(5L, 60L);
        assertThat(count(result, "exceptions.retries") + count(result, "exceptions.given_up"))
                .isEqualTo(struck);
        // four in a row: 500 x 0.05^4 = 0.003
        assertThat(count(result, "exceptions.given_up")).isZero();
        assertThat(count(result, "driver.user_exception")).isEqualTo(struck);
        assertThat(result.dataChecks().failures()).isZero();
        assertThat(result.contract().failures()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "register, ri",
        "pe-check-data, pe_check_data_error",
        "ha-request-timeout, ha_request_timeout",
        "ra-response-fatal, ra_response_fatal",
        "ha-response-fatal, ha_response_fatal",
        "address-space-decode, address_space_decode_error",
        "protocol-state-data, protocol_state_data_error",
        "forced, forced_error"
    })
    void otherError_isGivenUpAtOnce(String error, String cause) {
        RunResult result = run(LOADS, "{\"error\": \"%s\", \"count\": 3}".formatted(error));
        assertThat(count(result, "exceptions." + cause)).isBetween(1L, 3L);
        assertThat(count(result, "exceptions.given_up")).isEqualTo(count(result, "exceptions." + cause));
        assertThat(count(result, "exceptions.retries")).isZero();
        assertThat(result.dataChecks().failures()).isZero();
    }

    @Test
    void whatItTakesToGiveUp_countsAsTheExceptions() {
        RunResult result = run(LOADS, "{\"error\": \"forced\", \"count\": 1}");
        assertThat(count(result, "exceptions.given_up")).isEqualTo(1);
        AttributionShares shares = result.attribution();
        int vload = shares.kinds().indexOf("vload");
        assertThat(shares.partPs(vload, Why.RETRY.ordinal())).isPositive();
    }

    @Test
    void thirdRetry_isTheLast() {
        // every request of page 2 fails for ever: 1 try + 3 retries for each of its 64 loads
        RunResult result = run(
                LOADS,
                "{\"error\": \"ra-response-data\", \"region\": \"r\", \"offset\": \"8 KiB\", \"length\": \"4 KiB\"}");
        assertThat(count(result, "exceptions.ra_response_data_error")).isEqualTo(64 * 4);
        assertThat(count(result, "exceptions.retries")).isEqualTo(64 * 3);
        assertThat(count(result, "exceptions.given_up")).isEqualTo(64);
    }

    @Test
    void abort_forbidsTheRetry() {
        RunResult result = run(LOADS, "{\"error\": \"ra-response-data\", \"count\": 1, \"abort\": true}");
        assertThat(count(result, "exceptions.given_up")).isEqualTo(1);
        assertThat(count(result, "exceptions.retries")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlb-rr", "tlb-main-array", "tlb-valid", "tlb-page-size", "tlb-uncorrectable"})
    void parityError_isCuredByADropin(String error) {
        RunResult clean = RunRig.run(LOADS);
        RunResult result = run(LOADS, "{\"error\": \"%s\", \"count\": 5}".formatted(error));
        assertThat(count(result, "device.tlbParityErrors")).isEqualTo(5);
        assertThat(count(result, "driver.tlb_dropin")).isEqualTo(count(clean, "driver.tlb_dropin") + 5);
        assertThat(count(result, "device.exceptions")).isZero();
        assertThat(result.dataChecks().checks()).isEqualTo(200);
        assertThat(result.dataChecks().failures()).isZero();
        assertThat(result.contract().failures()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // a VLOAD of a doubleword, with an opcode that does not exist
        "0x100300, r, invalid-instruction",
        // with UNMAPPED in a context that may not
        "0x20304, r, unmapped-mode-forbidden",
        // with the attribute of MMIO where the entry says RAM
        "0x20b00, r, iaa-gaa-mismatch",
        // into the data segment at 8 KiB, which the context ends at
        "0x200000020300, r, data-segment-limit-exceeded",
        // from an address that is not mapped
        "0x20300, '', os-fatal-tlb-fault",
        "0x20300, r, none"
    })
    void instructionThatCannotBeExecuted_saysWhy(String word0, String region, String end) {
        RunResult result = RunRig.run(
                RunRig.oneThread("{\"name\": \"r\", \"size\": \"8 KiB\"}", """
                {"op": "raw", "word0": "%s", "word2": 16, "word3": 1, "word4": 1, "region": "%s", "end": "%s", "count": 2}""".formatted(word0, region, end), ""));
        assertThat(result.dataChecks().checks()).isEqualTo(2);
        assertThat(result.dataChecks().failures()).isZero();
        boolean fails = !end.equals("none");
        assertThat(result.counter("exceptions." + end.replace('-', '_'))).isEqualTo(fails ? 2 : 0);
        assertThat(result.counter("exceptions.given_up")).isEqualTo(fails ? 2 : 0);
        assertThat(result.counter("exceptions.retries")).isZero();
        assertThat(result.counter("device.exceptions")).isEqualTo(fails ? 2 : 0);
    }

    @Test
    void anotherEndThanExpected_isAFailure() {
        RunResult result = RunRig.run(RunRig.oneThread(
                "{\"name\": \"r\", \"size\": \"8 KiB\"}",
                "{\"op\": \"raw\", \"word0\": \"0x100300\", \"end\": \"none\"}",
                ""));
        assertThat(result.dataChecks().texts())
                .containsExactly("raw instruction of thread 0 ended with cause [INVALID_INSTRUCTION], expected NONE");
    }

    @Test
    void anExceptionTheSpecDidNotOrder_isStillAFailure() {
        RunResult result = RunRig.run(RunRig.oneThread("{\"name\": \"r\", \"size\": \"8 KiB\"}", """
                {"op": "munmap", "region": "r"},
                {"op": "vload", "region": "r"}""", ""));
        assertThat(count(result, "exceptions.os_fatal_tlb_fault")).isEqualTo(1);
        assertThat(count(result, "exceptions.given_up")).isEqualTo(1);
        assertThat(result.dataChecks().failures()).isEqualTo(1);
    }

    /** A flush of the whole TLB waits for requests that nobody answers; a context that is unloaded meanwhile keeps its asid. */
    @Test
    void asidsWrap_whileRequestsTimeOut() {
        RunResult result = RunRig.run(
                Path.of("../../workloads/specs/asid-wraps.json"),
                "gru.errors.inject=[{\"error\": \"ra-request-timeout\", \"rate\": 0.01}]",
                "processes.a.threads.t.program[0].times=500",
                "processes.b.threads.t.program[0].times=500",
                "processes.c.threads.t.program[0].times=500",
                "processes.d.threads.t.program[0].times=500");
        assertThat(count(result, "driver.asid_wrap")).isPositive();
        assertThat(count(result, "exceptions.retries")).isPositive();
        assertThat(result.contract().failures()).isZero();
        assertThat(result.dataChecks().failures()).isZero();
    }

    @Test
    void errors_changeNoOthersRandomNumbers_andEqualSeedsGiveEqualRuns() {
        String injection = "{\"error\": \"ha-response-data\", \"rate\": 0.1}";
        assertThat(run(LOADS, injection).eventHash())
                .isEqualTo(run(LOADS, injection).eventHash());
        assertThat(run(LOADS, "{\"error\": \"ha-response-data\", \"rate\": 0}").eventHash())
                .isEqualTo(RunRig.run(LOADS).eventHash());
    }
}
