package grusim.run;

import grusim.result.RunResult;
import grusim.result.file.ResultJson;
import grusim.workload.load.SpecLoader;
import java.nio.file.Path;
import java.util.List;

/** Short ways from a spec's text to its result. */
final class RunRig {
    /** Far more than any of these specs takes; a run that goes on longer hangs. */
    private static final long MOST_STEPS = 100_000_000;

    static final RunOptions STANDARD = RunOptions.standard("test");

    private RunRig() {}

    static RunResult run(String spec, String... settings) {
        return run(STANDARD, spec, settings);
    }

    static RunResult run(RunOptions options, String spec, String... settings) {
        return Runs.simulate(SpecLoader.resolveJson(spec, settings), options, RunRig::watch, null);
    }

    /** A shipped spec. */
    static RunResult run(Path spec, String... settings) {
        return Runs.simulate(SpecLoader.load(spec, List.of(settings)), STANDARD, RunRig::watch, null);
    }

    private static void watch(long simulatedPs, long steps, long instructions, long expected) {
        if (steps > MOST_STEPS) {
            throw new AssertionError("still running after %d steps, %d ps".formatted(steps, simulatedPs));
        }
    }

    static String json(RunOptions options, String spec, String... settings) {
        return ResultJson.print(run(options, spec, settings));
    }

    static Simulation build(String spec, String... settings) {
        return SimulationBuilder.build(SpecLoader.resolveJson(spec, settings), STANDARD);
    }

    /** A spec of one process with one thread of 8 control blocks and 8 KiB. */
    static String oneThread(String regions, String program, String checks) {
        return threads(1, regions, program, checks);
    }

    static String threads(int count, String regions, String program, String checks) {
        return """
                {
                  "name": "test",
                  "processes": [
                    {
                      "name": "p",
                      "regions": [%s],
                      "threads": [
                        {"name": "t", "count": %d, "context": {"cbrs": 8, "dsr": "8 KiB"}, "program": [%s]}
                      ],
                      "checks": [%s]
                    }
                  ]
                }
                """.formatted(regions, count, program, checks);
    }

    /** Everything at once: both miss modes, every kind of step, an open loop, every disturbance, a small TLB. */
    static final String BUSY = """
            {
              "name": "busy",
              "machine": {"blades": 2, "memoryPerBlade": "2 MiB"},
              "gru": {"tlb": {"sets": 8, "ways": 2}},
              "kernel": {"reclaim": {"enabled": true, "lowWatermark": "3800 KiB", "highWatermark": "3840 KiB", "interval": "20 us"}},
              "processes": [
                {
                  "name": "p",
                  "regions": [
                    {"name": "table", "size": "512 KiB", "content": {"seed": 3}, "blade": 1},
                    {"name": "scratch", "size": "256 KiB"},
                    {"name": "ring", "size": "16 KiB", "content": {"permutation": 5}},
                    {"name": "target", "size": "64 KiB"},
                    {"name": "counter", "size": "4 KiB"},
                    {"name": "late", "size": "8 KiB", "mapped": false}
                  ],
                  "threads": [
                    {
                      "name": "reader",
                      "count": 2,
                      "context": {"cbrs": 8, "dsr": "2 KiB"},
                      "program": [
                        {"op": "vload", "region": "table", "count": 300, "inFlight": 8, "pattern": {"kind": "uniform"}, "expect": "content"},
                        {"op": "barrier"},
                        {"op": "vload", "region": "scratch", "count": 300, "inFlight": 4, "pattern": {"kind": "zipf"}, "arrivals": {"rate": "2000000/s"}}
                      ]
                    },
                    {
                      "name": "poller",
                      "blade": 1,
                      "context": {"cbrs": 2, "dsr": "8 KiB", "miss": "user-polling"},
                      "program": [
                        {"op": "repeat", "times": 3, "body": [
                          {"op": "vload", "region": "ring", "count": 40, "xtype": "dw", "pattern": {"kind": "chase"}},
                          {"op": "bcopy", "from": "table", "to": "target", "length": "64 KiB", "bufsize": 32},
                          {"op": "think", "time": "1 us"}
                        ]},
                        {"op": "barrier"},
                        {"op": "vset", "region": "scratch", "nelem": 64, "count": 20, "pattern": {"kind": "uniform", "step": "4 KiB"}}
                      ]
                    },
                    {
                      "name": "caller",
                      "context": {"cbrs": 2, "dsr": "1 KiB"},
                      "program": [
                        {"op": "mmap", "region": "late"},
                        {"op": "vstore", "region": "late", "count": 64, "value": 7, "sequence": true},
                        {"op": "madvise", "region": "late"},
                        {"op": "vload", "region": "late", "count": 128},
                        {"op": "munmap", "region": "late"},
                        {"op": "brk", "length": "64 KiB"},
                        {"op": "gamir", "exopc": "inc", "region": "counter", "count": 100},
                        {"op": "gamer", "exopc": "add", "operand1": 5, "region": "counter", "count": 10}
                      ]
                    }
                  ],
                  "checks": [{"region": "counter", "equals": 150}]
                }
              ],
              "disturbances": [
                {"name": "drop", "op": "madvise-dontneed", "process": "p", "region": "scratch", "length": "16 KiB", "rate": "40000/s"},
                {"name": "protect", "op": "mprotect", "process": "p", "region": "scratch", "length": "8 KiB", "rate": "10000/s"},
                {"name": "remap", "op": "munmap-mmap", "process": "p", "region": "target", "length": "4 KiB", "at": ["100 us", "200 us"]},
                {"name": "reclaim", "op": "reclaim", "process": "p", "region": "table", "length": "16 KiB", "rate": "20000/s", "blade": 1}
              ]
            }
            """;
}
