package grusim.isa;

import grusim.isa.handle.HandleType;
import java.util.Optional;

/**
 * The memory map of a chiplet: 16 context segments, then the handles. Addresses are relative to the GRU base of the
 * machine: chiplet c of the whole machine begins at c x 128 MiB, where c = 2 x pnode + chiplet of the hub. Source: Linux
 * driver drivers/misc/sgi-gru, gruhandles.h and grutables.h.
 */
public final class ChipletMap {
    public static final int CHIPLETS_PER_HUB = 2;
    public static final int CONTEXTS = 16;
    public static final int CBRS = 128;
    public static final int CBES = HandleType.CBE.count();
    public static final int TFHS = HandleType.TFH.count();
    public static final int TFMS = HandleType.TFM.count();
    public static final int TGHS = HandleType.TGH.count();
    public static final int CCHS = HandleType.CCH.count();
    public static final int DSR_BYTES = 32 * 1024;

    /** The size of every handle, control block and line. */
    public static final int LINE_BYTES = 64;
    /** The distance between two handles, and between two control blocks. */
    public static final int HANDLE_STRIDE = 256;
    /** The address space of one chiplet. */
    public static final long CHIPLET_BYTES = 128L << 20;
    /** The distance between two context segments. */
    public static final long CONTEXT_STRIDE = 4L << 20;
    /** The part of a context segment that its user maps. */
    public static final long CONTEXT_BYTES = 256L << 10;
    /** Where the data segment begins in a context segment. */
    public static final long DSR_OFFSET = 0x2_0000;
    /** Where the handles begin in a chiplet. */
    public static final long SYSTEM_OFFSET = 64L << 20;

    private ChipletMap() {}

    /** The number of a chiplet counted through the machine. */
    public static int chiplet(int pnode, int chipletOfHub) {
        return CHIPLETS_PER_HUB * pnode + within(chipletOfHub, CHIPLETS_PER_HUB, "chiplet of the hub");
    }

    /** The address of a place, relative to the GRU base. */
    public static long address(ChipletAddress at) {
        if (at.chiplet() < 0) {
            throw new EncodingException("chiplet: %d; accepted: 0 and above".formatted(at.chiplet()));
        }
        long base = at.chiplet() * CHIPLET_BYTES;
        if (at instanceof ChipletAddress.ControlBlock block) {
            return base
                    + segment(block.context())
                    + (long) within(block.user(), CBRS, "control block") * HANDLE_STRIDE
                    + within(block.lineByte(), LINE_BYTES, "byte of a control block");
        }
        if (at instanceof ChipletAddress.DataSegment data) {
            return base + segment(data.context()) + DSR_OFFSET + within(data.dsrByte(), DSR_BYTES, "data segment byte");
        }
        ChipletAddress.Handle handle = (ChipletAddress.Handle) at;
        return base
                + SYSTEM_OFFSET
                + handle.type().offset()
                + (long) within(
                                handle.index(),
                                handle.type().count(),
                                handle.type().mnemonic())
                        * HANDLE_STRIDE
                + within(handle.lineByte(), LINE_BYTES, "byte of a handle");
    }

    /** What lies at an address relative to the GRU base; empty in the holes between. */
    public static Optional<ChipletAddress> locate(long address) {
        if (address < 0 || address / CHIPLET_BYTES > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        int chiplet = (int) (address / CHIPLET_BYTES);
        long offset = address % CHIPLET_BYTES;
        return offset < SYSTEM_OFFSET
                ? locateInContext(chiplet, (int) (offset / CONTEXT_STRIDE), offset % CONTEXT_STRIDE)
                : locateHandle(chiplet, offset - SYSTEM_OFFSET);
    }

    private static Optional<ChipletAddress> locateInContext(int chiplet, int context, long offset) {
        int lineByte = (int) (offset % HANDLE_STRIDE);
        if (offset < (long) CBRS * HANDLE_STRIDE && lineByte < LINE_BYTES) {
            return Optional.of(
                    new ChipletAddress.ControlBlock(chiplet, context, (int) (offset / HANDLE_STRIDE), lineByte));
        }
        long dsrByte = offset - DSR_OFFSET;
        return dsrByte >= 0 && dsrByte < DSR_BYTES
                ? Optional.of(new ChipletAddress.DataSegment(chiplet, context, (int) dsrByte))
                : Optional.empty();
    }

    private static Optional<ChipletAddress> locateHandle(int chiplet, long offset) {
        for (HandleType type : HandleType.values()) {
            long relative = offset - type.offset();
            int lineByte = (int) (relative % HANDLE_STRIDE);
            if (relative >= 0 && relative < (long) type.count() * HANDLE_STRIDE && lineByte < LINE_BYTES) {
                return Optional.of(
                        new ChipletAddress.Handle(chiplet, type, (int) (relative / HANDLE_STRIDE), lineByte));
            }
        }
        return Optional.empty();
    }

    private static long segment(int context) {
        return within(context, CONTEXTS, "context") * CONTEXT_STRIDE;
    }

    private static int within(int value, int count, String what) {
        if (value < 0 || value >= count) {
            throw new EncodingException("%s: %d; accepted: 0 .. %d".formatted(what, value, count - 1));
        }
        return value;
    }
}
