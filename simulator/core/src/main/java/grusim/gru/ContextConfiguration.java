package grusim.gru;

import grusim.isa.handle.Cch;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What software writes into a CCH before ALLOCATE or START.
 *
 * @param faultBits set the miss's bit in the fault map (both FMM modes); without it a miss tells the user (UPM)
 * @param faultInterrupts also interrupt the map's core (FMM interrupt)
 * @param doneBits set a done bit for instructions with INTERRUPT
 * @param doneInterrupts also interrupt the map's core for them
 * @param faultMap number of the fault map, 0 to 15
 * @param unmapped allow instructions to bypass the TLB
 * @param cbrMap pairs of control blocks the context owns
 * @param dsrMap KiB of data segment the context owns
 * @param asids address-space id of each of the 8 regions
 * @param sizesAvailable page sizes looked up in each region, bit = page-size code
 */
public record ContextConfiguration(
        boolean faultBits,
        boolean faultInterrupts,
        boolean doneBits,
        boolean doneInterrupts,
        int faultMap,
        boolean unmapped,
        long cbrMap,
        int dsrMap,
        List<Integer> asids,
        List<Integer> sizesAvailable) {
    /** Checks that there is a value for each region. */
    public ContextConfiguration {
        if (asids.size() != Cch.REGIONS || sizesAvailable.size() != Cch.REGIONS) {
            throw new IllegalArgumentException("%d asids and %d size masks; accepted: %d of each"
                    .formatted(asids.size(), sizesAvailable.size(), Cch.REGIONS));
        }
        asids = List.copyOf(asids);
        sizesAvailable = List.copyOf(sizesAvailable);
    }

    /** The asids of 8 regions when each has the one after the region before, as the driver gives them out. */
    public static List<Integer> asidsFrom(int first) {
        return IntStream.range(first, first + Cch.REGIONS).boxed().toList();
    }

    /** The page sizes of 8 regions when all have the same. */
    public static List<Integer> sizes(int sizesAvailable) {
        return Collections.nCopies(Cch.REGIONS, sizesAvailable);
    }

    /** Writes the settings into the words of a handle. */
    void into(long[] words) {
        Cch.TFM_FAULT_BIT_ENABLE.set(words, faultBits ? 1 : 0);
        Cch.TLB_INT_ENABLE.set(words, faultInterrupts ? 1 : 0);
        Cch.TFM_DONE_BIT_ENABLE.set(words, doneBits ? 1 : 0);
        Cch.CB_INT_ENABLE.set(words, doneInterrupts ? 1 : 0);
        Cch.TLB_INT_SELECT.set(words, faultMap);
        Cch.UNMAP_ENABLE.set(words, unmapped ? 1 : 0);
        Cch.CBR_ALLOCATION_MAP.set(words, cbrMap);
        Cch.DSR_ALLOCATION_MAP.set(words, Integer.toUnsignedLong(dsrMap));
        for (int region = 0; region < Cch.REGIONS; region++) {
            Cch.ASID.set(words, region, asids.get(region));
            Cch.SIZEAVAIL.set(words, region, sizesAvailable.get(region));
        }
    }
}
