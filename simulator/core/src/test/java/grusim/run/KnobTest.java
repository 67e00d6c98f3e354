package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.result.RunResult;
import grusim.workload.AsidSpec;
import grusim.workload.BauSpec;
import grusim.workload.ContextsSpec;
import grusim.workload.CpuTlbSpec;
import grusim.workload.DriverSpec;
import grusim.workload.ErrorsSpec;
import grusim.workload.GruSpec;
import grusim.workload.KernelSpec;
import grusim.workload.Knob;
import grusim.workload.PollingSpec;
import grusim.workload.ReclaimSpec;
import grusim.workload.Sn2Spec;
import grusim.workload.TlbSpec;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every knob of the device, the kernel and the driver changes a run that exercises it, in the direction it says. */
@Timeout(120)
final class KnobTest {
    private static final String LONGER = "longer";
    private static final String DIFFERENT = "different";

    /** One thread: pages faulted in, evicted from a small TLB and answered by interrupt; parts dropped by madvise. */
    private static final String SERIAL = RunRig.oneThread("{\"name\": \"r\", \"size\": \"64 KiB\"}", """
                    {"op": "vload", "region": "r", "count": 100, "pattern": {"kind": "uniform"}},
                    {"op": "madvise", "region": "r", "length": "16 KiB"},
                    {"op": "vload", "region": "r", "count": 20, "nelem": 64},
                    {"op": "gamir", "exopc": "inc", "region": "r", "count": 20}""", "")
            .replaceFirst("\\{", "{\"gru\": {\"tlb\": {\"sets\": 2, \"ways\": 2}},");

    /** The same, its misses polled for by the OS. */
    private static final String POLLED =
            SERIAL.replace("\"dsr\": \"8 KiB\"", "\"dsr\": \"8 KiB\", \"miss\": \"os-polling\"");

    /** Misses of eight control blocks at once, against invalidates of the same address space. */
    private static final String CROWD = RunRig.oneThread(
                    "{\"name\": \"r\", \"size\": \"256 KiB\"}, {\"name\": \"s\", \"size\": \"256 KiB\"}", """
                    {"op": "vset", "region": "s", "nelem": 64, "xtype": "dw", "stride": 512},
                    {"op": "vload", "region": "r", "count": 400, "inFlight": 8, "pattern": {"kind": "uniform", "step": "4 KiB"}}""", "")
            .replaceFirst("\\{", """
                    {"gru": {"tlb": {"sets": 8, "ways": 4}, "tlbLookupLatency": "300 ns"}, "disturbances": [
                      {"name": "d", "op": "madvise-dontneed", "process": "p", "region": "s", "length": "8 KiB", "rate": "50000/s"}],""");

    /** The same on a dropin port that is slower than the CPU that fills. */
    private static final String SLOW_PORT = CROWD.replace("300 ns", "3 us");

    /** As the crowd, where loads may return old values. */
    private static final String RELAXED = CROWD.replaceFirst("\\{", "{\"kernel\": {\"memoryModel\": \"relaxed\"},");

    /** As the crowd, with munmap instead of madvise. */
    private static final String UNMAPPED = CROWD.replace("madvise-dontneed", "munmap-mmap");

    /** More pages than memory: the reclaim thread and faults swap them out and in. */
    private static final String SWAP = RunRig.oneThread(
                    "{\"name\": \"r\", \"size\": \"768 KiB\"}, {\"name\": \"s\", \"size\": \"768 KiB\"}", """
                    {"op": "repeat", "times": 3, "body": [
                      {"op": "vset", "region": "r", "nelem": 192, "xtype": "dw", "stride": 512},
                      {"op": "vset", "region": "s", "nelem": 192, "xtype": "dw", "stride": 512}
                    ]}""", "")
            .replaceFirst(
                    "\\{",
                    "{\"machine\": {\"memoryPerBlade\": \"1 MiB\"},"
                            + "\"kernel\": {\"reclaim\": {\"enabled\": true, \"lowWatermark\": \"256 KiB\", \"highWatermark\": \"512 KiB\"}},");

    /** Memory is low while the first pages are still being filled: the reclaim thread finds nothing and pauses. */
    private static final String EAGER = SWAP.replace("\"count\": 1,", "\"count\": 4,")
            .replace("256 KiB", "1020 KiB")
            .replace("512 KiB", "1020 KiB");

    /** Pages on two blades that are moved, and looked at by NUMA balancing between accesses. */
    private static final String MOVED = RunRig.oneThread(
                    "{\"name\": \"r\", \"size\": \"64 KiB\", \"blade\": 1}", """
                    {"op": "vload", "region": "r", "count": 100},
                    {"op": "numascan", "region": "r"},
                    {"op": "vload", "region": "r", "count": 1024},
                    {"op": "migrate", "region": "r", "blade": 0},
                    {"op": "vload", "region": "r", "count": 1024}""", "")
            .replaceFirst("\\{", "{\"machine\": {\"blades\": 2},");

    /** Equal pages are merged, a child writes some of those it shares and calls exec, then the parent writes them. */
    private static final String FORKED = RunRig.oneThread("{\"name\": \"r\", \"size\": \"64 KiB\"}", """
                    {"op": "vset", "region": "r", "nelem": 16, "xtype": "dw", "stride": 512},
                    {"op": "ksm", "region": "r"},
                    {"op": "fork", "region": "r", "writes": 4, "exec": true},
                    {"op": "vset", "region": "r", "nelem": 16, "xtype": "dw", "stride": 512, "value": 7}""", "");

    /** Page-table pages are freed after grace periods. */
    private static final String FREED_LATE = RunRig.oneThread("{\"name\": \"r\", \"size\": \"64 KiB\"}", """
                    {"op": "vload", "region": "r", "count": 8},
                    {"op": "munmap", "region": "r"},
                    {"op": "think", "time": "1 ms"}""", "")
            .replaceFirst("\\{", "{\"kernel\": {\"tableFree\": \"rcu\", \"rcuGracePeriod\": \"20 us\"},");

    /** Several threads fault in pages far apart, under one lock or one each. */
    private static final String CONTENDED = RunRig.threads(4, "{\"name\": \"r\", \"size\": \"16 MiB\"}", """
                    {"op": "vload", "region": "r", "count": 200, "inFlight": 4, "pattern": {"kind": "uniform", "step": "4 KiB"}}""", "");

    /** The crowd disturbed from another blade, where flushes go from hub to hub. */
    private static final String HUBS = CROWD.replace("\"rate\"", "\"blade\": 1, \"rate\"")
            .replaceFirst("\\{", "{\"machine\": {\"blades\": 2}, \"kernel\": {\"shootdown\": \"uv-bau\"},");

    private static final String PURGES = HUBS.replace("uv-bau", "sn2");

    private static final String PURGES_ALONE = SERIAL.replaceFirst("\\{", "{\"kernel\": {\"shootdown\": \"sn2\"},");

    /** A first touch of each page, of a region that may have transparent huge pages. */
    private static final String TOUCHED = RunRig.oneThread(
            "{\"name\": \"r\", \"size\": \"2 MiB\", \"at\": \"0x10000000\"}",
            "{\"op\": \"touch\", \"region\": \"r\"}",
            "");

    /** Four huge pages of a pool of two on each of two blades, which are protected in between. */
    private static final String HUGETLB = RunRig.oneThread(
                    "{\"name\": \"r\", \"size\": \"8 MiB\", \"pageSize\": \"2 MiB\"}", """
                    {"op": "vload", "region": "r", "count": 100, "pattern": {"kind": "uniform"}},
                    {"op": "mprotect", "region": "r", "length": "2 MiB", "protection": "r"},
                    {"op": "vload", "region": "r", "count": 100, "pattern": {"kind": "uniform"}}""", "")
            .replaceFirst("\\{", "{\"machine\": {\"blades\": 2}, \"kernel\": {\"hugePages\": 2},");

    /** Three threads share a chiplet that has room for the contexts of two. */
    private static final String ROBBED = RunRig.threads(3, "{\"name\": \"r\", \"size\": \"64 KiB\"}", """
                    {"op": "vload", "region": "r", "count": 30, "think": "10 ms"}""", "")
            .replace("\"cbrs\": 8", "\"cbrs\": 64")
            .replaceFirst("\\{", "{\"machine\": {\"chipletsPerBlade\": 1},");

    /** Three threads drop pages of one address space. */
    private static final String TOGETHER = RunRig.threads(3, "{\"name\": \"r\", \"size\": \"64 KiB\"}", """
                    {"op": "vload", "region": "r", "count": 30},
                    {"op": "madvise", "region": "r", "length": "16 KiB"}""", "");

    /** Requests that nobody answers, one at the requester's hub and one at the home. */
    private static final String UNANSWERED = SERIAL.replaceFirst("\"gru\": \\{", """
            "gru": {"errors": {"inject": [
              {"error": "ra-request-timeout", "count": 1}, {"error": "ha-request-timeout", "count": 1}]},""");

    /** The context is unloaded and loses its asid again and again, so that the few there are run out. */
    private static final String NUMBERED = RunRig.oneThread("{\"name\": \"r\", \"size\": \"16 KiB\"}", """
                    {"op": "repeat", "times": 8, "body": [
                      {"op": "vload", "region": "r", "count": 4},
                      {"op": "unload"},
                      {"op": "madvise", "region": "r"}
                    ]}""", "")
            .replaceFirst("\\{", "{\"driver\": {\"asids\": {\"end\": 32}},");

    /** A thread that goes to another core of its blade and back. */
    private static final String MOVING = RunRig.oneThread("{\"name\": \"r\", \"size\": \"16 KiB\"}", """
                    {"op": "vload", "region": "r", "count": 4},
                    {"op": "setaffinity", "core": 1},
                    {"op": "vload", "region": "r", "count": 4},
                    {"op": "setaffinity"}""", "");

    private static final Set<String> RULES = Set.of(
            "driver.asids.generation",
            "driver.placementDropsLastReference",
            "driver.oldMapServed",
            "kernel.exitLock",
            "kernel.registration",
            "kernel.cpuTlb.generations",
            "kernel.bau.queueEntries",
            "kernel.bau.ackResources",
            "kernel.bau.concurrentSends",
            "kernel.bau.raiseAfter",
            "kernel.bau.pluggedDelay",
            "kernel.bau.pluggedLimit",
            "kernel.bau.destinationTimeout",
            "kernel.bau.resetCost",
            "kernel.bau.congestedResponse",
            "kernel.bau.congestedSends",
            "kernel.bau.giveUpLimit",
            "kernel.bau.disabledTime",
            "kernel.sn2.lock",
            "kernel.sn2.purgeService",
            "kernel.overcommit",
            "driver.rangeStartFence",
            "driver.barrierTfhToCount",
            "driver.barrierCountToPte",
            "driver.waitBarrier",
            "driver.findVmaChecksContainment",
            "driver.release");

    private static final Map<String, RunResult> BASE = Collections.synchronizedMap(new TreeMap<>());

    /** A knob, a value other than the default, the spec that exercises it, and what follows. */
    record Case(String knob, String value, String spec, String follows) {}

    private static Case longer(String knob, String value, String spec) {
        return new Case(knob, value, spec, LONGER);
    }

    private static Case different(String knob, String value, String spec) {
        return new Case(knob, value, spec, DIFFERENT);
    }

    private static Case[] cases() {
        return new Case[] {
            different("gru.killBits", "false", CROWD),
            different("gru.killScope", "range", CROWD),
            longer("gru.linesInFlightPerCbr", "1", SERIAL),
            longer("gru.linesInFlightPerChiplet", "1", SERIAL),
            different("gru.dropinPortWidth", "8", SLOW_PORT),
            longer("gru.tlbLookupLatency", "1 us", SERIAL),
            longer("gru.decodeLatency", "1 us", SERIAL),
            longer("gru.issueInterval", "1 us", SERIAL),
            longer("gru.tfhStartLatency", "1 us", SERIAL),
            longer("gru.tfhRestartLatency", "1 us", SERIAL),
            longer("gru.missRecordLatency", "1 us", SERIAL),
            longer("gru.interruptLatency", "5 us", SERIAL),
            longer("gru.tghFixedLatency", "50 us", SERIAL),
            longer("gru.tghPerPageLatency", "1 us", SERIAL),
            longer("gru.cchAllocateLatency", "5 us", SERIAL),
            longer("gru.cchStartLatency", "5 us", SERIAL),
            longer("gru.cchInterruptLatency", "5 us", SERIAL),
            longer("gru.cchDeallocateLatency", "5 us", SERIAL),
            longer("gru.statusWriteLatency", "1 us", SERIAL),
            longer("gru.amoLatency", "1 us", SERIAL),
            longer("gru.tlb.sets", "1", SERIAL),
            longer("gru.tlb.ways", "1", SERIAL),
            different("gru.tlb.replacement", "fifo", SERIAL),
            different("gru.tlb.replacement", "plru", CROWD),
            different("gru.tlb.replacement", "random", SERIAL),
            different("gru.tlb.indexHash", "xor", SERIAL),
            different("gru.tlb.writeMiss", "miss", CROWD),
            different("gru.tlb.invalidateStall", "50 us", CROWD),
            longer("gru.errors.inject", "[{\"error\": \"tlb-valid\", \"rate\": 0.5}]", SERIAL),
            longer("gru.errors.requestTimeout", "1 ms", UNANSWERED),
            longer("gru.errors.homeTimeout", "1 ms", UNANSWERED),
            different("kernel.reclaimNotifier", "range", SWAP),
            different("kernel.munmapDowngrade", "true", UNMAPPED),
            different("kernel.pageTableLock", "split", CONTENDED),
            different("kernel.tableFree", "rcu", UNMAPPED),
            different("kernel.rcuGracePeriod", "1 us", FREED_LATE),
            longer("kernel.syscallCost", "5 us", SERIAL),
            longer("kernel.faultCost", "5 us", SERIAL),
            longer("kernel.zeroPageCost", "5 us", SERIAL),
            longer("kernel.copyPageCost", "50 us", MOVED),
            different("kernel.walkTakesProtNone", "false", MOVED),
            different("kernel.transparentHugepages", "always", TOUCHED),
            different("kernel.hugePages", "4", HUGETLB),
            different("driver.flushHugePages", "true", HUGETLB),
            different("kernel.cowNotifier", "range", FORKED),
            longer("kernel.threadMoveCost", "1 ms", MOVING),
            longer("kernel.forkCost", "1 ms", FORKED),
            longer("kernel.vmaCopyCost", "1 ms", FORKED),
            longer("kernel.execCost", "1 ms", FORKED),
            longer("kernel.ksmCompareCost", "1 ms", FORKED),
            longer("kernel.lockCost", "1 us", SERIAL),
            longer("kernel.walkLevelLatency", "1 us", SERIAL),
            longer("kernel.pteUpdateCost", "1 us", SERIAL),
            longer("kernel.pageFreeCost", "5 us", SERIAL),
            different("kernel.gatherPages", "1", SERIAL),
            longer("kernel.cpuShootdownCost", "50 us", TOGETHER),
            longer("kernel.notifierCallCost", "5 us", SERIAL),
            longer("kernel.swapOutCost", "50 us", SWAP),
            longer("kernel.swapInCost", "50 us", SWAP),
            different("kernel.reclaim.enabled", "false", SWAP),
            different("kernel.reclaim.lowWatermark", "128 KiB", SWAP),
            different("kernel.reclaim.highWatermark", "300 KiB", SWAP),
            different("kernel.reclaim.batch", "4", SWAP),
            different("kernel.reclaim.interval", "1 ms", EAGER),
            longer("driver.interruptEntryCost", "5 us", SERIAL),
            longer("driver.handlerCost", "5 us", SERIAL),
            longer("driver.dropinCost", "5 us", SERIAL),
            longer("driver.polling.interval", "70 us", POLLED),
            longer("driver.polling.scanCost", "15 us", POLLED),
            longer("driver.ioctlCost", "5 us", SERIAL),
            different("kernel.era", "6.1.192", SERIAL),
            different("kernel.memoryModel", "tso", SERIAL),
            different("kernel.memoryModel", "relaxed", CROWD),
            different("kernel.memoryWindow", "1 us", RELAXED),
            different("kernel.shootdown", "purge", CROWD),
            different("kernel.ipiHandlerCost", "50 us", CROWD),
            different("kernel.ipiRequests", "per-cpu", TOGETHER),
            different("kernel.cpuTlb.singlePageCeiling", "1", SERIAL),
            longer("kernel.cpuTlb.pageFlushCost", "5 us", SERIAL),
            different("kernel.cpuTlb.fullFlushCost", "5 us", CROWD),
            different("kernel.cpuTlb.lazy", "interrupt", CROWD),
            different("kernel.shootdown", "uv-bau", HUBS.replace("uv-bau", "ipi")),
            different("kernel.bau.messageLatency", "5 us", HUBS),
            different("kernel.bau.handlerCost", "5 us", HUBS),
            different("kernel.bau.pollInterval", "1 us", HUBS),
            different("kernel.sn2.writesOutstanding", "1", PURGES),
            different("kernel.sn2.writeCost", "1 us", PURGES),
            different("kernel.sn2.writeLatency", "5 us", PURGES),
            longer("kernel.sn2.localPurgeCost", "50 us", PURGES_ALONE),
            different("driver.rangeStart", "flush-then-count", SERIAL),
            different("driver.rangeEnd", "store-decrement", SERIAL),
            different("driver.interruptWalk", "false", SERIAL),
            different("driver.userWalk", "false", SERIAL),
            different("driver.walkProtection", "irq-off", SERIAL),
            different("driver.walkProtection", "mmap-sem-wait", UNMAPPED),
            different("driver.rangeActiveRefuses", "false", CROWD),
            different("driver.asids.end", "40", NUMBERED),
            different("driver.asids.flush", "false", NUMBERED),
            different("driver.asids.order", "search-then-flush", NUMBERED),
            longer("driver.contextCopyLatencyPerLine", "1 us", SERIAL),
            different("driver.contexts.retryInterval", "7 ms", ROBBED),
            different("driver.contexts.stealDelay", "50 ms", ROBBED),
            different("driver.contexts.unloadCommand", "interrupt", ROBBED),
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void knob_changesTheRun(Case example) {
        RunResult base = BASE.computeIfAbsent(example.spec, RunRig::run);
        RunResult changed = RunRig.run(example.spec, example.knob + "=" + example.value);
        if (example.follows.equals(LONGER)) {
            assertThat(changed.simulatedPs()).as(example.knob).isGreaterThan(base.simulatedPs());
        } else {
            assertThat(changed.eventHash()).as(example.knob).isNotEqualTo(base.eventHash());
        }
    }

    @Test
    void everyKnob_isInTheTable() {
        Set<String> knobs = new TreeSet<>();
        add(knobs, "gru.", GruSpec.class);
        add(knobs, "gru.tlb.", TlbSpec.class);
        add(knobs, "gru.errors.", ErrorsSpec.class);
        add(knobs, "kernel.", KernelSpec.class);
        add(knobs, "kernel.reclaim.", ReclaimSpec.class);
        add(knobs, "kernel.cpuTlb.", CpuTlbSpec.class);
        add(knobs, "kernel.bau.", BauSpec.class);
        add(knobs, "kernel.sn2.", Sn2Spec.class);
        add(knobs, "driver.", DriverSpec.class);
        add(knobs, "driver.polling.", PollingSpec.class);
        add(knobs, "driver.contexts.", ContextsSpec.class);
        add(knobs, "driver.asids.", AsidSpec.class);
        // rules of memory ordering, of eras and of exits are shown by exhaustive checks, overcommit by what a spec
        // accepts, what hubs do under load by their own tests
        knobs.removeAll(RULES);
        // no thread ends with an unanswered fault in a whole run; the device's own tests show what it does
        knobs.remove("gru.faultLocksContext");
        assertThat(Arrays.stream(cases()).map(Case::knob)).containsAll(knobs);
    }

    private static void add(Set<String> knobs, String prefix, Class<? extends Record> spec) {
        for (RecordComponent component : spec.getRecordComponents()) {
            assertThat(component.getAccessor().isAnnotationPresent(Knob.class)
                            || component.isAnnotationPresent(Knob.class))
                    .as(component.getName())
                    .isTrue();
            if (!component.getType().isRecord()) {
                knobs.add(prefix + component.getName().replaceFirst("(Ps|Bytes)$", ""));
            }
        }
    }
}
