package grusim.isa;

/**
 * The page sizes a TLB entry may have (field pagesize; also the bit numbers of sizeavail). Codes 0-4 are 4 KiB to 1 MiB
 * by powers of four, 5 is 2 MiB, 6-15 are 4 MiB to 1 TiB by powers of four. Source: Linux driver drivers/misc/sgi-gru,
 * GRU_PAGESIZE in gruhandles.h; that codes end at 15 follows from the 16 bits of sizeavail.
 */
public enum PageSize implements Coded {
    KIB_4(12),
    KIB_16(14),
    KIB_64(16),
    KIB_256(18),
    MIB_1(20),
    MIB_2(21),
    MIB_4(22),
    MIB_16(24),
    MIB_64(26),
    MIB_256(28),
    GIB_1(30),
    GIB_4(32),
    GIB_16(34),
    GIB_64(36),
    GIB_256(38),
    TIB_1(40);

    private static final PageSize[] ALL = values();

    private static final Codes<PageSize> CODES = Codes.of("page size", ALL);

    private final int shift;

    PageSize(int shift) {
        this.shift = shift;
    }

    /** The page size with this code. */
    public static PageSize of(int code) {
        return CODES.at(code);
    }

    /** The page size with this shift (12 for 4 KiB). */
    public static PageSize ofShift(int shift) {
        for (PageSize size : ALL) {
            if (size.shift == shift) {
                return size;
            }
        }
        throw new EncodingException(
                "page size: no shift %d; accepted: 12, 14, 16, 18, 20, 21, 22, 24 .. 40 by 2".formatted(shift));
    }

    @Override
    public int code() {
        return ((shift > 20 ? shift + 2 : shift) >> 1) - 6;
    }

    /** The number of address bits inside the page. */
    public int shift() {
        return shift;
    }

    /** The size in bytes. */
    public long bytes() {
        return 1L << shift;
    }

    /** The bit of this size in a region's sizeavail. */
    public int mask() {
        return 1 << code();
    }
}
