package grusim.driver;

import grusim.engine.Routine;

/** The routines of what users ask of the driver by ioctl and mmap; each says in its own class which slots it takes. */
public final class Requests {
    /** Option of {@link #setOption}: the caller's process becomes the owner (sco_gseg_owner). */
    public static final int OWNER = 0;
    /** Option: the request slice (sco_cch_req_slice). */
    public static final int SLICE = 1;
    /** Option: blade and chiplet (sco_blade_chiplet). */
    public static final int BLADE_CHIPLET = 2;
    /** None that the driver knows. */
    public static final int UNKNOWN = 3;

    private final Routine createContext;
    private final Routine mapSegment;
    private final Routine setOption;
    private final Routine unload;
    private final Routine unloadAll;
    private final Routine flushTlb;
    private final Routine statistics;
    private final Routine dumpChiplet;
    private final Routine unknown;

    Requests(GruDriver driver) {
        createContext = new CreateContext(driver);
        mapSegment = new MapSegment(driver);
        setOption = new SetOption(driver);
        unload = new UserUnload(driver);
        unloadAll = new UnloadAll(driver);
        flushTlb = new UserFlushTlb(driver);
        statistics = new GsegStatistics(driver);
        dumpChiplet = new DumpChiplet(driver);
        unknown = new UnknownRequest(driver);
    }

    /** Slots: thread state or -1, address space, bad pointer, control blocks, bytes of data segment, threads. */
    public Routine createContext() {
        return createContext;
    }

    /** Slots: thread state, whether shared and writable, distance from alignment, length. */
    public Routine mapSegment() {
        return mapSegment;
    }

    /** Slots: thread state or -1, address space, bad pointer, 4 the option's number, 5 blade, 6 chiplet of it. */
    public Routine setOption() {
        return setOption;
    }

    /** Slots: thread state or -1, address space, bad pointer. */
    public Routine unload() {
        return unload;
    }

    /** Slots: whether the caller is privileged, bad pointer. */
    public Routine unloadAll() {
        return unloadAll;
    }

    /** Slots: thread state or -1, address space, bad pointer, 4 start, 5 end. */
    public Routine flushTlb() {
        return flushTlb;
    }

    /** Slots: thread state or -1, address space, bad pointer. */
    public Routine statistics() {
        return statistics;
    }

    /** Slots: bad pointer, chiplet, context or -1, whether data segments too, room in bytes. */
    public Routine dumpChiplet() {
        return dumpChiplet;
    }

    /** Takes no slots. */
    public Routine unknown() {
        return unknown;
    }
}
