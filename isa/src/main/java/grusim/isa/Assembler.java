package grusim.isa;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text form of an instruction, one per line:
 *
 * <pre>
 * vload.cl addr=0x10000 tri0=0 nelem=16 stride=1 interrupt   ; opcode.type operand=value... flag...
 * gamer.cas.dw addr=0x2000 operand1=1 operand2=0             ; AMOs name the extended opcode first
 * .words 0x0200000000000001 0x0 0x0 0x0 0x0 0x0 0x0 0x0      ; any eight words
 * </pre>
 *
 * Every operand of the opcode must be there. Flags are the {@link AccessMode}s; {@code iaa0}, {@code iaa1}, {@code icmd},
 * {@code istatus}, {@code isubstatus}, {@code tlb_fault_color} and {@code avalue} may be given, and are otherwise those
 * of an instruction that starts. Only legal instructions are accepted, except through {@code .words}. Immutable; any
 * thread.
 */
public final class Assembler {
    /** The directive that takes eight raw words. */
    static final String WORDS = ".words";

    private Assembler() {}

    /** The instruction on a line; empty if there is none. A line that makes no sense is refused. */
    public static Optional<Instruction> assemble(String line) {
        List<AssemblyToken> tokens = AssemblyToken.split(line);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        AssemblyToken first = tokens.get(0);
        List<AssemblyToken> rest = tokens.subList(1, tokens.size());
        return Optional.of(first.text().equals(WORDS) ? words(first, rest) : operands(mnemonic(first), first, rest));
    }

    private static Instruction words(AssemblyToken directive, List<AssemblyToken> values) {
        if (values.size() != Layout.WORDS) {
            throw directive.refuse(values.size() + " words after", Layout.WORDS + " words");
        }
        long[] words = new long[Layout.WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = number(values.get(i));
        }
        return Instruction.of(words);
    }

    private static Instruction mnemonic(AssemblyToken token) {
        List<AssemblyToken> parts = token.parts('.');
        AssemblyToken name = parts.get(0);
        Opcode opcode = Opcode.find(name.text());
        if (opcode == null) {
            List<String> accepted = new ArrayList<>();
            for (Opcode known : Opcode.values()) {
                accepted.add(known.mnemonic());
            }
            throw name.refuse("unknown opcode", String.join(", ", accepted) + ", " + WORDS);
        }
        boolean namesExtended = opcode.atomic() && opcode.impliedTransferType() == null;
        boolean namesType = opcode.impliedTransferType() == null;
        int expected = 1 + (namesExtended ? 1 : 0) + (namesType ? 1 : 0);
        if (parts.size() != expected) {
            String form = opcode.mnemonic() + (namesExtended ? ".EXTENDED" : "") + (namesType ? ".TYPE" : "");
            throw token.refuse("wrong number of parts in", form + described(opcode, namesExtended, namesType));
        }
        Instruction instruction = Instruction.of(opcode);
        if (namesExtended) {
            ExtendedOpcode extended = ExtendedOpcode.find(opcode, parts.get(1).text());
            if (extended == null) {
                throw parts.get(1).refuse("unknown extended opcode", Legality.extendedNames(opcode));
            }
            instruction = instruction.with(extended);
        }
        if (namesType) {
            AssemblyToken part = parts.get(expected - 1);
            TransferType type = TransferType.find(part.text());
            ExtendedOpcode extended = instruction.extendedOpcode();
            Set<TransferType> accepted =
                    extended == null ? Legality.transferTypes(opcode) : Legality.transferTypes(opcode, extended);
            if (type == null || !accepted.contains(type)) {
                throw part.refuse(
                        (type == null ? "unknown transfer type" : opcode.mnemonic() + " has no transfer type"),
                        Legality.names(accepted));
            }
            instruction = instruction.with(type);
        }
        return instruction;
    }

    private static String described(Opcode opcode, boolean namesExtended, boolean namesType) {
        return (namesExtended ? ", EXTENDED one of " + Legality.extendedNames(opcode) : "")
                + (namesType ? ", TYPE one of " + Legality.names(Legality.transferTypes(opcode)) : "");
    }

    private static Instruction operands(Instruction start, AssemblyToken mnemonic, List<AssemblyToken> tokens) {
        Opcode opcode = Opcode.of(InstructionLayout.OPC.intIn(start.dw0()));
        Set<Operand> missing = EnumSet.noneOf(Operand.class);
        missing.addAll(opcode.operands());
        Set<String> seen = new HashSet<>();
        Instruction instruction = start;
        for (AssemblyToken token : tokens) {
            List<AssemblyToken> parts = token.parts('=');
            AssemblyToken key = parts.get(0);
            AccessMode mode = parts.size() == 1 ? mode(key.text()) : null;
            Operand operand = parts.size() == 2 ? Operand.find(key.text()) : null;
            Setting setting = parts.size() == 2 ? Setting.find(key.text()) : null;
            if (!seen.add(key.text())) {
                throw key.refuse("repeated", "each key once");
            }
            if (mode != null) {
                instruction = instruction.with(mode);
            } else if (operand != null && opcode.operands().contains(operand)) {
                instruction = instruction.with(operand, operand(opcode, operand, parts.get(1)));
                missing.remove(operand);
            } else if (setting != null) {
                instruction = instruction.with(setting.field(), setting(opcode, setting, parts.get(1)));
            } else {
                throw token.refuse("unknown operand of " + opcode.mnemonic(), accepted(opcode));
            }
        }
        if (!missing.isEmpty()) {
            throw mnemonic.refuse("missing " + keys(List.copyOf(missing)) + " of", accepted(opcode));
        }
        assert Legality.violation(instruction) == null : Legality.violation(instruction);
        return instruction;
    }

    private static long operand(Opcode opcode, Operand operand, AssemblyToken token) {
        long value = number(token);
        Legality.Range range = Legality.range(opcode, operand);
        if (!range.contains(value)) {
            throw token.refuse(operand.key() + " out of range:", range.toString());
        }
        return value;
    }

    private static long setting(Opcode opcode, Setting setting, AssemblyToken token) {
        long value =
                setting.parse(token.text()).orElseThrow(() -> token.refuse("bad " + setting.key(), setting.accepted()));
        Set<AddressAttribute> attributes = switch (setting) {
            case IAA0 -> Legality.attributes(opcode, Operand.ADDR);
            case IAA1 -> Legality.attributes(opcode, Operand.DEST);
            default -> Set.of();
        };
        if (!attributes.isEmpty() && !attributes.contains(AddressAttribute.of((int) value))) {
            throw token.refuse(
                    "%s has no base address for %s".formatted(opcode.mnemonic(), setting.key()),
                    AddressAttribute.RAM.mnemonic());
        }
        return value;
    }

    private static long number(AssemblyToken token) {
        return Numeral.parse(token.text()).orElseThrow(() -> token.refuse("not a number:", Numeral.ACCEPTED));
    }

    private static @Nullable AccessMode mode(String text) {
        for (AccessMode mode : AccessMode.values()) {
            if (mode.mnemonic().equals(text)) {
                return mode;
            }
        }
        return null;
    }

    private static String accepted(Opcode opcode) {
        List<String> accepted = new ArrayList<>();
        opcode.operands().forEach(operand -> accepted.add(operand.key() + "="));
        for (Setting setting : Setting.values()) {
            accepted.add("[" + setting.key() + "=]");
        }
        for (AccessMode mode : AccessMode.values()) {
            accepted.add("[" + mode.mnemonic() + "]");
        }
        return String.join(" ", accepted);
    }

    private static String keys(List<Operand> operands) {
        return String.join(", ", operands.stream().map(Operand::key).toList());
    }
}
