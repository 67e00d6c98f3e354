package grusim.workload.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the system calls of a Lackey trace: {@code SYSCALL[pid,tid](nr) sys_NAME ( args ) .. --> Success(0xN)} or {@code
 * Failure(0xN)}.
 *
 * <p>A call whose result comes later ({@code --> [async] ...}, or on a line of its own) is kept until then, by thread.
 * Calls that do not concern the address space are skipped.
 */
final class CallParser {
    private record Pending(String name, List<Long> arguments) {}

    private static final Pattern LINE = Pattern.compile("SYSCALL\\[(\\d{1,10}),(\\d{1,10})]\\( ?(\\d{1,6})\\)(.*)");
    private static final Pattern VM_CALL =
            Pattern.compile(" (?:sys_)?(mmap2?|munmap|mprotect|mremap|brk|madvise) ?\\((.*?)\\)(.*)");
    private static final Pattern RESULT = Pattern.compile(
            ".*--> (?:\\[(?:pre-success|pre-fail|async)] )?(Success|Failure)\\(0x([0-9a-f]{1,16})\\) ?");
    private static final Pattern LATER = Pattern.compile("(?:\\[sync])?| --> \\[async] \\.\\.\\. ?");

    private final TraceInput input;
    private final Map<String, Pending> pending = new HashMap<>();
    private @Nullable String open;

    CallParser(TraceInput input) {
        this.input = input;
    }

    /** Reads a line that begins with {@code SYSCALL}; the call if it is a VM call that is complete now. */
    @Nullable
    VmCall call(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw input.fail("system call without process, thread and number");
        }
        String thread = line.group(2);
        String rest = line.group(4);
        open = null;
        if (rest.startsWith(" ... [async] --> ")) {
            Pending call = pending.remove(thread);
            return call == null ? null : finish(call, rest);
        }
        pending.remove(thread);
        Matcher call = VM_CALL.matcher(rest);
        if (!call.matches()) {
            if (rest.matches(" (?:sys_)?(?:mmap2?|munmap|mprotect|mremap|brk|madvise)\\b.*")) {
                throw input.fail("VM call without arguments");
            }
            return null;
        }
        Pending started = new Pending(call.group(1), arguments(call.group(2)));
        if (LATER.matcher(call.group(3).stripTrailing()).matches()) {
            pending.put(thread, started);
            open = thread;
            return null;
        }
        return finish(started, call.group(3));
    }

    /** Reads a line that begins with an arrow: the result of the call before it. */
    @Nullable
    VmCall result(String text) {
        String thread = open;
        open = null;
        Pending call = thread == null ? null : pending.remove(thread);
        return call == null ? null : finish(call, text);
    }

    private List<Long> arguments(String text) {
        List<Long> values = new ArrayList<>();
        for (String argument : text.split(",", -1)) {
            String number = argument.strip();
            try {
                values.add(
                        number.startsWith("0x")
                                ? Long.parseUnsignedLong(number.substring(2), 16)
                                : number.startsWith("-") ? Long.parseLong(number) : Long.parseUnsignedLong(number));
            } catch (NumberFormatException e) {
                throw input.fail("argument \"" + number + "\" of a VM call is not a number");
            }
        }
        return values;
    }

    private VmCall finish(Pending call, String text) {
        Matcher matcher = RESULT.matcher(text);
        if (!matcher.matches()) {
            throw input.fail("VM call without a result");
        }
        boolean success = matcher.group(1).equals("Success");
        long value = Long.parseUnsignedLong(matcher.group(2), 16);
        if (!success && (value <= 0 || value > 4095)) {
            throw input.fail("errno " + value + " out of range");
        }
        return make(call, success ? value : 0, success ? 0 : (int) value);
    }

    private VmCall make(Pending call, long result, int error) {
        List<Long> a = call.arguments();
        int most = switch (call.name()) {
            case "brk" -> 1;
            case "munmap" -> 2;
            case "mprotect", "madvise" -> 3;
            case "mremap" -> 5;
            default -> 6;
        };
        int least = call.name().equals("mremap") ? 4 : most;
        if (a.size() < least || a.size() > most) {
            throw input.fail(call.name() + " with " + a.size() + " arguments");
        }
        if (error == 0) {
            inUserSpace(result, call.name().startsWith("mmap") ? a.get(1) : 0);
            inUserSpace(a.get(0), a.size() > 1 ? a.get(1) : 0);
            inUserSpace(result, call.name().equals("mremap") ? a.get(2) : 0);
        }
        return switch (call.name()) {
            case "brk" -> new VmCall.Brk(a.get(0), result, error);
            case "munmap" -> new VmCall.Munmap(a.get(0), a.get(1), result, error);
            case "mprotect" -> new VmCall.Mprotect(a.get(0), a.get(1), narrow(a.get(2)), result, error);
            case "madvise" -> new VmCall.Madvise(a.get(0), a.get(1), narrow(a.get(2)), result, error);
            case "mremap" ->
                new VmCall.Mremap(
                        a.get(0), a.get(1), a.get(2), narrow(a.get(3)), a.size() > 4 ? a.get(4) : 0, result, error);
            default -> new VmCall.Mmap(a.get(0), a.get(1), narrow(a.get(2)), narrow(a.get(3)), result, error);
        };
    }

    private void inUserSpace(long address, long length) {
        if ((address | length | (address + length)) >>> LackeyReader.ADDRESS_BITS != 0) {
            throw input.fail("VM call that succeeded outside user space");
        }
    }

    private int narrow(long argument) {
        if (argument != (int) argument) {
            throw input.fail("argument " + argument + " of a VM call is out of range");
        }
        return (int) argument;
    }
}
