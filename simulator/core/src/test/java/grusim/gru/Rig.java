package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.isa.ExtendedOpcode;
import grusim.isa.Instruction;
import grusim.isa.InstructionStatus;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.TransferType;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.CommandStatus;
import grusim.isa.handle.TfhOpcode;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.workload.GruSpec;
import grusim.workload.MachineSpec;
import grusim.workload.Spec;
import grusim.workload.load.SpecLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A small machine with one chiplet and agents that play software. Virtual page v of asid a has frame v unless a test says
 * otherwise. Latencies, unless set otherwise: hub 60 ns, decode 20, lookup 4, line 130, status 100.
 */
final class Rig {
    static final long NS = 1000;
    static final long US = 1000 * NS;
    static final int ASID = 8;
    static final int SIZE_4K = 0;
    static final int CONTEXT = 3;
    /** Control blocks 4 to 7. */
    static final long CBR_MAP = 0b1100;
    /** KiB 1, 2 and 5 of the data segment. */
    static final int DSR_MAP = 0b100110;

    static final int CB = 4;

    /** Miss modes. */
    enum Mode {
        INTERRUPT,
        MAP_ONLY,
        USER
    }

    final Spec spec;
    final Engine engine;
    final PhysicalMemory memory;
    final Machine machine;
    final Chiplet chiplet;
    private int agents;

    Rig(String... settings) {
        this(true, 1, settings);
    }

    /** A rig with another memory. */
    Rig(PhysicalMemory memory) {
        this(true, 1, memory);
    }

    Rig(boolean timed, long seed, String... settings) {
        this(timed, seed, null, settings);
    }

    private Rig(boolean timed, long seed, @Nullable PhysicalMemory given, String... settings) {
        spec = SpecLoader.fromJson("{\"name\": \"rig\"}", settings);
        engine = timed ? Engine.timed(new SequentialMemory(), seed) : Engine.exploring(new SequentialMemory());
        MachineSpec described = spec.machine();
        memory = given == null ? new PhysicalMemory(described.blades(), described.memoryPerBladeBytes(), true) : given;
        machine = new Machine(engine, described, memory);
        chiplet = new Chiplet(machine, spec.gru(), 0, new ChipletSize(8, 4, 2, 2));
    }

    GruSpec gru() {
        return spec.gru();
    }

    /** Runs until nothing happens any more. */
    void run() {
        engine.timed().run(Long.MAX_VALUE);
    }

    Script script() {
        return new Script(engine);
    }

    /** Plays a script from now on with an agent of its own. */
    Script play(String name, Script script) {
        new Agent(engine, name + agents++).start(script, 0);
        return script;
    }

    ContextConfiguration configuration(Mode mode, long cbrMap, int dsrMap) {
        return new ContextConfiguration(
                mode != Mode.USER,
                mode == Mode.INTERRUPT,
                true,
                true,
                1,
                false,
                cbrMap,
                dsrMap,
                ContextConfiguration.asidsFrom(ASID),
                ContextConfiguration.sizes(1 << SIZE_4K));
    }

    /** Loads the rig's context and returns at the time it is active. */
    Rig loaded(Mode mode) {
        play("loader", load(script(), CONTEXT, configuration(mode, CBR_MAP, DSR_MAP)));
        run();
        return this;
    }

    Script load(Script script, int context, ContextConfiguration configuration) {
        ContextHandle cch = chiplet.cch(context);
        script.until(cch.awaitable(), cch::tryLock).then(a -> cch.configure(a, configuration));
        return unlocked(unlocked(script, context, CchOpcode.ALLOCATE), context, CchOpcode.START)
                .then(cch::unlock);
    }

    /** Takes the handle's lock, commands it, waits and gives the lock back. */
    Script command(Script script, int context, CchOpcode opcode) {
        ContextHandle cch = chiplet.cch(context);
        return unlocked(script.until(cch.awaitable(), cch::tryLock), context, opcode)
                .then(cch::unlock);
    }

    private Script unlocked(Script script, int context, CchOpcode opcode) {
        ContextHandle cch = chiplet.cch(context);
        return script.then(a -> cch.command(a, opcode))
                .until(cch.awaitable(), a -> cch.status(a) != CommandStatus.ACTIVE);
    }

    /** Starts an instruction and waits for its end. */
    Script execute(Script script, int cb, Instruction instruction) {
        ControlBlock block = chiplet.cb(cb);
        return script.then(a -> block.start(a, instruction.words())).until(block.awaitable(), a -> ended(block, a));
    }

    static boolean ended(ControlBlock block, Agent agent) {
        InstructionStatus status = block.status(agent);
        return status == InstructionStatus.IDLE || status == InstructionStatus.EXCEPTION;
    }

    /** Puts a translation of a 4 KiB page straight into the TLB. */
    Rig mapped(long page, long frame, boolean dirty) {
        TlbArray tlb = chiplet.tlbPort().tlb();
        Agent nobody = new Agent(engine, "mapper" + page);
        int entry = tlb.place(nobody, ASID, page << 12, SIZE_4K);
        tlb.write(entry, ASID, page << 12, SIZE_4K, frame, dirty, 0);
        return this;
    }

    /** Waits for the miss of a control block to be recorded. */
    Script missed(Script script, int cb) {
        TlbFaultHandle tfh = chiplet.tfh(cb);
        return script.until(tfh.awaitable(), a -> TlbFaultHandle.exception(tfh.load(a)));
    }

    /** Answers the miss of a control block with frame = page. */
    Script dropin(Script script, int cb, TfhOpcode opcode) {
        TlbFaultHandle tfh = chiplet.tfh(cb);
        return script.then(
                a -> tfh.command(a, opcode, tfh.missVaddr(), tfh.missAsid(), tfh.missVaddr() >>> 12, SIZE_4K, true));
    }

    /** Invalidates pages and waits. */
    Script invalidate(Script script, int tgh, long vaddr, int pages, int contexts) {
        TlbGlobalHandle handle = chiplet.tgh(tgh);
        return script.then(a -> handle.invalidate(a, vaddr, ASID, SIZE_4K, pages, contexts, false))
                .until(handle.awaitable(), a -> !handle.active(a));
    }

    long count(DeviceStat stat) {
        return chiplet.count(stat);
    }

    /** The data segment bytes of the rig's context. */
    byte[] segment(int offset, int bytes) {
        byte[] into = new byte[bytes];
        chiplet.dataSegment().read(DSR_MAP, offset, into, 0, bytes);
        return into;
    }

    /** Puts doublewords into the data segment of the rig's context. */
    void doublewords(int offset, long... values) {
        byte[] bytes = new byte[8 * values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
        chiplet.dataSegment().write(DSR_MAP, offset, bytes, 0, bytes.length);
    }

    static Instruction vload(long vaddr, long elements, TransferType type) {
        return Instruction.of(Opcode.VLOAD)
                .with(type)
                .with(Operand.ADDR, vaddr)
                .with(Operand.NELEM, elements)
                .with(Operand.STRIDE, 1);
    }

    static Instruction vstore(long vaddr, long elements, TransferType type) {
        return Instruction.of(Opcode.VSTORE)
                .with(type)
                .with(Operand.ADDR, vaddr)
                .with(Operand.NELEM, elements)
                .with(Operand.STRIDE, 1);
    }

    static Instruction bcopy(long from, long to, long elements, TransferType type, int lines) {
        return Instruction.of(Opcode.BCOPY)
                .with(type)
                .with(Operand.ADDR, from)
                .with(Operand.DEST, to)
                .with(Operand.NELEM, elements)
                .with(Operand.BUFSIZE, lines);
    }

    static Instruction amo(Opcode opcode, ExtendedOpcode operation, long vaddr, TransferType type) {
        return Instruction.of(opcode).with(operation).with(type).with(Operand.ADDR, vaddr);
    }
}
