package grusim.workload.load;

import grusim.workload.InjectionSpec;
import grusim.workload.MachineSpec;
import grusim.workload.Placement;
import grusim.workload.ProcessSpec;
import grusim.workload.RegionSpec;
import grusim.workload.Spec;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses injected errors that could strike nothing: targets that do not exist, contradictory times. */
final class ErrorChecks {
    private static final String ROOT = "gru.errors.inject";

    private final Spec spec;
    private final Document document;

    ErrorChecks(Spec spec, Document document) {
        this.spec = spec;
        this.document = document;
    }

    void check() {
        List<InjectionSpec> injections = spec.gru().errors().inject();
        for (int i = 0; i < injections.size(); i++) {
            InjectionSpec injection = injections.get(i);
            String path = Paths.element(ROOT, i);
            device(injection, path);
            if (spec.scenario() == null) {
                place(injection, path);
                instants(injection, path);
            } else {
                exhaustive(injection, path);
            }
        }
    }

    private void device(InjectionSpec injection, String path) {
        MachineSpec machine = spec.machine();
        CrossChecks.blade(document, machine, injection.blade(), Paths.child(path, "blade"));
        if (injection.chiplet() >= machine.chipletsPerBlade()) {
            throw document.fail(
                    Paths.child(path, "chiplet"),
                    "chiplet " + injection.chiplet() + " does not exist",
                    "any, 0 .. " + (machine.chipletsPerBlade() - 1) + " (machine.chipletsPerBlade)");
        }
        List<Integer> used = Placement.of(spec).stream()
                .map(Placement::blade)
                .distinct()
                .sorted()
                .toList();
        boolean anywhere = injection.blade() == InjectionSpec.ANY || spec.scenario() != null;
        if (!anywhere && !used.contains(injection.blade())) {
            throw document.fail(
                    Paths.child(path, "blade"),
                    "no thread runs on blade " + injection.blade() + ", so its chiplets do nothing",
                    "any, " + used.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    private void place(InjectionSpec injection, String path) {
        List<String> processes =
                spec.processes().stream().map(ProcessSpec::name).toList();
        if (!injection.placed()) {
            if (!injection.process().isEmpty()
                    || injection.offsetBytes() != 0
                    || injection.lengthBytes() != InjectionSpec.REST) {
                throw document.fail(path, "names a place without its region", "region with process, offset, length");
            }
            return;
        }
        int process =
                injection.process().isEmpty() && processes.size() == 1 ? 0 : processes.indexOf(injection.process());
        if (process < 0) {
            throw CrossChecks.unknown(
                    document, Paths.child(path, "process"), "process", injection.process(), processes);
        }
        List<RegionSpec> regions = spec.processes().get(process).regions();
        List<String> names = regions.stream().map(RegionSpec::name).toList();
        int region = names.indexOf(injection.region());
        if (region < 0) {
            throw CrossChecks.unknown(document, Paths.child(path, "region"), "region", injection.region(), names);
        }
        long bytes = regions.get(region).sizeBytes();
        if (injection.offsetBytes() >= bytes) {
            throw document.fail(
                    Paths.child(path, "offset"),
                    CrossChecks.size(injection.offsetBytes()) + " is not in region " + injection.region(),
                    "less than " + CrossChecks.size(bytes));
        }
        if (injection.lengthBytes() > bytes - injection.offsetBytes()) {
            throw document.fail(
                    Paths.child(path, "length"),
                    CrossChecks.size(injection.lengthBytes()) + " from there on is more than region "
                            + injection.region() + " has",
                    "rest, at most " + CrossChecks.size(bytes - injection.offsetBytes()));
        }
    }

    private void instants(InjectionSpec injection, String path) {
        List<Long> at = injection.atPs();
        if (!at.isEmpty() && injection.rate().compareTo(BigDecimal.ONE) != 0) {
            throw document.fail(
                    path, "\"rate\" and \"at\" contradict each other", "one of rate 0.001 and at [\"10 us\", ..]");
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

    /** In a check every opportunity is a choice, and there is neither time nor a process. */
    private void exhaustive(InjectionSpec injection, String path) {
        refuse(!injection.atPs().isEmpty(), path, "at", "time stands still in a check");
        refuse(injection.rate().compareTo(BigDecimal.ONE) != 0, path, "rate", "a check tries every strike");
        refuse(injection.placed() || !injection.process().isEmpty(), path, "region", "a scenario has pages");
    }

    private void refuse(boolean given, String path, String key, String why) {
        if (given) {
            throw document.fail(Paths.child(path, key), why, "error, count, blade and chiplet");
        }
    }
}
