package grusim.isa;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instructions the GRU accepts, independent of the context that runs them (whether unmapped mode is allowed,
 * whether the data segment is large enough, is for the device to say). Sources: opcodes, extended opcodes, the transfer
 * types and element counts of MESQ and GAMXR from the Linux driver drivers/misc/sgi-gru, gru_instructions.h. Assumed:
 * AMOs act on bytes to doublewords, queue checks on doublewords (head and limit), a BCOPY needs a buffer of at least a line, and an address attribute stands only
 * where there is a base address. Immutable; any thread.
 */
public final class Legality {
    private static final Set<TransferType> ALL = immutable(EnumSet.allOf(TransferType.class));
    private static final Set<TransferType> SCALARS =
            immutable(EnumSet.range(TransferType.BYTE, TransferType.DOUBLEWORD));
    private static final Set<TransferType> DOUBLEWORD = immutable(EnumSet.of(TransferType.DOUBLEWORD));
    private static final Map<TransferType, Set<TransferType>> ONLY = singletons();

    private static final Set<AddressAttribute> ANY_ATTRIBUTE = immutable(EnumSet.allOf(AddressAttribute.class));
    private static final Set<AddressAttribute> NO_ATTRIBUTE = immutable(EnumSet.of(AddressAttribute.RAM));

    private static final Range ANY = new Range(0, -1);

    private Legality() {}

    /** An unsigned range of values, both ends included. */
    public record Range(long least, long most) {
        /** Whether a value lies in the range. */
        public boolean contains(long value) {
            return Long.compareUnsigned(value, least) >= 0 && Long.compareUnsigned(value, most) <= 0;
        }

        @Override
        public String toString() {
            return Long.toUnsignedString(least) + " .. " + Long.toUnsignedString(most);
        }
    }

    /** The transfer types an opcode accepts. */
    public static Set<TransferType> transferTypes(Opcode opcode) {
        TransferType implied = opcode.impliedTransferType();
        if (implied != null) {
            return ONLY.getOrDefault(implied, ALL);
        }
        return opcode.atomic() ? SCALARS : ALL;
    }

    /** The transfer types an operation of an opcode accepts. */
    public static Set<TransferType> transferTypes(Opcode opcode, ExtendedOpcode extended) {
        return switch (extended) {
            case CONDITIONAL_ADD, QUEUE_CHECK_64, QUEUE_CHECK_128 -> DOUBLEWORD;
            default -> transferTypes(opcode);
        };
    }

    /** The values an operand of an opcode may have. */
    public static Range range(Opcode opcode, Operand operand) {
        long most = operand.field().max();
        return switch (operand) {
            case NELEM -> opcode == Opcode.MESQ ? new Range(1, 2) : ANY;
            case BUFSIZE -> new Range(1, most);
            default -> new Range(0, most);
        };
    }

    /** The address attributes an opcode accepts for a base address (ADDR or DEST). */
    public static Set<AddressAttribute> attributes(Opcode opcode, Operand base) {
        return opcode.operands().contains(base) ? ANY_ATTRIBUTE : NO_ATTRIBUTE;
    }

    /** Why the GRU would refuse an instruction (what, and the accepted values), or null if it is legal. */
    public static @Nullable String violation(Instruction instruction) {
        Opcode opcode = instruction.opcode();
        if (opcode == null) {
            return "opcode 0x%02x; accepted: 0x00 .. 0x0f".formatted(instruction.get(InstructionLayout.OPC));
        }
        TransferType type = instruction.transferType();
        if (type == null || !transferTypes(opcode).contains(type)) {
            return "%s: transfer type %d; accepted: %s"
                    .formatted(
                            opcode.mnemonic(), instruction.get(InstructionLayout.XTYPE), names(transferTypes(opcode)));
        }
        if (opcode.atomic() ? instruction.extendedOpcode() == null : instruction.exopc() != 0) {
            return "%s: extended opcode 0x%02x; accepted: %s"
                    .formatted(opcode.mnemonic(), instruction.exopc(), extendedNames(opcode));
        }
        ExtendedOpcode extended = instruction.extendedOpcode();
        if (extended != null && !transferTypes(opcode, extended).contains(type)) {
            return "%s %s: transfer type %d; accepted: %s"
                    .formatted(
                            opcode.mnemonic(),
                            extended.mnemonic(),
                            instruction.get(InstructionLayout.XTYPE),
                            names(transferTypes(opcode, extended)));
        }
        if (!attributes(opcode, Operand.ADDR).contains(instruction.attribute0())
                || !attributes(opcode, Operand.DEST).contains(instruction.attribute1())) {
            return "%s: an address attribute without a base address; accepted: ram".formatted(opcode.mnemonic());
        }
        if (opcode.impliedElements() != 0 && instruction.get(Operand.NELEM) != opcode.impliedElements()) {
            return "%s: nelem %s; accepted: %d"
                    .formatted(
                            opcode.mnemonic(),
                            Long.toUnsignedString(instruction.get(Operand.NELEM)),
                            opcode.impliedElements());
        }
        for (Operand operand : opcode.operands()) {
            Range range = range(opcode, operand);
            if (!range.contains(instruction.get(operand))) {
                return "%s: %s %s; accepted: %s"
                        .formatted(
                                opcode.mnemonic(),
                                operand.key(),
                                Long.toUnsignedString(instruction.get(operand)),
                                range);
            }
        }
        return null;
    }

    /**
     * The first word with bits that the opcode does not read (left there by an earlier instruction, say), or -1. Such
     * bits are legal; the text form has no place for them.
     */
    public static int unreadWord(Instruction instruction) {
        Opcode opcode = instruction.opcode();
        if (opcode == null) {
            return 0;
        }
        Instruction read = Instruction.of(opcode);
        for (BitField field : List.of(InstructionLayout.IMA, InstructionLayout.XTYPE, InstructionLayout.EXOPC)) {
            read = read.with(field, instruction.get(field));
        }
        for (Setting setting : Setting.values()) {
            read = read.with(setting.field(), instruction.get(setting.field()));
        }
        for (Operand operand : opcode.operands()) {
            read = read.with(operand, instruction.get(operand));
        }
        for (int i = 0; i < Layout.WORDS; i++) {
            if (read.word(i) != instruction.word(i)) {
                return i;
            }
        }
        return -1;
    }

    private static <E extends Enum<E>> Set<E> immutable(EnumSet<E> set) {
        return Collections.unmodifiableSet(set);
    }

    private static Map<TransferType, Set<TransferType>> singletons() {
        Map<TransferType, Set<TransferType>> sets = new EnumMap<>(TransferType.class);
        for (TransferType type : TransferType.values()) {
            sets.put(type, immutable(EnumSet.of(type)));
        }
        return Collections.unmodifiableMap(sets);
    }

    /** The mnemonics of transfer types, for messages. */
    static String names(Set<TransferType> types) {
        return String.join(", ", types.stream().map(TransferType::mnemonic).toList());
    }

    /** The mnemonics of an opcode's extended opcodes, for messages. */
    static String extendedNames(Opcode opcode) {
        List<String> names = new ArrayList<>();
        for (ExtendedOpcode extended : opcode.extendedOpcodes()) {
            names.add(extended.mnemonic());
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
