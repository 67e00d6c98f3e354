package grusim.isa;

/**
 * Where the parts of an instruction stand in its eight words (the control block). Source: Linux driver
 * drivers/misc/sgi-gru, gru_instructions.h. The driver's own helpers mask tri0 to 18 bits; the field has 22.
 */
public final class InstructionLayout {
    public static final BitField ICMD = BitField.of("icmd", 0, 0, 1);
    public static final BitField IMA = BitField.of("ima", 0, 1, 3);
    public static final BitField XTYPE = BitField.of("xtype", 0, 8, 3);
    public static final BitField IAA0 = BitField.of("iaa0", 0, 11, 2);
    public static final BitField IAA1 = BitField.of("iaa1", 0, 13, 2);
    public static final BitField OPC = BitField.of("opc", 0, 16, 8);
    public static final BitField EXOPC = BitField.of("exopc", 0, 24, 8);
    public static final BitField TRI0 = BitField.of("tri0", 0, 32, 22);
    public static final BitField ISTATUS = BitField.of("istatus", 0, 56, 2);
    public static final BitField ISUBSTATUS = BitField.of("isubstatus", 0, 58, 4);
    public static final BitField TLB_FAULT_COLOR = BitField.of("tlb_fault_color", 0, 63, 1);
    public static final BitField TRI1_BUFSIZE = BitField.of("tri1_bufsize", 1, 0, 42);
    public static final BitField BASE_ADDRESS_0 = BitField.of("baddr0", 2, 0, 64);
    public static final BitField NELEM = BitField.of("nelem", 3, 0, 64);
    /** Operand 1 of an AMO, or the stride. */
    public static final BitField OPERAND_1 = BitField.of("op1_stride", 4, 0, 64);
    /** Operand 2 of an AMO, a fill value, or base address 1. */
    public static final BitField OPERAND_2 = BitField.of("op2_value_baddr1", 5, 0, 64);
    /** The old value an AMO returns. */
    public static final BitField AVALUE = BitField.of("avalue", 7, 0, 64);

    public static final Layout LAYOUT = Layout.of(
            "instruction",
            ICMD,
            IMA,
            XTYPE,
            IAA0,
            IAA1,
            OPC,
            EXOPC,
            TRI0,
            ISTATUS,
            ISUBSTATUS,
            TLB_FAULT_COLOR,
            TRI1_BUFSIZE,
            BASE_ADDRESS_0,
            NELEM,
            OPERAND_1,
            OPERAND_2,
            AVALUE);

    private InstructionLayout() {}
}
