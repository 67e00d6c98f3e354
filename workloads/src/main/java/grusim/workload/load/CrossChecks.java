package grusim.workload.load;

import grusim.isa.ChipletMap;
import grusim.workload.AsidSpec;
import grusim.workload.DisturbanceSpec;
import grusim.workload.DriverSpec;
import grusim.workload.DriverSpec.WalkProtection;
import grusim.workload.KernelSpec;
import grusim.workload.Kind;
import grusim.workload.MachineSpec;
import grusim.workload.PrecisionSpec;
import grusim.workload.Protocol;
import grusim.workload.ReclaimSpec;
import grusim.workload.RegionSpec;
import grusim.workload.RunSpec;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import grusim.workload.TlbSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses specs whose values are each fine but do not fit together. */
final class CrossChecks {
    private static final long PAGE_BYTES = 4096;

    private final ResolvedSpec resolved;
    private final Spec spec;
    private final Document document;
    private final boolean findFiles;

    CrossChecks(ResolvedSpec resolved, Document document, boolean findFiles) {
        this.resolved = resolved;
        this.spec = resolved.spec();
        this.document = document;
        this.findFiles = findFiles;
    }

    /** Throws at the first contradiction. */
    void check() {
        if (!spec.name().matches("[a-z0-9-]{1,64}")) {
            throw document.fail("name", Paths.quoted(spec.name()), "1 to 64 of a-z, 0-9 and dashes");
        }
        machine();
        tlb();
        reclaim();
        memoryWindow();
        walks();
        hugePages();
        invalidation();
        asids();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.processes().size(); i++) {
            String path = Paths.element("processes", i);
            unique(document, names, spec.processes().get(i).name(), path);
            new ProcessChecks(resolved, document, findFiles, i).check();
        }
        disturbances();
        measurement();
        new ErrorChecks(spec, document).check();
        new MessageChecks(spec, document).check();
        new CapacityChecks(spec, document).check();
        ScenarioSpec scenario = spec.scenario();
        if (scenario != null) {
            new ScenarioChecks(spec, scenario, document).check();
        }
    }

    /** Refuses a name that is malformed or taken. */
    static void unique(Document document, Set<String> taken, String name, String path) {
        String at = Paths.child(path, "name");
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw document.fail(at, Paths.quoted(name), "1 to 64 letters, digits, dashes and underscores");
        }
        if (!taken.add(name)) {
            throw document.fail(at, Paths.quoted(name) + " is used twice", "a name of its own");
        }
    }

    /** Refuses a blade the machine does not have; words such as "spread" are negative and pass. */
    static void blade(Document document, MachineSpec machine, int blade, String path) {
        if (blade >= machine.blades()) {
            throw document.fail(
                    path, "blade " + blade + " does not exist", "0 .. " + (machine.blades() - 1) + " (machine.blades)");
        }
    }

    private void machine() {
        MachineSpec machine = spec.machine();
        long most = (long) machine.preset().maximumBlades() * machine.partitions();
        if (machine.blades() > most) {
            throw document.fail(
                    "machine.blades",
                    machine.blades() + " is more than preset " + Shape.word(machine.preset()) + " has",
                    "1 .. " + most + " with " + machine.partitions() + " partition(s)");
        }
        if (machine.blades() % machine.partitions() != 0) {
            throw document.fail(
                    "machine.partitions",
                    machine.partitions() + " does not divide " + machine.blades() + " blades evenly",
                    "a divisor of machine.blades");
        }
        if (machine.memoryPerBladeBytes() % PAGE_BYTES != 0) {
            throw document.fail("machine.memoryPerBlade", "is not whole pages", "a multiple of 4 KiB");
        }
    }

    /** An interrupt must not overtake the stores that it tells of. */
    private void memoryWindow() {
        boolean drawn = spec.kernel().memoryModel() == KernelSpec.MemoryModel.RELAXED && spec.scenario() == null;
        if (drawn && spec.kernel().memoryWindowPs() >= spec.gru().interruptLatencyPs()) {
            throw document.fail(
                    "kernel.memoryWindow",
                    "is not shorter than gru.interruptLatency, so that an interrupt would come before the fault it tells of",
                    "a memoryWindow below gru.interruptLatency");
        }
    }

    private void tlb() {
        TlbSpec tlb = spec.gru().tlb();
        if (Integer.bitCount(tlb.sets()) != 1) {
            throw document.fail("gru.tlb.sets", tlb.sets() + " is not a power of two", "1, 2, 4 .. 65536");
        }
        if (tlb.replacement() == TlbSpec.Replacement.PLRU && Integer.bitCount(tlb.ways()) != 1) {
            throw document.fail(
                    "gru.tlb.ways",
                    tlb.ways() + " contradicts replacement plru",
                    "a power of two, or another replacement");
        }
    }

    private void reclaim() {
        ReclaimSpec reclaim = spec.kernel().reclaim();
        if (reclaim.lowWatermarkBytes() > reclaim.highWatermarkBytes()) {
            throw document.fail(
                    "kernel.reclaim.lowWatermark", "is above highWatermark", "at most kernel.reclaim.highWatermark");
        }
        MachineSpec machine = spec.machine();
        long memory = machine.memoryPerBladeBytes() * (machine.blades() / machine.partitions());
        if (reclaim.enabled() && reclaim.highWatermarkBytes() >= memory) {
            throw document.fail(
                    "kernel.reclaim.highWatermark", "is not below the partition's memory", "less than " + size(memory));
        }
    }

    private void hugePages() {
        long most = spec.machine().memoryPerBladeBytes() / RegionSpec.HUGE_BYTES;
        if (spec.kernel().hugePages() > most) {
            throw document.fail(
                    "kernel.hugePages",
                    spec.kernel().hugePages() + " pages of 2 MiB are more than a blade's memory",
                    "at most " + most + " (machine.memoryPerBlade)");
        }
    }

    private void invalidation() {
        Protocol protocol = spec.invalidation().protocol();
        Protocol.Rule without = spec.invalidation().without();
        if (without != Protocol.Rule.NONE && !protocol.rules().contains(without)) {
            List<Protocol.Rule> accepted = new ArrayList<>(protocol.rules());
            accepted.add(0, Protocol.Rule.NONE);
            throw document.fail(
                    "invalidation.without",
                    Paths.quoted(spelled(without)) + " is no rule of " + spelled(protocol),
                    accepted.stream().map(CrossChecks::spelled).collect(Collectors.joining(", ")));
        }
        if (protocol != Protocol.RANGE_KILL_BITS) {
            noPreload(protocol);
        }
        long interval = spec.invalidation().intervalBytes();
        if (Long.bitCount(interval) != 1) {
            throw document.fail(
                    "invalidation.interval", size(interval) + " is not a power of two", "4 KiB, 8 KiB .. 1 TiB");
        }
    }

    private void noPreload(Protocol protocol) {
        for (int p = 0; p < spec.processes().size(); p++) {
            for (int t = 0; t < spec.processes().get(p).threads().size(); t++) {
                int preload = spec.processes().get(p).threads().get(t).context().preload();
                noPreload(protocol, preload, "processes[" + p + "].threads[" + t + "].context.preload");
            }
        }
        ScenarioSpec scenario = spec.scenario();
        for (int c = 0; scenario != null && c < scenario.contexts().size(); c++) {
            noPreload(protocol, scenario.contexts().get(c).preload(), "scenario.contexts[" + c + "].preload");
        }
    }

    private void noPreload(Protocol protocol, int preload, String path) {
        if (preload > 0) {
            throw document.fail(
                    path,
                    preload + " pages are loaded ahead, which fills by protocol " + spelled(protocol) + " do not",
                    "0, or protocol range-kill-bits");
        }
    }

    private void asids() {
        ScenarioSpec scenario = spec.scenario();
        long spaces = scenario == null
                ? spec.processes().size()
                : scenario.contexts().stream()
                        .map(ScenarioSpec.Context::space)
                        .distinct()
                        .count();
        long needed = Math.min(spaces, ChipletMap.CONTEXTS);
        int blocks = spec.driver().asids().blocks();
        if (blocks < needed) {
            throw document.fail(
                    "driver.asids.end",
                    blocks + " base asids are too few for " + spaces + " address spaces",
                    "at least " + (needed * AsidSpec.STEP + 1));
        }
    }

    private static String spelled(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void walks() {
        DriverSpec driver = spec.driver();
        if (driver.walkProtection() == WalkProtection.IRQ_OFF && !driver.interruptWalk()) {
            Origin origin = Objects.requireNonNull(resolved.origins().get("driver.interruptWalk"));
            throw document.fail(
                    "driver.walkProtection",
                    "irq-off protects the interrupt's walk, but driver.interruptWalk is false (" + origin.origin()
                            + ")",
                    "mmap-sem, or driver.interruptWalk true");
        }
    }

    private void measurement() {
        RunSpec run = spec.run();
        if (run.untilPs() != RunSpec.NO_LIMIT && run.warmUpPs() >= run.untilPs()) {
            throw document.fail("run.warmUp", "leaves nothing to measure", "less than run.until");
        }
        PrecisionSpec precision = spec.run().precision();
        int fewest = Math.max(PrecisionSpec.FEWEST, spec.run().replications());
        if (precision.given() && precision.atMost() < fewest) {
            throw document.fail(
                    "run.precision.atMost",
                    precision.atMost() + " is less than the replications made before the precision is looked at",
                    "at least " + fewest);
        }
    }

    private void disturbances() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < spec.disturbances().size(); i++) {
            String path = Paths.element("disturbances", i);
            DisturbanceSpec disturbance = spec.disturbances().get(i);
            unique(document, names, disturbance.name(), path);
            blade(document, spec.machine(), disturbance.blade(), Paths.child(path, "blade"));
            if (disturbance.target() != DisturbanceSpec.NEXT) {
                blade(document, spec.machine(), disturbance.target(), Paths.child(path, "target"));
            }
            target(disturbance, path);
            instants(disturbance, path);
        }
    }

    private void target(DisturbanceSpec disturbance, String path) {
        List<String> processes = spec.processes().stream().map(p -> p.name()).toList();
        int process = processes.indexOf(disturbance.process());
        if (process < 0) {
            throw unknown(document, Paths.child(path, "process"), "process", disturbance.process(), processes);
        }
        List<RegionSpec> regions = spec.processes().get(process).regions();
        List<String> names = regions.stream().map(r -> r.name()).toList();
        int region = names.indexOf(disturbance.region());
        if (region < 0) {
            throw unknown(document, Paths.child(path, "region"), "region", disturbance.region(), names);
        }
        long bytes = regions.get(region).sizeBytes();
        if (disturbance.lengthBytes() > bytes) {
            throw document.fail(
                    Paths.child(path, "length"),
                    size(disturbance.lengthBytes()) + " is more than region " + disturbance.region() + " has",
                    "at most " + size(bytes));
        }
    }

    private void instants(DisturbanceSpec disturbance, String path) {
        boolean rate = disturbance.rateIntervalPs() != DisturbanceSpec.NO_RATE;
        List<Long> at = disturbance.atPs();
        if (rate != at.isEmpty()) {
            throw document.fail(
                    path,
                    rate ? "\"rate\" and \"at\" contradict each other" : "neither \"rate\" nor \"at\" is given",
                    "one of rate \"10000/s\" and at [\"10 us\", ..]");
        }
        for (int i = 1; i < at.size(); i++) {
            if (at.get(i) < at.get(i - 1)) {
                throw document.fail(
                        Paths.element(Paths.child(path, "at"), i),
                        "is before the instant before it",
                        "instants in order");
            }
        }
    }

    /** An error for a name that names nothing. */
    static grusim.workload.SpecException unknown(
            Document document, String path, String what, String name, List<String> known) {
        String accepted = known.isEmpty() ? "none, there is no " + what : String.join(", ", known);
        return document.fail(
                path, "no " + what + " is called " + Paths.quoted(name), accepted + Nearest.hint(name, known));
    }

    /** A size as messages show it. */
    static String size(long bytes) {
        return Quantities.format(Kind.SIZE, bytes);
    }
}
