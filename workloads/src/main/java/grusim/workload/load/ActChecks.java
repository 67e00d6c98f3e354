package grusim.workload.load;

import grusim.workload.Act;
import grusim.workload.ScenarioSpec;
import grusim.workload.ScenarioSpec.Agent;
import grusim.workload.ScenarioSpec.Context;
import grusim.workload.ScenarioSpec.Page;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses acts that name what is not there, that their agent cannot do, or that can never happen in that order.
 *
 * <p>Only the order within one agent is looked at: how agents interleave is what a check explores.
 */
final class ActChecks {
    private final ScenarioSpec scenario;
    private final int blades;
    private final Document document;
    /** Which agent starts instructions on a control block. */
    private final Map<String, Agent> starters = new HashMap<>();

    /** What one agent has done so far. */
    private static final class Done {
        private final Set<String> busy = new HashSet<>();
        private final Set<String> closed = new HashSet<>();
        private boolean exited;
    }

    ActChecks(ScenarioSpec scenario, int blades, Document document) {
        this.scenario = scenario;
        this.blades = blades;
        this.document = document;
    }

    void check() {
        for (int i = 0; i < scenario.agents().size(); i++) {
            starts(scenario.agents().get(i), path(i));
        }
        for (int i = 0; i < scenario.agents().size(); i++) {
            Agent agent = scenario.agents().get(i);
            Done done = new Done();
            for (int j = 0; j < agent.does().size(); j++) {
                act(agent, done, agent.does().get(j), Paths.element(path(i), j));
            }
        }
    }

    private static String path(int agent) {
        return "scenario.agents[" + agent + "].does";
    }

    private void starts(Agent agent, String path) {
        for (int j = 0; j < agent.does().size(); j++) {
            if (agent.does().get(j) instanceof Act.Instruction act && !(act instanceof Act.Wait)) {
                Agent first = starters.putIfAbsent(block(act), agent);
                if (first != null && first != agent) {
                    throw document.fail(
                            Paths.child(Paths.element(path, j), "cb"),
                            words(act) + " is started by agent " + first.name() + " too",
                            "a control block that only one agent starts");
                }
            }
        }
    }

    private void act(Agent agent, Done done, Act act, String path) {
        if (done.exited) {
            throw document.fail(path, "follows the exit of its address space", "nothing after exit");
        }
        if (act instanceof Act.Instruction instruction) {
            instruction(agent, done, instruction, path);
        } else if (act instanceof Act.Vm vm) {
            Page page = page(vm.page(), path, "page");
            if (!(vm instanceof Act.Reclaim)) {
                runs(agent, page.space(), path);
            }
            if (vm instanceof Act.Munmap munmap && munmap.lengthBytes() > scenario.limit() - page.at()) {
                throw document.fail(
                        Paths.child(path, "length"),
                        CrossChecks.size(munmap.lengthBytes()) + " from page " + page.name() + " leave user space",
                        "at most " + CrossChecks.size(scenario.limit() - page.at()) + " (scenario.tableBits)");
            }
        } else if (act instanceof Act.Exit || act instanceof Act.Register) {
            boolean exit = act instanceof Act.Exit;
            if (agent.elsewhere()) {
                throw document.fail(
                        path,
                        "agent " + agent.name() + " has no space that could " + (exit ? "end" : "be registered on"),
                        "an agent with a space");
            }
            done.exited |= exit;
        } else if (act instanceof Act.Unload unload) {
            context(unload.context(), done, path);
        } else if (act instanceof Act.Reload reload) {
            runs(agent, context(reload.context(), done, path).space(), path);
        } else if (act instanceof Act.Call call) {
            Context context = context(call.context(), done, path);
            runs(agent, context.space(), path);
            block(call.cb(), context, path);
        } else if (act instanceof Act.Migrate migrate) {
            runs(agent, context(migrate.context(), done, path).space(), path);
            target(migrate.to(), path);
        } else if (act instanceof Act.Close close) {
            runs(agent, context(close.context(), done, path).space(), path);
            done.closed.add(close.context());
        }
    }

    private void block(int cb, Context context, String path) {
        if (cb >= context.cbrs()) {
            throw document.fail(
                    Paths.child(path, "cb"),
                    cb + " is no control block of context " + context.name(),
                    "0 .. " + (context.cbrs() - 1) + " (its cbrs)");
        }
    }

    private void target(String to, String path) {
        List<String> agents = scenario.agents().stream().map(Agent::name).toList();
        if (to.isEmpty() && blades < 2) {
            throw document.fail(Paths.child(path, "to"), "there is no other blade", "an agent, or machine.blades 2");
        }
        if (!to.isEmpty() && !agents.contains(to)) {
            throw CrossChecks.unknown(document, Paths.child(path, "to"), "agent", to, agents);
        }
    }

    private void instruction(Agent agent, Done done, Act.Instruction act, String path) {
        Context context = context(act.context(), done, path);
        runs(agent, context.space(), path);
        block(act.cb(), context, path);
        if (act instanceof Act.Start start) {
            accesses(start.page(), context, path, "page");
        } else if (act instanceof Act.Load load) {
            accesses(load.page(), context, path, "page");
        } else if (act instanceof Act.Copy copy) {
            accesses(copy.from(), context, path, "from");
            accesses(copy.to(), context, path, "to");
        }
        String block = block(act);
        if (act instanceof Act.Wait) {
            if (!done.busy.remove(block) && starters.getOrDefault(block, agent) == agent) {
                throw document.fail(
                        path, "waits for " + words(act) + ", which nobody started", "a wait after its start");
            }
        } else if (done.busy.contains(block)) {
            throw document.fail(path, words(act) + " is busy", "a start after the wait for the one before");
        } else if (act instanceof Act.Start) {
            done.busy.add(block);
        }
    }

    private void accesses(String name, Context context, String path, String key) {
        Page page = page(name, path, key);
        if (!page.space().equals(context.space())) {
            throw document.fail(
                    Paths.child(path, key),
                    "page " + name + " is in space " + page.space() + ", context " + context.name() + " in space "
                            + context.space(),
                    String.join(
                            ", ",
                            scenario.pages().stream()
                                    .filter(p -> p.space().equals(context.space()))
                                    .map(Page::name)
                                    .toList()));
        }
    }

    private void runs(Agent agent, String space, String path) {
        if (!agent.space().equals(space)) {
            throw document.fail(
                    path,
                    "agent " + agent.name() + " runs "
                            + (agent.elsewhere() ? "outside the scenario" : "space " + agent.space())
                            + ", this is done in space " + space,
                    "an agent with \"space\": \"" + space + "\"");
        }
    }

    private Page page(String name, String path, String key) {
        return scenario.pages().stream()
                .filter(page -> page.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CrossChecks.unknown(
                        document,
                        Paths.child(path, key),
                        "page",
                        name,
                        scenario.pages().stream().map(Page::name).toList()));
    }

    private Context context(String name, Done done, String path) {
        String at = Paths.child(path, "context");
        List<String> known = scenario.contexts().stream().map(Context::name).toList();
        if (!known.contains(name)) {
            throw CrossChecks.unknown(document, at, "context", name, known);
        }
        if (done.closed.contains(name)) {
            throw document.fail(at, "context " + name + " is closed by then", "nothing with a context after its close");
        }
        return scenario.contexts().get(known.indexOf(name));
    }

    private static String block(Act.Instruction act) {
        return act.context() + " " + act.cb();
    }

    private static String words(Act.Instruction act) {
        return "control block " + act.cb() + " of context " + act.context();
    }
}
