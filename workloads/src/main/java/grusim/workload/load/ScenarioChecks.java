package grusim.workload.load;

import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;
import grusim.workload.ContextSpec.MissMode;
import grusim.workload.MachineSpec;
import grusim.workload.ScenarioSpec;
import grusim.workload.ScenarioSpec.Agent;
import grusim.workload.ScenarioSpec.Context;
import grusim.workload.ScenarioSpec.Page;
import grusim.workload.Spec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses scenarios whose pages, contexts and agents do not fit each other; what agents do is {@link ActChecks}. */
final class ScenarioChecks {
    private static final int MOST_AGENTS = 6;
    private static final long PAGE_BYTES = 4096;
    private static final String ROOT = "scenario";

    private final Spec spec;
    private final ScenarioSpec scenario;
    private final Document document;

    ScenarioChecks(Spec spec, ScenarioSpec scenario, Document document) {
        this.spec = spec;
        this.scenario = scenario;
        this.document = document;
    }

    void check() {
        if (!spec.processes().isEmpty()) {
            throw document.fail(
                    ROOT, "contradicts processes", "processes for grusim run, or a scenario for grusim check");
        }
        pages();
        if (!scenario.forked().isEmpty()) {
            space(scenario.forked(), Paths.child(ROOT, "forked"));
        }
        agents();
        contexts();
        new ActChecks(scenario, spec.machine().blades(), document).check();
    }

    private void pages() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < scenario.pages().size(); i++) {
            Page page = scenario.pages().get(i);
            String path = Paths.element(Paths.child(ROOT, "pages"), i);
            CrossChecks.unique(document, names, page.name(), path);
            name(page.space(), Paths.child(path, "space"));
            if (page.at() % PAGE_BYTES != 0 || Long.compareUnsigned(page.at(), scenario.limit()) >= 0) {
                throw document.fail(
                        Paths.child(path, "at"),
                        hex(page.at()) + " is no page of user space",
                        "a multiple of 0x1000 below " + hex(scenario.limit()) + " (scenario.tableBits)");
            }
            for (Page before : scenario.pages().subList(0, i)) {
                if (before.space().equals(page.space()) && before.at() == page.at()) {
                    throw document.fail(
                            Paths.child(path, "at"),
                            hex(page.at()) + " is page " + before.name() + " already",
                            "an address of its own in space " + page.space());
                }
            }
        }
    }

    private void name(String space, String path) {
        if (!space.matches("[A-Za-z0-9_-]{1,64}")) {
            throw document.fail(path, Paths.quoted(space), "1 to 64 letters, digits, dashes and underscores");
        }
    }

    private void agents() {
        List<Agent> agents = scenario.agents();
        String path = Paths.child(ROOT, "agents");
        MachineSpec machine = spec.machine();
        int cores = machine.socketsPerBlade() * machine.coresPerSocket();
        if (agents.isEmpty() || agents.size() > Math.min(MOST_AGENTS, cores)) {
            throw document.fail(
                    path,
                    agents.size() + " agents",
                    "1 .. " + Math.min(MOST_AGENTS, cores) + ", each on a core of its own");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < agents.size(); i++) {
            String at = Paths.element(path, i);
            CrossChecks.unique(document, names, agents.get(i).name(), at);
            if (!agents.get(i).elsewhere()) {
                space(agents.get(i).space(), Paths.child(at, "space"));
            }
        }
        if (agents.stream().allMatch(agent -> agent.does().isEmpty())) {
            throw document.fail(path, "no agent does anything", "at least one act");
        }
    }

    private void contexts() {
        List<Context> contexts = scenario.contexts();
        String path = Paths.child(ROOT, "contexts");
        if (contexts.size() > ChipletMap.CONTEXTS) {
            throw document.fail(
                    path, contexts.size() + " contexts", "at most " + ChipletMap.CONTEXTS + ", those of one chiplet");
        }
        List<String> cpus = scenario.agents().stream().map(Agent::name).toList();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < contexts.size(); i++) {
            Context context = contexts.get(i);
            String at = Paths.element(path, i);
            CrossChecks.unique(document, names, context.name(), at);
            space(context.space(), Paths.child(at, "space"));
            fits(context, Paths.child(at, "cbrs"));
            String cpu = Paths.child(at, "interruptCpu");
            if (context.interruptCpu().isEmpty() && context.miss() != MissMode.USER_POLLING) {
                String wanted = context.miss() == MissMode.INTERRUPT ? "misses interrupt" : "a thread polls for misses";
                throw document.fail(cpu, "is missing while " + wanted, String.join(", ", cpus));
            }
            if (!context.interruptCpu().isEmpty() && !cpus.contains(context.interruptCpu())) {
                throw CrossChecks.unknown(document, cpu, "agent", context.interruptCpu(), cpus);
            }
            if (context.miss() == MissMode.OS_POLLING) {
                polls(context, cpu);
            }
        }
    }

    private void fits(Context context, String path) {
        int blocks = scenario.controlBlocks();
        if (blocks != ScenarioSpec.ENOUGH
                && context.cbrs() > blocks / AllocationMap.CBRS_PER_UNIT * AllocationMap.CBRS_PER_UNIT) {
            throw document.fail(
                    path,
                    context.cbrs() + " control blocks are more than the chiplet has",
                    "at most " + blocks + ", in pairs (scenario.controlBlocks)");
        }
    }

    private void polls(Context context, String path) {
        String poller = context.interruptCpu();
        boolean busy = scenario.agents().stream()
                .anyMatch(agent -> agent.name().equals(poller) && !agent.does().isEmpty());
        boolean shared = scenario.contexts().stream()
                .anyMatch(other -> other.miss() == MissMode.INTERRUPT
                        ? other.interruptCpu().equals(poller)
                        : other.miss() == MissMode.OS_POLLING
                                && !other.interruptCpu().equals(poller));
        if (busy || shared) {
            throw document.fail(
                    path,
                    poller + (busy ? " does other things" : " is not the only one, or takes interrupts too"),
                    "one agent that does nothing, for all contexts whose misses are os-polling");
        }
    }

    private void space(String space, String path) {
        List<String> known = new ArrayList<>();
        for (Page page : scenario.pages()) {
            if (!known.contains(page.space())) {
                known.add(page.space());
            }
        }
        if (!known.contains(space)) {
            throw CrossChecks.unknown(document, path, "page's space", space, known);
        }
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
