package grusim.gru;

import grusim.isa.ExceptionCause;
import grusim.isa.Opcode;
import grusim.result.Counter;
import grusim.result.StatDeclaration;
import grusim.workload.InjectedError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The counters of a chiplet, each declared once by name, unit and meaning. */
public enum DeviceStat {
    TLB_HITS("tlbHits", "lookups", "TLB lookups that found an entry.", c -> c.hits),
    TLB_MISSES("tlbMisses", "lookups", "TLB lookups that found none, or none that allows the write.", c -> c.misses),
    TLB_MODIFY_MISSES(
            "tlbModifyMisses", "lookups", "Misses of a write to an entry without dirty.", c -> c.modifyMisses),
    TLB_PARITY_ERRORS(
            "tlbParityErrors",
            "lookups",
            "Lookups that found an entry with an error, reported through the TFH.",
            c -> c.parityErrors),
    MISSES_MARKED("missesMarked", "marks", "Kill bits set on outstanding misses by invalidates.", c -> c.missesMarked),
    DROPINS_WRITTEN("dropinsWritten", "dropins", "Dropins that wrote a TLB entry.", c -> c.dropinsWritten),
    DROPINS_KILLED("dropinsKilled", "dropins", "Dropins ignored because of a kill bit.", c -> c.dropinsKilled),
    FALSE_KILLS(
            "falseKills",
            "dropins",
            "Killed dropins whose page lay in none of the invalidated ranges.",
            c -> c.falseKills),
    STRAY_COMMANDS("strayCommands", "commands", "TFH commands that found no miss to answer.", c -> c.strayCommands),
    EVICTIONS("evictions", "entries", "TLB entries replaced by a dropin for another page.", c -> c.evictions),
    INVALIDATES("invalidates", "commands", "TLB invalidates done through a TGH.", c -> c.invalidates),
    ENTRIES_INVALIDATED(
            "entriesInvalidated", "entries", "TLB entries removed by invalidates.", c -> c.entriesInvalidated),
    LINES_READ("linesRead", "lines", "Requests that read (part of) a line of memory.", c -> c.linesRead),
    LINES_WRITTEN("linesWritten", "lines", "Requests that wrote (part of) a line of memory.", c -> c.linesWritten),
    LINES_FLUSHED("linesFlushed", "lines", "Requests that flushed a line to memory.", c -> c.linesFlushed),
    ATOMICS("atomics", "operations", "Atomic operations done at a memory.", c -> c.atomics),
    READS_HELD(
            "readsHeld",
            "reads",
            "Reads of control blocks held by CB_DELAY until the status changed.",
            c -> c.readsHeld),
    EXCEPTIONS("exceptions", "instructions", "Instructions that ended with an exception.", c -> c.exceptions),
    FAULT_INTERRUPTS("faultInterrupts", "interrupts", "Fault bits that raised an interrupt.", c -> c.faultInterrupts),
    CALL_OS("callOs", "misses", "Times a control block told its user to call the OS.", c -> c.callOs);

    @SuppressWarnings("ImmutableEnumChecker") // a record of strings
    private final StatDeclaration declaration;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final ToLongFunction<DeviceCounters> value;

    DeviceStat(String key, String unit, String description, ToLongFunction<DeviceCounters> value) {
        this.declaration = declare(key, unit, description);
        this.value = value;
    }

    private static StatDeclaration declare(String key, String unit, String description) {
        return new StatDeclaration("device." + key, unit, description, "model");
    }

    /** Name, unit and meaning. */
    public StatDeclaration declaration() {
        return declaration;
    }

    long of(DeviceCounters counters) {
        return value.applyAsLong(counters);
    }

    /** The value summed over chiplets. */
    public long total(Iterable<Chiplet> chiplets) {
        long total = 0;
        for (Chiplet chiplet : chiplets) {
            total += of(chiplet.counters());
        }
        return total;
    }

    /** Exceptions by cause, summed over chiplets. */
    public static List<Counter> causes(Iterable<Chiplet> chiplets) {
        List<Counter> causes = new ArrayList<>();
        for (ExceptionCause cause : ExceptionCause.values()) {
            long raised = 0;
            for (Chiplet chiplet : chiplets) {
                raised += chiplet.counters().causes[cause.code()];
            }
            String name = cause.name().toLowerCase(Locale.ROOT);
            causes.add(new Counter(
                    new StatDeclaration(
                            "exceptions." + name,
                            "exceptions",
                            "Exceptions with cause " + name.replace('_', ' ') + ".",
                            "model"),
                    raised));
        }
        return causes;
    }

    /** Errors that struck, by kind, summed over chiplets. */
    public static List<Counter> struck(Iterable<Chiplet> chiplets) {
        List<Counter> struck = new ArrayList<>();
        for (InjectedError error : InjectedError.values()) {
            long times = 0;
            for (Chiplet chiplet : chiplets) {
                times += chiplet.errors().struck(error);
            }
            String name = error.name().toLowerCase(Locale.ROOT);
            struck.add(new Counter(
                    new StatDeclaration(
                            "errors." + name, "errors", "Times " + name.replace('_', ' ') + " struck.", "model"),
                    times));
        }
        return struck;
    }

    /** Every counter summed over chiplets, in order of declaration: these, then instructions by opcode, then retries. */
    public static List<Counter> totals(Iterable<Chiplet> chiplets) {
        List<Counter> totals = new ArrayList<>();
        for (DeviceStat stat : values()) {
            totals.add(new Counter(stat.declaration, stat.total(chiplets)));
        }
        for (Opcode opcode : Opcode.values()) {
            long ended = 0;
            for (Chiplet chiplet : chiplets) {
                ended += chiplet.counters().instructions[opcode.ordinal()];
            }
            String name = opcode.mnemonic();
            totals.add(new Counter(
                    declare(
                            "instructions." + name,
                            "instructions",
                            name.toUpperCase(Locale.ROOT) + " instructions that ended."),
                    ended));
        }
        for (int retries = 0; retries < DeviceCounters.RETRIES; retries++) {
            long misses = 0;
            for (Chiplet chiplet : chiplets) {
                misses += chiplet.counters().retries[retries];
            }
            String many = retries == DeviceCounters.RETRIES - 1 ? retries + " or more" : String.valueOf(retries);
            totals.add(new Counter(
                    declare(
                            "retriesPerMiss." + retries,
                            "misses",
                            "Misses resolved after " + many + " killed dropins."),
                    misses));
        }
        return totals;
    }
}
