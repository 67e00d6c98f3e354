package grusim.gru;

import grusim.isa.AllocationMap;
import grusim.isa.ChipletMap;

/** How many of a chiplet's parts to build: an exploration wants a small state. */
public record ChipletSize(int controlBlocks, int contexts, int globalHandles, int faultMaps) {
    /** Everything a chiplet has. */
    public static final ChipletSize WHOLE =
            new ChipletSize(ChipletMap.CBRS, ChipletMap.CONTEXTS, ChipletMap.TGHS, ChipletMap.TFMS);

    /** Checks that there is something of everything and no more than a chiplet has. */
    public ChipletSize {
        check("controlBlocks", controlBlocks, ChipletMap.CBRS);
        check("contexts", contexts, ChipletMap.CONTEXTS);
        check("globalHandles", globalHandles, ChipletMap.TGHS);
        check("faultMaps", faultMaps, ChipletMap.TFMS);
        if (controlBlocks % AllocationMap.CBRS_PER_UNIT != 0) {
            throw new IllegalArgumentException("controlBlocks: " + controlBlocks + "; accepted: pairs");
        }
    }

    private static void check(String what, int count, int most) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(what + ": " + count + "; accepted: 1 .. " + most);
        }
    }
}
