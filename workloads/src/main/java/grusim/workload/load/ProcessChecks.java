package grusim.workload.load;

import grusim.workload.CheckSpec;
import grusim.workload.ContentSpec;
import grusim.workload.MachineSpec;
import grusim.workload.ProcessSpec;
import grusim.workload.RegionSpec;
import grusim.workload.ThreadSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses processes whose regions, threads and checks do not fit each other or the machine. */
final class ProcessChecks {
    private static final long PAGE_BYTES = 4096;

    private final ResolvedSpec resolved;
    private final MachineSpec machine;
    private final ProcessSpec process;
    private final Document document;
    private final boolean findFiles;
    private final String path;

    ProcessChecks(ResolvedSpec resolved, Document document, boolean findFiles, int index) {
        this.resolved = resolved;
        this.machine = resolved.spec().machine();
        this.process = resolved.spec().processes().get(index);
        this.document = document;
        this.findFiles = findFiles;
        this.path = Paths.element("processes", index);
    }

    void check() {
        regions();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < process.threads().size(); i++) {
            ThreadSpec thread = process.threads().get(i);
            String at = Paths.element(Paths.child(path, "threads"), i);
            CrossChecks.unique(document, names, thread.name(), at);
            CrossChecks.blade(document, machine, thread.blade(), Paths.child(at, "blade"));
            new ProgramChecks(resolved, process, thread, document, findFiles).check(Paths.child(at, "program"));
        }
        for (int i = 0; i < process.checks().size(); i++) {
            check(process.checks().get(i), Paths.element(Paths.child(path, "checks"), i));
        }
    }

    /** Refuses an address that is none of user space, or lies in a region before it. */
    private void fixed(int index, String path) {
        RegionSpec region = process.regions().get(index);
        if (region.at() == RegionSpec.ANYWHERE) {
            return;
        }
        String at = Paths.child(path, "at");
        if (region.at() % PAGE_BYTES != 0 || region.at() < 0 || region.at() > RegionSpec.LIMIT - region.sizeBytes()) {
            throw document.fail(
                    at,
                    "0x%x is no page of user space".formatted(region.at()),
                    "a multiple of 4 KiB, the whole region below 0x%x".formatted(RegionSpec.LIMIT));
        }
        for (RegionSpec before : process.regions().subList(0, index)) {
            if (before.at() != RegionSpec.ANYWHERE && overlap(before, region)) {
                throw document.fail(
                        at,
                        "0x%x overlaps region %s at 0x%x".formatted(region.at(), before.name(), before.at()),
                        "fixed mappings that lie apart");
            }
        }
    }

    private static boolean overlap(RegionSpec a, RegionSpec b) {
        return a.at() < end(b) && b.at() < end(a);
    }

    private static long end(RegionSpec region) {
        return region.at() + (region.sizeBytes() + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    private void regions() {
        Set<String> names = new HashSet<>();
        long memory = machine.memoryPerBladeBytes() * (machine.blades() / machine.partitions());
        for (int i = 0; i < process.regions().size(); i++) {
            RegionSpec region = process.regions().get(i);
            String at = Paths.element(Paths.child(path, "regions"), i);
            CrossChecks.unique(document, names, region.name(), at);
            CrossChecks.blade(document, machine, region.blade(), Paths.child(at, "blade"));
            long room = region.blade() == RegionSpec.FIRST_TOUCH ? memory : machine.memoryPerBladeBytes();
            if (region.sizeBytes() > room && !resolved.spec().kernel().overcommit()) {
                throw document.fail(
                        Paths.child(at, "size"),
                        CrossChecks.size(region.sizeBytes()) + " is more than the memory it has to lie in",
                        "at most " + CrossChecks.size(room) + " (machine.memoryPerBlade, machine.blades), or"
                                + " kernel.overcommit");
            }
            fixed(i, at);
            huge(region, at);
            if (region.content() instanceof ContentSpec.Permutation && region.sizeBytes() % 8 != 0) {
                throw document.fail(
                        Paths.child(at, "size"), "a permutation is made of 8-byte words", "a multiple of 8 B");
            }
        }
    }

    /** Refuses a page size that is none, a region of huge pages that is not made of them, and one no pool serves. */
    private void huge(RegionSpec region, String at) {
        if (!region.huge()) {
            if (region.pageSizeBytes() != PAGE_BYTES) {
                throw document.fail(
                        Paths.child(at, "pageSize"),
                        CrossChecks.size(region.pageSizeBytes()) + " is no page size",
                        "4 KiB, 2 MiB");
            }
            return;
        }
        if (region.sizeBytes() % RegionSpec.HUGE_BYTES != 0 || region.at() % RegionSpec.HUGE_BYTES != 0) {
            throw document.fail(
                    Paths.child(at, region.sizeBytes() % RegionSpec.HUGE_BYTES != 0 ? "size" : "at"),
                    "is not whole pages of 2 MiB",
                    "a multiple of 2 MiB");
        }
        long pool = resolved.spec().kernel().hugePages() * (long) machine.blades() / machine.partitions();
        if (region.sizeBytes() > pool * RegionSpec.HUGE_BYTES) {
            throw document.fail(
                    Paths.child(at, "pageSize"),
                    CrossChecks.size(region.sizeBytes()) + " of 2 MiB pages are more than the " + pool + " in the pool",
                    "a smaller region, or more kernel.hugePages");
        }
    }

    private void check(CheckSpec check, String at) {
        if (check instanceof CheckSpec.Value value) {
            RegionSpec region = region(process, document, value.region(), Paths.child(at, "region"));
            int bytes = value.xtype().bytes();
            if (value.offsetBytes() % bytes != 0 || value.offsetBytes() > region.sizeBytes() - bytes) {
                throw document.fail(
                        Paths.child(at, "offset"),
                        CrossChecks.size(value.offsetBytes()) + " is not an element of region " + region.name(),
                        "a multiple of " + bytes + " B below " + CrossChecks.size(region.sizeBytes()));
            }
            if (bytes < 8 && value.value() >>> (8 * bytes) != 0) {
                throw document.fail(
                        Paths.child(at, "equals"), "does not fit an element of " + bytes + " B", "a narrower value");
            }
        } else if (check instanceof CheckSpec.SameAs same) {
            RegionSpec region = region(process, document, same.region(), Paths.child(at, "region"));
            RegionSpec other = region(process, document, same.other(), Paths.child(at, "equalsRegion"));
            if (other.sizeBytes() < region.sizeBytes()) {
                throw document.fail(
                        Paths.child(at, "equalsRegion"),
                        "region " + other.name() + " is smaller than region " + region.name(),
                        "a region of at least " + CrossChecks.size(region.sizeBytes()));
            }
        }
    }

    /** The region of a process that has a name. */
    static RegionSpec region(ProcessSpec process, Document document, String name, String at) {
        for (RegionSpec region : process.regions()) {
            if (region.name().equals(name)) {
                return region;
            }
        }
        List<String> known = process.regions().stream().map(RegionSpec::name).toList();
        throw CrossChecks.unknown(document, at, "region", name, known);
    }
}
