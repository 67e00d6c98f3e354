package grusim.isa;

import org.jspecify.annotations.Nullable;

/**
 * An instruction: the eight words of a control block, read through {@link InstructionLayout}. Any eight words are an
 * instruction; whether the GRU accepts them is for {@link Legality} to say. Immutable; any thread.
 */
public record Instruction(long dw0, long dw1, long dw2, long dw3, long dw4, long dw5, long dw6, long dw7) {
    /** The instruction of an opcode as software starts it: command bit set, active, implied fields filled in. */
    public static Instruction of(Opcode opcode) {
        TransferType type = opcode.impliedTransferType();
        long dw0 = InstructionLayout.ICMD.mask()
                | ((long) opcode.code() << InstructionLayout.OPC.shift())
                | ((long) (type == null ? 0 : type.code()) << InstructionLayout.XTYPE.shift())
                | ((long) InstructionStatus.ACTIVE.code() << InstructionLayout.ISTATUS.shift());
        Instruction instruction = new Instruction(dw0, 0, 0, opcode.impliedElements(), 0, 0, 0, 0);
        return opcode == Opcode.GAMXR ? instruction.with(ExtendedOpcode.MASKED_COMPARE_EXCHANGE) : instruction;
    }

    /** The instruction in these eight words. */
    public static Instruction of(long[] words) {
        if (words.length != Layout.WORDS) {
            throw new EncodingException("instruction: %d words; accepted: %d".formatted(words.length, Layout.WORDS));
        }
        return new Instruction(words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]);
    }

    /** The eight words, in a new array. */
    public long[] words() {
        return new long[] {dw0, dw1, dw2, dw3, dw4, dw5, dw6, dw7};
    }

    /** One of the eight words. */
    public long word(int index) {
        return switch (index) {
            case 0 -> dw0;
            case 1 -> dw1;
            case 2 -> dw2;
            case 3 -> dw3;
            case 4 -> dw4;
            case 5 -> dw5;
            case 6 -> dw6;
            case 7 -> dw7;
            default -> throw new IndexOutOfBoundsException("word " + index);
        };
    }

    /** The value of a field of {@link InstructionLayout}. */
    public long get(BitField field) {
        return field.in(word(field.word()));
    }

    /** The value of an operand. */
    public long get(Operand operand) {
        return get(operand.field());
    }

    /** The same instruction with another value in a field; a value that does not fit is refused. */
    public Instruction with(BitField field, long value) {
        long[] words = words();
        field.set(words, value);
        return of(words);
    }

    /** The same instruction with another operand. */
    public Instruction with(Operand operand, long value) {
        return with(operand.field(), value);
    }

    /** The same instruction with another transfer type. */
    public Instruction with(TransferType type) {
        return with(InstructionLayout.XTYPE, type.code());
    }

    /** The same instruction with another extended opcode. */
    public Instruction with(ExtendedOpcode extended) {
        return with(InstructionLayout.EXOPC, extended.code());
    }

    /** The same instruction with an access mode added. */
    public Instruction with(AccessMode mode) {
        return with(InstructionLayout.IMA, ima() | mode.mask());
    }

    /** The same instruction with another status. */
    public Instruction with(InstructionStatus status) {
        return with(InstructionLayout.ISTATUS, status.code());
    }

    /** The opcode, or null if its number means nothing. */
    public @Nullable Opcode opcode() {
        return Opcode.find(InstructionLayout.OPC.intIn(dw0));
    }

    /** The extended opcode's number. */
    public int exopc() {
        return InstructionLayout.EXOPC.intIn(dw0);
    }

    /** The extended opcode, or null if the opcode has none with this number. */
    public @Nullable ExtendedOpcode extendedOpcode() {
        Opcode opcode = opcode();
        return opcode == null ? null : ExtendedOpcode.find(opcode, exopc());
    }

    /** The transfer type, or null if its number means nothing. */
    public @Nullable TransferType transferType() {
        return TransferType.find(InstructionLayout.XTYPE.intIn(dw0));
    }

    /** The access mode bits. */
    public int ima() {
        return InstructionLayout.IMA.intIn(dw0);
    }

    /** Whether an access mode is on. */
    public boolean has(AccessMode mode) {
        return mode.in(ima());
    }

    /** What base address 0 names. */
    public AddressAttribute attribute0() {
        return AddressAttribute.of(InstructionLayout.IAA0.intIn(dw0));
    }

    /** What base address 1 names. */
    public AddressAttribute attribute1() {
        return AddressAttribute.of(InstructionLayout.IAA1.intIn(dw0));
    }

    /** Whether software has asked for execution. */
    public boolean started() {
        return InstructionLayout.ICMD.in(dw0) != 0;
    }

    /** The status its user sees. */
    public InstructionStatus status() {
        return InstructionStatus.of(InstructionLayout.ISTATUS.intIn(dw0));
    }
}
