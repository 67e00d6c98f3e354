package grusim.isa;

/**
 * How a context's share of a chiplet is counted: control blocks in pairs (64 units), data segment in KiB (32 units); a
 * bitmap says which units a context owns. Users number their control blocks and data segment bytes from 0, packed; the
 * chiplet numbers them through the map. Source: Linux driver drivers/misc/sgi-gru, grutables.h and gruhandles.h.
 */
public final class AllocationMap {
    /** Control blocks in a unit. */
    public static final int CBRS_PER_UNIT = 2;
    /** Units of control blocks in a chiplet. */
    public static final int CBR_UNITS = ChipletMap.CBRS / CBRS_PER_UNIT;
    /** Data segment bytes in a unit. */
    public static final int DSR_BYTES_PER_UNIT = 1024;
    /** Units of data segment in a chiplet. */
    public static final int DSR_UNITS = ChipletMap.DSR_BYTES / DSR_BYTES_PER_UNIT;

    private AllocationMap() {}

    /** The units that hold so many control blocks. */
    public static int cbrUnits(int cbrs) {
        return units(cbrs, CBRS_PER_UNIT, ChipletMap.CBRS, "control blocks");
    }

    /** The units that hold so many bytes of data segment. */
    public static int dsrUnits(int bytes) {
        return units(bytes, DSR_BYTES_PER_UNIT, ChipletMap.DSR_BYTES, "data segment bytes");
    }

    /** The number of control blocks a map owns. */
    public static int cbrs(long cbrMap) {
        return Long.bitCount(cbrMap) * CBRS_PER_UNIT;
    }

    /** The CB number of a context's n-th control block. */
    public static int cbNumber(long cbrMap, int user) {
        if (user < 0 || user >= cbrs(cbrMap)) {
            throw new EncodingException("control block: %d; accepted: 0 .. %d".formatted(user, cbrs(cbrMap) - 1));
        }
        return nthBit(cbrMap, user / CBRS_PER_UNIT) * CBRS_PER_UNIT + user % CBRS_PER_UNIT;
    }

    /** The number by which a context's user knows a CB number, or -1 if the map does not own it. */
    public static int user(long cbrMap, int cbNumber) {
        int unit = cbNumber / CBRS_PER_UNIT;
        if (cbNumber < 0 || unit >= CBR_UNITS || (cbrMap & 1L << unit) == 0) {
            return -1;
        }
        return Long.bitCount(cbrMap & (1L << unit) - 1) * CBRS_PER_UNIT + cbNumber % CBRS_PER_UNIT;
    }

    /** The {@code units} lowest units that are free, as a map, or 0 if there are not so many. */
    public static long lowest(long free, int units) {
        if (units > Long.bitCount(free)) {
            return 0;
        }
        long taken = 0;
        for (int i = 0; i < units; i++) {
            taken |= Long.lowestOneBit(free & ~taken);
        }
        return taken;
    }

    private static int nthBit(long map, int n) {
        long rest = map;
        for (int i = 0; i < n; i++) {
            rest &= rest - 1;
        }
        return Long.numberOfTrailingZeros(rest);
    }

    private static int units(int amount, int perUnit, int most, String what) {
        if (amount < 0 || amount > most) {
            throw new EncodingException("%s: %d; accepted: 0 .. %d".formatted(what, amount, most));
        }
        return (amount + perUnit - 1) / perUnit;
    }
}
