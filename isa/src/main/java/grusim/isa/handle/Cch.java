package grusim.isa.handle;

import grusim.isa.BitField;
import grusim.isa.Layout;

/**
 * The context configuration handle: life, resources and address spaces of a context. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public final class Cch {
    public static final BitField CMD = HandleCommand.CMD;
    public static final BitField DELRESP = HandleCommand.DELRESP;
    public static final BitField OPC = BitField.of("opc", 0, 2, 3);
    public static final BitField UNMAP_ENABLE = BitField.of("unmap_enable", 0, 5, 1);
    public static final BitField REQ_SLICE_SET_ENABLE = BitField.of("req_slice_set_enable", 0, 6, 1);
    public static final BitField REQ_SLICE = BitField.of("req_slice", 0, 7, 2);
    public static final BitField CB_INT_ENABLE = BitField.of("cb_int_enable", 0, 9, 1);
    public static final BitField TLB_INT_ENABLE = BitField.of("tlb_int_enable", 0, 10, 1);
    public static final BitField TFM_FAULT_BIT_ENABLE = BitField.of("tfm_fault_bit_enable", 0, 11, 1);
    public static final BitField TLB_INT_SELECT = BitField.of("tlb_int_select", 0, 12, 4);
    public static final BitField STATUS = HandleCommand.STATUS;
    public static final BitField STATE = BitField.of("state", 0, 18, 2);
    public static final BitField CAUSE = BitField.of("cause", 0, 24, 4);
    public static final BitField TFM_DONE_BIT_ENABLE = BitField.of("tfm_done_bit_enable", 0, 28, 1);
    public static final BitField DSR_ALLOCATION_MAP = BitField.of("dsr_allocation_map", 0, 32, 32);
    public static final BitField CBR_ALLOCATION_MAP = BitField.of("cbr_allocation_map", 1, 0, 64);
    /** The address-space id of each region (the top three address bits). */
    public static final BitField ASID = BitField.array("asid", 2, 32, 8);
    /** The page sizes looked up in each region, bit = page-size code. */
    public static final BitField SIZEAVAIL = BitField.array("sizeavail", 6, 16, 8);

    public static final Layout LAYOUT = Layout.of(
            "cch",
            CMD,
            DELRESP,
            OPC,
            UNMAP_ENABLE,
            REQ_SLICE_SET_ENABLE,
            REQ_SLICE,
            CB_INT_ENABLE,
            TLB_INT_ENABLE,
            TFM_FAULT_BIT_ENABLE,
            TLB_INT_SELECT,
            STATUS,
            STATE,
            CAUSE,
            TFM_DONE_BIT_ENABLE,
            DSR_ALLOCATION_MAP,
            CBR_ALLOCATION_MAP,
            ASID,
            SIZEAVAIL);

    /** The number of regions of an address space, each with its own asid. */
    public static final int REGIONS = 8;

    private Cch() {}
}
