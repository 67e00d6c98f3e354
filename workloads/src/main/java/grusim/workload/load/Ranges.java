package grusim.workload.load;

import grusim.workload.ProcessSpec;
import grusim.workload.ProgramStep;
import grusim.workload.RegionSpec;

/** Finds the regions of a process that steps name, and refuses ranges that go beyond them. */
record Ranges(ProcessSpec process, Document document) {
    /** The region of a name that stands at a path. */
    RegionSpec region(String name, String at) {
        return ProcessChecks.region(process, document, name, at);
    }

    /** The length of a range of a region, whose offset and length stand under keys at a path. */
    long range(RegionSpec region, long offset, long length, String offsetKey, String lengthKey, String at) {
        if (offset >= region.sizeBytes()) {
            throw document.fail(
                    Paths.child(at, offsetKey),
                    CrossChecks.size(offset) + " lies beyond region " + region.name(),
                    "less than " + CrossChecks.size(region.sizeBytes()));
        }
        long rest = region.sizeBytes() - offset;
        if (length > rest) {
            throw document.fail(
                    Paths.child(at, lengthKey),
                    CrossChecks.size(length) + " from offset " + CrossChecks.size(offset) + " goes beyond region "
                            + region.name(),
                    "at most " + CrossChecks.size(rest));
        }
        return length == ProgramStep.REST ? rest : length;
    }
}
