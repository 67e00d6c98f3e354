package grusim.run.check;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Shared;
import grusim.linux.Mm;
import grusim.linux.Vmas;
import grusim.run.Scenario;
import grusim.workload.ScenarioSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of shared state and texts of its values, chosen by the name that its component gave it. Page-table entries are
 * named by the page they translate, which changes as tables come and go: follow it.
 */
final class StateWords {
    private static final String FLUSHES = "flushes of ";
    private static final String ENTRIES = ".tables.entries";
    private static final String[] LEVELS = {"pte", "pmd", "pud", "pgd"};
    private static final Pattern HANDLE = Pattern.compile("gru\\d+\\.(cb|tfh|tgh|cch)(\\d+)");
    private static final Pattern FAULT_MAP = Pattern.compile("gru\\d+\\.tfm(\\d+)\\.(fault|done)(\\d+)");
    private static final Pattern IN_TEXT = Pattern.compile("(?:linux\\.)?mm\\d+[ .](?:[a-z_]+)");
    private static final Pattern SPACE = Pattern.compile("(?:linux\\.)?mm(\\d+)[ .](?:ms_)?(.*)");

    private final Scenario scenario;
    private final Names names;
    private final Map<Integer, String> entries = new LinkedHashMap<>();
    private final Map<Integer, Integer> levels = new LinkedHashMap<>();

    StateWords(Scenario scenario, Names names) {
        this.scenario = scenario;
        this.names = names;
    }

    Names names() {
        return names;
    }

    /** Looks again which page each page-table entry translates; those of freed tables keep their last names. */
    void follow() {
        Map<Integer, StringJoiner> found = new TreeMap<>();
        for (Map.Entry<String, Mm> space : scenario.spaces().entrySet()) {
            for (ScenarioSpec.Page page : names.pages(space.getKey())) {
                for (int level = 0; level < LEVELS.length; level++) {
                    int cell = space.getValue().entryCell(page.at(), level);
                    if (cell >= 0) {
                        String kind = LEVELS[level] + " ";
                        levels.put(cell, level);
                        found.computeIfAbsent(cell, c -> new StringJoiner(",", kind, ""))
                                .add(page.name());
                    }
                }
            }
        }
        found.forEach((cell, text) -> entries.put(cell, text.toString()));
    }

    /** The table page of a number, by what its entries translate. */
    String table(long page) {
        int perPage = 1 << scenario.tableBits();
        for (int cell = (int) page * perPage; cell < (page + 1) * perPage; cell++) {
            String entry = entries.get(cell);
            if (entry != null) {
                return "the table of " + entry;
            }
        }
        return "table " + page;
    }

    /** The space that a component's number of an address space stands for. */
    String space(int mm) {
        for (Map.Entry<String, Mm> space : scenario.spaces().entrySet()) {
            if (space.getValue().id() == mm) {
                return space.getKey();
            }
        }
        return "mm" + mm;
    }

    /** The name of a piece of state. */
    String name(Shared state, int index) {
        return name(state.name(), index);
    }

    private String name(String name, int index) {
        if (name.endsWith(ENTRIES)) {
            return entries.getOrDefault(index, "page-table entry " + index);
        }
        Matcher handle = HANDLE.matcher(name);
        if (handle.matches()) {
            return handle.group(1).toUpperCase(Locale.ROOT) + " " + handle.group(2);
        }
        Matcher map = FAULT_MAP.matcher(name);
        if (map.matches()) {
            return map.group(2) + " map " + map.group(1) + (map.group(3).equals("0") ? "" : " high");
        }
        Matcher space = SPACE.matcher(name);
        if (space.matches()) {
            String of = names.severalSpaces() ? " of " + space(Integer.parseInt(space.group(1))) : "";
            return ofSpace(space.group(2)) + of;
        }
        return names.translate(other(name));
    }

    /** A text in which components' names for agents, addresses and state become the scenario's. */
    String translate(String text) {
        return IN_TEXT.matcher(names.translate(text))
                .replaceAll(match -> Matcher.quoteReplacement(name(match.group(), 0)));
    }

    private static String ofSpace(String what) {
        return switch (what) {
            case "range_active" -> "range count";
            case "asid_lock" -> "asid lock";
            case "wait_queue" -> "wait queue";
            case "wait_queue head" -> "wait queue head";
            case "rmap_lock" -> "rmap lock";
            case "page_table_lock" -> "page-table lock";
            case "notifiers" -> "notifier list";
            default -> what;
        };
    }

    private static String other(String name) {
        if (name.endsWith(".tlb")) {
            return "TLB";
        }
        return switch (name) {
            case "linux.frames" -> "free frames";
            case "linux.tables" -> "free table pages";
            default -> name.replaceFirst("^(linux|gru0)\\.", "").replaceFirst("^chiplet0 ", "");
        };
    }

    /** Whether a step that touches this asks a CPU to flush its TLB. */
    boolean flush(@Nullable Shared state) {
        return state != null && state.name().contains(FLUSHES);
    }

    /** Whether a step that touches this asks that CPU to flush its TLB. */
    boolean flushOf(@Nullable Shared state, Agent agent) {
        return state != null && state.name().endsWith(FLUSHES + agent.name());
    }

    /** Whether a word is a page-table entry above the last level. */
    boolean pointer(Shared state, int index) {
        return state.name().endsWith(ENTRIES) && levels.getOrDefault(index, 0) > 0;
    }

    /** The pages that a list of mappings holds at present, in words. */
    String mapped(Vmas vmas) {
        StringJoiner pages = new StringJoiner(", ");
        pages.setEmptyValue("none");
        pages(vmas).stream().filter(page -> holds(vmas, page)).forEach(page -> pages.add(page.name()));
        return pages.toString();
    }

    /** The pages that a list of mappings held at the start and does not hold any more, in words; empty if none. */
    String unmapped(Vmas vmas) {
        StringJoiner pages = new StringJoiner(", ");
        pages(vmas).stream().filter(page -> !holds(vmas, page)).forEach(page -> pages.add(page.name()));
        return pages.toString();
    }

    private List<ScenarioSpec.Page> pages(Vmas vmas) {
        for (Map.Entry<String, Mm> space : scenario.spaces().entrySet()) {
            if (space.getValue().vmas() == vmas) {
                return names.pages(space.getKey());
            }
        }
        return List.of();
    }

    private static boolean holds(Vmas vmas, ScenarioSpec.Page page) {
        for (int vma = 0; vma < vmas.count(); vma++) {
            if (vmas.contains(vma, page.at())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a write is software's command to a unit of the device. */
    boolean command(Played step, Played.Word word) {
        Matcher handle = HANDLE.matcher(word.state().name());
        if (word.kind() != Access.WRITE || !(step.agent instanceof Cpu) || !handle.matches()) {
            return false;
        }
        return handle.group(1).equals("cb")
                ? ValueWords.instruction(word.read(), word.written())
                : ValueWords.command(word.written());
    }

    /** A value of a piece of state, in words. */
    String value(Shared state, int index, long value) {
        String name = state.name();
        if (name.endsWith(ENTRIES)) {
            return levels.getOrDefault(index, 0) == 0 ? ValueWords.pte(value) : ValueWords.pointer(value);
        }
        Matcher handle = HANDLE.matcher(name);
        if (handle.matches()) {
            return switch (handle.group(1)) {
                case "tfh" -> ValueWords.tfh(value);
                case "tgh" -> ValueWords.tgh(value);
                case "cch" -> ValueWords.cch(value);
                default -> ValueWords.cb(value);
            };
        }
        if (FAULT_MAP.matcher(name).matches()) {
            return ValueWords.bits(value);
        }
        if (name.endsWith(".notifiers")) {
            return value == 0 ? "empty" : "the driver";
        }
        if (name.endsWith("wait_queue head")) {
            return value == 0 ? "empty" : "somebody";
        }
        return Long.toString(value);
    }
}
