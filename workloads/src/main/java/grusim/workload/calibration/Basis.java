package grusim.workload.calibration;

import java.util.Locale;

/** What a simulated value says: how far it was put in by hand. */
public enum Basis {
    /** Structure or function that the model was built to have. */
    BUILT,
    /** A parameter without a published value was chosen so that this comes out. */
    FITTED,
    /** A published value is a parameter of the profile, and this shows that it comes out again. */
    INPUT,
    /** Nothing was chosen with regard to it. */
    PREDICTION;

    /** The basis in a table. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
