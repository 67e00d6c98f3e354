package grusim.contract;

import grusim.driver.DriverObserver;
import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.gru.DeviceObserver;
import grusim.gru.DeviceObserver.Removal;
import grusim.isa.PageSize;
import grusim.isa.handle.CchOpcode;
import grusim.isa.handle.TfhOpcode;
import grusim.linux.VmObserver;

/** A contract that is told by hand what device, kernel and driver did; chiplet 0 and address spaces from 0. */
final class Scene {
    static final int KIB_4 = PageSize.KIB_4.code();
    private static final long PRESENT = 1;

    final Engine engine;
    final Agent cpu0;
    final Agent cpu1;
    final Agent cpu2;
    final Contract contract;
    final DeviceObserver device;
    final VmObserver vm;
    final DriverObserver driver;

    Scene() {
        this(Engine.timed(new SequentialMemory(), 1), MemoryContent.MOST_PAGES);
    }

    Scene(Engine engine, int mostPages) {
        this.engine = engine;
        cpu0 = new Agent(engine, "cpu0");
        cpu1 = new Agent(engine, "cpu1");
        cpu2 = new Agent(engine, "cpu2");
        contract = new Contract(engine, true, mostPages);
        device = contract.device();
        vm = contract.vm();
        driver = contract.driver();
    }

    Agent cpu(int number) {
        return number == 0 ? cpu0 : number == 1 ? cpu1 : cpu2;
    }

    static long pte(long pfn) {
        return pfn << 12 | PRESENT;
    }

    /** The base asid of an address space in these scenes. */
    static int asid(int mm) {
        return 8 * (mm + 1);
    }

    // ---- driver ----

    /** Loads context {@code mm} of chiplet 0 for an address space, under an asid of its own. */
    void load(int mm) {
        driver.asidAssigned(0, asid(mm), mm);
        bind(mm);
        device.contextCommanded(0, mm, CchOpcode.ALLOCATE);
        device.contextCommanded(0, mm, CchOpcode.START);
    }

    void bind(int mm) {
        driver.contextBound(0, mm, mm, mm, asid(mm));
    }

    void unload(int mm) {
        device.contextCommanded(0, mm, CchOpcode.INTERRUPT_SYNC);
        device.contextCommanded(0, mm, CchOpcode.DEALLOCATE);
        driver.contextUnbound(0, mm, mm, mm);
    }

    void read(Agent by, int mm, long vaddr, long pfn) {
        vm.pteRead(by, mm, vaddr, pte(pfn));
    }

    void command(Agent by, int cb, int mm, long vaddr, long pfn) {
        driver.dropin(by, 0, cb, mm, vaddr, pfn);
    }

    void enter(int cb, int mm, long vaddr, long pfn) {
        device.faultAnswered(0, mm, cb, TfhOpcode.WRITE_RESTART);
        device.entryWritten(0, cb, asid(mm), vaddr, pfn, KIB_4, true);
    }

    /** A dropin from the read of the PTE to the entry. */
    void dropin(Agent by, int cb, int mm, long vaddr, long pfn) {
        read(by, mm, vaddr, pfn);
        command(by, cb, mm, vaddr, pfn);
        enter(cb, mm, vaddr, pfn);
    }

    void remove(int mm, long vaddr, long pfn) {
        device.entryRemoved(0, asid(mm), vaddr, pfn, KIB_4, Removal.INVALIDATED);
    }

    // ---- virtual memory ----

    /** A page fault gives a page a new frame. */
    void map(Agent by, int mm, long vaddr, long pfn) {
        vm.frameAllocated(by, pfn);
        vm.pteSet(by, mm, vaddr, pte(pfn), true);
    }

    void clear(Agent by, int mm, long vaddr, long pfn) {
        vm.pteCleared(by, mm, vaddr, pte(pfn), false);
    }

    /** A page is unmapped and its frame freed, as a munmap without any invalidate of the device would. */
    void unmap(Agent by, int mm, long vaddr, long pfn) {
        vm.rangeStart(by, mm, vaddr, vaddr + PageKey.BYTES);
        clear(by, mm, vaddr, pfn);
        vm.rangeEnd(by, mm, vaddr, vaddr + PageKey.BYTES);
        vm.frameFreed(by, pfn);
    }

    // ---- device ----

    void access(int cb, int mm, long vaddr, long pfn, boolean write, byte... data) {
        device.memoryAccessed(0, mm, cb, asid(mm), vaddr, pfn, data.length, write, data);
    }

    void load(int cb, int mm, long vaddr, long pfn, int... bytes) {
        access(cb, mm, vaddr, pfn, false, bytes(bytes));
    }

    void store(int cb, int mm, long vaddr, long pfn, int... bytes) {
        access(cb, mm, vaddr, pfn, true, bytes(bytes));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
