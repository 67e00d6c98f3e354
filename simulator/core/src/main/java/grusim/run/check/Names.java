package grusim.run.check;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.machine.PhysicalMemory;
import grusim.run.Scenario;
import grusim.workload.Act;
import grusim.workload.ScenarioSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scenario's people call its agents and pages. */
final class Names {
    private static final Pattern UNIT = Pattern.compile("gru\\d+\\.([a-z]+)(\\d+)(\\.unit)?");

    private static final Pattern COMPONENT =
            Pattern.compile("blade\\d+\\.cpu\\d+( store buffer)?|gru\\d+\\.(cbr|tfh|tgh|cch)\\d+(\\.unit)?");

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{1,12}\\b");

    private final ScenarioSpec spec;
    private final Map<Agent, String> cpus = new LinkedHashMap<>();
    private final List<String> order;

    Names(ScenarioSpec spec, Scenario scenario) {
        this.spec = spec;
        scenario.cpus().forEach((name, cpu) -> cpus.put(cpu, name));
        order = List.copyOf(scenario.cpus().keySet());
    }

    /** The agent in a few letters: a CPU by the scenario's name for it. */
    String agent(Agent agent) {
        String cpu = cpus.get(agent);
        return cpu == null ? named(agent.name()) : cpu;
    }

    /** The agent as the head of its lane. */
    String lane(Agent agent) {
        String cpu = cpus.get(agent);
        return cpu == null ? named(agent.name()) : cpu + " (cpu " + order.indexOf(cpu) + ")";
    }

    /** A name that a component gave, in the words of the scenario. */
    String named(String component) {
        Matcher unit = UNIT.matcher(component);
        if (unit.matches()) {
            String kind = unit.group(1);
            return switch (kind) {
                        case "cbr" -> "CBR ";
                        case "tfh" -> "TLB fault handle ";
                        case "tgh" -> "TLB global handle ";
                        case "cch" -> "context handle ";
                        default -> kind + " ";
                    }
                    + unit.group(2);
        }
        for (Map.Entry<Agent, String> cpu : cpus.entrySet()) {
            String name = cpu.getKey().name();
            if (component.equals(name)) {
                return cpu.getValue();
            }
            if (component.equals(name + " store buffer")) {
                return "store buffer of " + cpu.getValue();
            }
        }
        return component;
    }

    /** A text in which components' names for agents, and the addresses of pages, become what the scenario calls them. */
    String translate(String text) {
        String named = COMPONENT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(named(match.group())));
        return ADDRESS.matcher(named)
                .replaceAll(match -> Matcher.quoteReplacement(page("", Long.decode(match.group()))));
    }

    /** What the agent is there for, in a few words. */
    String role(Agent agent) {
        if (!(agent instanceof Cpu)) {
            return "";
        }
        List<String> acts = new ArrayList<>();
        for (ScenarioSpec.Agent one : spec.agents()) {
            if (one.name().equals(agent(agent))) {
                one.does().forEach(act -> acts.add(text(act)));
                if (acts.isEmpty()) {
                    acts.add("takes interrupts");
                }
                if (one.elsewhere() && one.does().isEmpty()) {
                    acts.add("runs another process");
                }
            }
        }
        return String.join(", ", acts);
    }

    private static String text(Act act) {
        if (act instanceof Act.Copy copy) {
            return "copies from the end of " + copy.from() + " to " + copy.to();
        } else if (act instanceof Act.Load load) {
            return (load.write() ? "stores to " : "loads ") + load.page();
        } else if (act instanceof Act.Start start) {
            return (start.write() ? "starts a store to " : "starts a load of ") + start.page();
        } else if (act instanceof Act.Touch touch) {
            return "touches " + touch.page();
        } else if (act instanceof Act.Reclaim reclaim) {
            return "reclaims " + reclaim.page();
        } else if (act instanceof Act.Munmap munmap) {
            return "unmaps " + munmap.page();
        } else if (act instanceof Act.Unload unload) {
            return "unloads " + unload.context();
        } else if (act instanceof Act.Close close) {
            return "closes " + close.context();
        } else if (act instanceof Act.Reload reload) {
            return "reloads " + reload.context();
        } else if (act instanceof Act.Migrate migrate) {
            return "moves to " + (migrate.to().isEmpty() ? "another blade" : "the core of " + migrate.to());
        } else if (act instanceof Act.Call call) {
            return "calls the OS about " + call.context();
        } else if (act instanceof Act.Register) {
            return "registers the notifier";
        }
        return act instanceof Act.Wait ? "waits" : "exits";
    }

    /** The pages of an address space, in order. */
    List<ScenarioSpec.Page> pages(String space) {
        return spec.pages().stream().filter(page -> page.space().equals(space)).toList();
    }

    /** The page of an address in a space; the address itself if it has no name. */
    String page(String space, long vaddr) {
        long at = vaddr & -PhysicalMemory.FRAME_BYTES;
        for (ScenarioSpec.Page page : spec.pages()) {
            if (page.at() == at && (space.isEmpty() || page.space().equals(space))) {
                return page.name();
            }
        }
        return "0x" + Long.toHexString(at);
    }

    /** Whether there are several address spaces, so that their names are needed. */
    boolean severalSpaces() {
        return spec.pages().stream().map(ScenarioSpec.Page::space).distinct().count() > 1;
    }
}
