package grusim.gru;

import grusim.engine.Engine;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.isa.handle.CchState;
import grusim.machine.Machine;
import grusim.workload.GruSpec;
import java.util.stream.LongStream;

/**
 * One GRU chiplet: 16 contexts, 128 control blocks with their fault handles, 16 fault maps, 24 global handles, 32 KiB of
 * data segment and one TLB that all contexts share. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 *
 * <p>Build only the chiplets that are used, and for an exploration only as much of them as is used.
 */
public final class Chiplet implements Stateful {
    private final Engine engine;
    private final GruSpec spec;
    private final int index;
    private final int blade;
    private final long hubLatencyPs;
    private final DeviceCounters counters = new DeviceCounters();
    private final ErrorInjection errors;
    private final DataSegment dataSegment;
    private final CbrUnit[] cbrs;
    private final TlbPort port;
    private final ControlBlock[] cbs;
    private final TlbFaultHandle[] tfhs;
    private final TlbGlobalHandle[] tghs;
    private final ContextHandle[] cchs;
    private final FaultMap[] tfms;
    private final CbrOrder order;
    private final CbrRoutine cbrRoutine;
    private final TfhRoutine tfhRoutine;
    private final TghRoutine tghRoutine;
    private final CchRoutine cchRoutine;
    private DeviceObserver observer = DeviceObserver.NONE;

    /**
     * Builds an idle chiplet with an empty TLB.
     *
     * @param index the chiplet's number, counted through the machine
     * @param size how much of the chiplet to build
     */
    public Chiplet(Machine machine, GruSpec spec, int index, ChipletSize size) {
        this.engine = machine.engine();
        this.spec = spec;
        this.index = index;
        this.blade = machine.topology().bladeOfChiplet(index);
        this.hubLatencyPs = machine.hubLatencyPs();
        errors = new ErrorInjection(
                engine,
                spec.errors().inject(),
                index,
                blade,
                index % machine.topology().chipletsPerBlade(),
                size.controlBlocks());
        dataSegment = new DataSegment();
        cbrs = new CbrUnit[size.controlBlocks()];
        cbs = new ControlBlock[size.controlBlocks()];
        tfhs = new TlbFaultHandle[size.controlBlocks()];
        tghs = new TlbGlobalHandle[size.globalHandles()];
        cchs = new ContextHandle[size.contexts()];
        tfms = new FaultMap[size.faultMaps()];
        port = new TlbPort(engine, spec, index, cbrs, counters, errors);
        String name = "gru" + index;
        for (int n = 0; n < cbs.length; n++) {
            cbrs[n] = new CbrUnit(this, n);
            cbs[n] = new ControlBlock(engine, name + ".cb" + n, cbrs[n], hubLatencyPs);
            tfhs[n] = new TlbFaultHandle(engine, name + ".tfh" + n, new TfhUnit(this, n), hubLatencyPs);
        }
        for (int n = 0; n < tghs.length; n++) {
            tghs[n] = new TlbGlobalHandle(engine, name + ".tgh" + n, new TghUnit(this, n), hubLatencyPs);
        }
        for (int n = 0; n < cchs.length; n++) {
            cchs[n] = new ContextHandle(engine, name + ".cch" + n, new CchUnit(this, n), hubLatencyPs);
        }
        for (int n = 0; n < tfms.length; n++) {
            tfms[n] = new FaultMap(engine, name + ".tfm" + n, spec.interruptLatencyPs());
        }
        order = new CbrOrder(this);
        cbrRoutine = new CbrRoutine(this, machine);
        tfhRoutine = new TfhRoutine(this);
        tghRoutine = new TghRoutine(this);
        cchRoutine = new CchRoutine(this);
        engine.component(this);
    }

    /** The chiplet's number, counted through the machine. */
    public int index() {
        return index;
    }

    /** The blade it sits on. */
    public int blade() {
        return blade;
    }

    /** How much of the chiplet is built. */
    public ChipletSize size() {
        return new ChipletSize(cbs.length, cchs.length, tghs.length, tfms.length);
    }

    /** A control block by its CB number. */
    public ControlBlock cb(int number) {
        return cbs[number];
    }

    /** The TLB fault handle of a control block. */
    public TlbFaultHandle tfh(int number) {
        return tfhs[number];
    }

    /** A TLB global handle, 0 to 23. */
    public TlbGlobalHandle tgh(int number) {
        return tghs[number];
    }

    /** The configuration handle of a context, 0 to 15. */
    public ContextHandle cch(int context) {
        return cchs[context];
    }

    /** A fault map, 0 to 15. */
    public FaultMap tfm(int number) {
        return tfms[number];
    }

    /** The data segment. */
    public DataSegment dataSegment() {
        return dataSegment;
    }

    /** The errors that strike it. */
    public ErrorInjection errors() {
        return errors;
    }

    /** Valid TLB entries at present. */
    public int tlbOccupancy() {
        return port.tlb().occupied();
    }

    /** TLB misses at present that nothing has answered yet. */
    public int outstandingMisses() {
        return port.misses().outstanding();
    }

    /** Contexts that are loaded at present. */
    public int activeContexts() {
        int active = 0;
        for (ContextHandle cch : cchs) {
            active += cch.state() == CchState.ACTIVE ? 1 : 0;
        }
        return active;
    }

    /** Instructions that ended. */
    public long instructions() {
        return LongStream.of(counters.instructions).sum();
    }

    /** The value of a counter. */
    public long count(DeviceStat stat) {
        return stat.of(counters);
    }

    /** Sets who is told what the chiplet does. */
    public void observer(DeviceObserver hears) {
        observer = hears;
        port.observer(hears);
    }

    /** Sets whether it is told apart what instructions and misses wait for, which it is unless set otherwise. */
    public void attributes(boolean told) {
        for (CbrUnit unit : cbrs) {
            unit.account.attributes(told);
        }
    }

    DeviceObserver observer() {
        return observer;
    }

    Engine engine() {
        return engine;
    }

    GruSpec spec() {
        return spec;
    }

    long hubLatencyPs() {
        return hubLatencyPs;
    }

    DeviceCounters counters() {
        return counters;
    }

    TlbPort tlbPort() {
        return port;
    }

    CbrUnit cbr(int number) {
        return cbrs[number];
    }

    /** Lets the polls of memory words look again. */
    void watchedLineChanged() {
        for (CbrUnit unit : cbrs) {
            unit.poll.changed();
        }
        port.resume().give();
    }

    CbrOrder order() {
        return order;
    }

    CbrRoutine cbrRoutine() {
        return cbrRoutine;
    }

    TfhRoutine tfhRoutine() {
        return tfhRoutine;
    }

    TghRoutine tghRoutine() {
        return tghRoutine;
    }

    CchRoutine cchRoutine() {
        return cchRoutine;
    }

    @Override
    public void state(StateIo io) {
        for (int n = 0; n < cbs.length; n++) {
            cbs[n].state(io);
            tfhs[n].state(io);
        }
        for (TlbGlobalHandle tgh : tghs) {
            tgh.state(io);
        }
        for (ContextHandle cch : cchs) {
            cch.state(io);
        }
        dataSegment.state(io);
        errors.state(io);
    }
}
