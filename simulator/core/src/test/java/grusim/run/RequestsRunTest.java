package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs ask of the driver: the answers in the errors' numbers, and what follows from a request. */
@Timeout(60)
final class RequestsRunTest {
    private static final int EPERM = 1;
    private static final int EFAULT = 14;
    private static final int EINVAL = 22;
    private static final int EFBIG = 27;
    private static final int EBADRQC = 56;
    private static final int[] ERRORS = {EPERM, 11, EFAULT, EINVAL, EFBIG, EBADRQC};

    private static RunResult run(String step, String... settings) {
        return RunRig.run(
                RunRig.oneThread("{\"name\": \"r\", \"size\": \"16 KiB\"}", """
                {"op": "vload", "region": "r", "count": 4},
                %s,
                {"op": "vload", "region": "r", "count": 4, "expect": "content"}""".formatted(step), ""), settings);
    }

    private static long refused(RunResult result, int errno) {
        String name = "vm.refused_errno_" + errno;
        return result.counters().containsKey(name) ? result.counter(name) : 0;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"op\": \"createcontext\"} | 0",
                "{\"op\": \"createcontext\", \"cbrs\": 128, \"dsr\": \"32 KiB\", \"threads\": 9} | 0",
                "{\"op\": \"createcontext\", \"cbrs\": 129} | 22",
                "{\"op\": \"createcontext\", \"dsr\": \"33 KiB\"} | 22",
                "{\"op\": \"createcontext\", \"threads\": 0} | 22",
                "{\"op\": \"createcontext\", \"segment\": \"none\"} | 22",
                "{\"op\": \"createcontext\", \"segment\": \"none\", \"badPointer\": true} | 14",
                "{\"op\": \"mapsegment\"} | 0",
                "{\"op\": \"mapsegment\", \"length\": \"512 KiB\"} | 0",
                "{\"op\": \"mapsegment\", \"shared\": false} | 1",
                "{\"op\": \"mapsegment\", \"writable\": false, \"length\": \"4 KiB\"} | 1",
                "{\"op\": \"mapsegment\", \"length\": \"4 KiB\"} | 22",
                "{\"op\": \"mapsegment\", \"misalignment\": \"4 KiB\"} | 22",
                "{\"op\": \"setoption\", \"option\": \"owner\"} | 0",
                "{\"op\": \"setoption\", \"option\": \"slice\"} | 0",
                "{\"op\": \"setoption\", \"option\": \"unknown\"} | 22",
                "{\"op\": \"setoption\", \"option\": \"owner\", \"segment\": \"none\"} | 22",
                "{\"op\": \"setoption\", \"option\": \"owner\", \"badPointer\": true} | 14",
                "{\"op\": \"setoption\", \"option\": \"blade-chiplet\"} | 0",
                "{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"blade\": 0, \"chiplet\": 1} | 0",
                "{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"blade\": 1} | 22",
                "{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"chiplet\": 2} | 22",
                "{\"op\": \"unload\"} | 0",
                "{\"op\": \"repeat\", \"times\": 2, \"body\": [{\"op\": \"unload\"}]} | 0",
                "{\"op\": \"unload\", \"context\": \"none\"} | 22",
                "{\"op\": \"unload\", \"context\": \"all\"} | 1",
                "{\"op\": \"unload\", \"context\": \"all\", \"privileged\": true} | 0",
                "{\"op\": \"unload\", \"context\": \"all\", \"badPointer\": true} | 14",
                "{\"op\": \"unload\", \"context\": \"none\", \"badPointer\": true} | 14",
                "{\"op\": \"flushtlb\", \"region\": \"r\"} | 0",
                "{\"op\": \"flushtlb\", \"region\": \"r\", \"segment\": \"none\"} | 22",
                "{\"op\": \"flushtlb\", \"region\": \"r\", \"badPointer\": true} | 14",
                "{\"op\": \"statistics\"} | 0",
                "{\"op\": \"statistics\", \"segment\": \"none\"} | 0",
                "{\"op\": \"statistics\", \"badPointer\": true} | 14",
                "{\"op\": \"dumpchiplet\"} | 0",
                "{\"op\": \"dumpchiplet\", \"chiplet\": 1, \"context\": 15} | 0",
                "{\"op\": \"dumpchiplet\", \"chiplet\": 2} | 22",
                "{\"op\": \"dumpchiplet\", \"badPointer\": true} | 14",
                "{\"op\": \"ioctl\"} | 56"
            })
    void request_isAnsweredAsTheDriverDoes(String step, int errno) {
        RunResult result = run(step);
        assertThat(result.contract().failures()).isZero();
        for (int error : ERRORS) {
            assertThat(refused(result, error)).as("errno %d", error).isEqualTo(error == errno ? 1 : 0);
        }
    }

    /**
     * Fault maps 16 x 64, global handles 24 x 64, 16 contexts of a header of 32 and a line each, and of the one loaded
     * 8 control blocks of 3 lines and 8 KiB: 1,024 + 1,536 + 1,536 + 1,536 + 8,192 = 13,824.
     */
    @ParameterizedTest
    @CsvSource({"true, 13824, 0", "true, 13823, 27", "false, 5632, 0", "false, 5631, 27"})
    void dump_needsRoomForEverything(boolean data, int room, int errno) {
        RunResult result = run("{\"op\": \"dumpchiplet\", \"data\": %b, \"buffer\": \"%d B\"}".formatted(data, room));
        assertThat(refused(result, EFBIG)).isEqualTo(errno == 0 ? 0 : 1);
    }

    @Test
    void unload_isFollowedByAnotherLoadOfTheContext() {
        RunResult result = run("{\"op\": \"unload\"}");
        assertThat(result.counter("driver.user_unload_context")).isOne();
        assertThat(result.counter("driver.assign_context")).isEqualTo(2);
        assertThat(result.counter("driver.asid_new")).isOne();
        assertThat(result.counter("driver.asid_reuse"))
                .as("nobody flushed meanwhile")
                .isOne();
        assertThat(result.counter("driver.nopfn")).isEqualTo(2);
    }

    @Test
    void requests_areCountedBeforeTheirArgumentsAreRead() {
        RunResult result = run("""
                {"op": "unload", "badPointer": true},
                {"op": "unload", "context": "all"},
                {"op": "flushtlb", "region": "r", "badPointer": true},
                {"op": "setoption", "option": "owner", "badPointer": true}""");
        assertThat(result.counter("driver.user_unload_context")).isEqualTo(2);
        assertThat(result.counter("driver.user_flush_tlb")).isOne();
        assertThat(result.counter("driver.set_context_option"))
                .as("one by the thread's creation")
                .isEqualTo(2);
    }

    @Test
    void flushOfARange_makesItsPagesMissAgainWithoutCountingARange() {
        RunResult result = run("{\"op\": \"flushtlb\", \"region\": \"r\", \"length\": \"4 KiB\"}");
        RunResult without = run("{\"op\": \"think\", \"time\": \"1 us\"}");
        assertThat(result.counter("driver.tlb_dropin")).isEqualTo(without.counter("driver.tlb_dropin") + 1);
        assertThat(result.counter("driver.flush_tlb_gru_tgh")).isOne();
        assertThat(result.counter("driver.mmu_invalidate_range")).isZero();
    }

    @Test
    void segmentsMapped_goWithTheProcess() {
        RunResult result = run("{\"op\": \"mapsegment\"}, {\"op\": \"mapsegment\"}");
        assertThat(result.counter("driver.vdata_alloc")).isEqualTo(3);
        assertThat(result.counter("driver.vdata_free")).isEqualTo(3);
    }

    @Test
    void chipletChosen_isWhereTheContextGoes() {
        RunResult result = run("{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"chiplet\": 1}");
        assertThat(result.counter("driver.check_context_unload")).isOne();
        assertThat(result.counter("driver.asid_new"))
                .as("an asid on each chiplet")
                .isEqualTo(2);
        RunResult same = run("{\"op\": \"setoption\", \"option\": \"blade-chiplet\", \"chiplet\": 0}");
        assertThat(same.counter("driver.check_context_unload")).isZero();
        assertThat(same.counter("driver.assign_context")).isOne();
    }

    /** One thread has everybody's contexts unloaded while the others load and store. */
    @ParameterizedTest
    @CsvSource({"interrupt", "user-polling"})
    void unloadOfAll_losesNoInstruction(String miss) {
        RunResult result = RunRig.run("""
                {
                  "name": "test",
                  "processes": [
                    {
                      "name": "p",
                      "regions": [{"name": "r", "size": "64 KiB", "content": {"seed": 2}}, {"name": "n", "size": "4 KiB"}],
                      "threads": [
                        {"name": "t", "count": 4, "context": {"cbrs": 4, "dsr": "2 KiB", "miss": "%s"}, "program": [
                          {"op": "vload", "region": "r", "count": 600, "inFlight": 4, "pattern": {"kind": "uniform"}, "expect": "content"},
                          {"op": "gamir", "exopc": "inc", "region": "n", "count": 300}
                        ]}
                      ],
                      "checks": [{"region": "n", "xtype": "dw", "equals": 1200}]
                    },
                    {
                      "name": "root",
                      "threads": [
                        {"name": "t", "program": [
                          {"op": "repeat", "times": 30, "body": [
                            {"op": "unload", "context": "all", "privileged": true},
                            {"op": "think", "time": "5 us"}
                          ]}
                        ]}
                      ]
                    }
                  ]
                }
                """.formatted(miss));
        assertThat(result.counter("driver.user_unload_context")).isEqualTo(30);
        assertThat(result.counter("driver.free_context")).isGreaterThan(30);
        assertThat(result.counter("driver.assign_context")).isEqualTo(result.counter("driver.free_context"));
        assertThat(result.contract().failures()).isZero();
        assertThat(result.dataChecks().failures()).isZero();
    }
}
