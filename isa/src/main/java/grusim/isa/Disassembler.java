package grusim.isa;

/**
 * Prints an instruction in the form that {@link Assembler} reads. Every legal instruction comes out readable and comes
 * back the same; anything else comes out as {@code .words} with the reason in a comment, and comes back the same too.
 * Immutable; any thread.
 */
public final class Disassembler {
    private Disassembler() {}

    /** The text of an instruction, without a line end. */
    public static String disassemble(Instruction instruction) {
        Opcode opcode = instruction.opcode();
        String violation = Legality.violation(instruction);
        if (opcode == null || violation != null) {
            return words(instruction, String.valueOf(violation));
        }
        int unread = Legality.unreadWord(instruction);
        if (unread >= 0) {
            return words(instruction, "word %d has bits that %s does not read".formatted(unread, opcode.mnemonic()));
        }
        return readable(instruction, opcode);
    }

    private static String words(Instruction instruction, String reason) {
        StringBuilder text = new StringBuilder(Assembler.WORDS);
        for (long word : instruction.words()) {
            text.append(" 0x%016x".formatted(word));
        }
        return text.append(" ; ").append(reason.replace(';', ',')).toString();
    }

    private static String readable(Instruction instruction, Opcode opcode) {
        StringBuilder text = new StringBuilder(opcode.mnemonic());
        ExtendedOpcode extended = instruction.extendedOpcode();
        TransferType type = instruction.transferType();
        if (opcode.impliedTransferType() == null && type != null) {
            text.append(extended == null ? "" : "." + extended.mnemonic());
            text.append('.').append(type.mnemonic());
        }
        for (Operand operand : opcode.operands()) {
            append(text, operand.key(), Numeral.print(instruction.get(operand), operand.hexadecimal()));
        }
        Instruction start = Instruction.of(opcode);
        for (Setting setting : Setting.values()) {
            long value = instruction.get(setting.field());
            if (value != start.get(setting.field())) {
                append(text, setting.key(), setting.print(value));
            }
        }
        for (AccessMode mode : AccessMode.values()) {
            text.append(instruction.has(mode) ? " " + mode.mnemonic() : "");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        text.append(' ').append(key).append('=').append(value);
    }
}
