package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cells;
import grusim.engine.Engine;
import grusim.engine.Hash;
import grusim.engine.Order;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.linux.lock.SpinLock;
import grusim.machine.PhysicalMemory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pool of page-table pages of one kernel. Each page has lives: it is allocated zeroed, freed, and reused last-in
 * first-out; its entries are cells under the memory model.
 *
 * <p>An entry that points to a page is a <em>pointer</em>: page number, the life it was made in, and the present bit. An
 * entry's <em>address</em> is its page's pointer with the index in the lowest bits. An access through an address of an
 * ended life is announced, as use after free; it finds what the page's next life put there or, if there is none, junk that
 * looks like a present, writable, dirty entry. Table pages take no frames. Taking a page and giving it back orders nothing
 * between CPUs, and its zeros, or what it is filled with, are visible to all; the pointer to it is what must be published. If
 * pages have locks of their own, only the first 4,096 of them do, or fewer of smaller pages.
 */
final class TablePages extends Shared {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_BITS = 31;
    private static final int LIFE_SHIFT = PAGE_SHIFT + PAGE_BITS;
    private static final int LIVES = 1 << 19;
    private static final long INDEX = (1 << PAGE_SHIFT) - 1;
    private static final long PAGE = (1L << PAGE_BITS) - 1;
    private static final int LIVE = 1 << 31;

    /** Pages that can have a lock of their own, as a multiple of the entries of a page. */
    private static final int LOCKS_PER_ENTRY = 8;

    private final int tableBits;
    private final PhysicalMemory memory;
    private final Partition partition;
    private final Cells entries;
    private final VmCounters counters;
    private final SpinLock[] locks;
    private VmObserver observer = VmObserver.NONE;
    private int pages;

    /** Life of each page, and the mark that it is in use. */
    private int[] lives = new int[4];

    private int[] free = new int[4];
    private int freed;

    TablePages(Engine engine, PhysicalMemory memory, Partition partition, boolean lockedApart, VmCounters counters) {
        super(engine, partition.name() + ".tables");
        this.locks = new SpinLock[lockedApart ? LOCKS_PER_ENTRY << partition.tableBits() : 0];
        Arrays.setAll(locks, page -> new SpinLock(engine, name() + ".page_table_lock" + page, counters));
        this.memory = memory;
        this.partition = partition;
        this.tableBits = partition.tableBits();
        this.entries = engine.cells(name() + ".entries", 0);
        this.counters = counters;
    }

    void observer(VmObserver listener) {
        observer = listener;
    }

    /** The lock of the entries of a page that a pointer or address names, or null if it has none of its own. */
    @Nullable
    SpinLock lock(long pointer) {
        int page = page(pointer);
        return page < locks.length ? locks[page] : null;
    }

    /** The lock of a page that the agent holds, or null if it holds none. */
    @Nullable
    SpinLock lockHeldBy(Agent agent) {
        for (int page = 0; page < Math.min(pages, locks.length); page++) {
            if (locks[page].heldBy(agent)) {
                return locks[page];
            }
        }
        return null;
    }

    /** Entries of a page. */
    int entriesPerPage() {
        return 1 << tableBits;
    }

    /** Hands out a zeroed page and returns the pointer to it. */
    long allocate(Agent agent) {
        access(agent, Access.UPDATE);
        long pointer = take();
        counters.add(VmCounter.TABLES_ALLOCATED);
        observer.tableAllocated(agent, page(pointer));
        return pointer;
    }

    /** Hands out a zeroed page while the machine is being built. */
    long take() {
        int page;
        if (freed > 0) {
            page = free[--freed];
        } else {
            page = pages++;
            entries.grow(pages << tableBits);
            if (pages > lives.length) {
                lives = Arrays.copyOf(lives, 2 * pages);
            }
            lives[page] = 0;
            clear(page);
        }
        lives[page] |= LIVE;
        return (long) (lives[page] & ~LIVE) << LIFE_SHIFT | (long) page << PAGE_SHIFT | Pte.PRESENT;
    }

    /** Fills a page that nobody else can reach yet: its ptes stand for the base pages of a huge entry. */
    void fill(long pointer, long huge) {
        for (int i = 0; i < entriesPerPage(); i++) {
            entries.poke(cell(address(pointer, i)), Pte.part(huge, i));
        }
    }

    /** Takes a page back; its life ends. */
    void free(Agent agent, long pointer) {
        access(agent, Access.UPDATE);
        int page = page(pointer);
        assert alive(pointer) : "page-table page " + page + " is freed twice";
        lives[page] = ((lives[page] & ~LIVE) + 1) % LIVES;
        clear(page);
        if (freed == free.length) {
            free = Arrays.copyOf(free, 2 * freed);
        }
        free[freed++] = page;
        counters.add(VmCounter.TABLES_FREED);
        observer.tableFreed(agent, page);
    }

    /** The address of an entry of the page that a pointer names. */
    static long address(long pointer, int index) {
        return (pointer & ~INDEX) | index;
    }

    /** Reads an entry. */
    long load(Agent agent, long address, Order order) {
        long value = entries.load(agent, cell(address), order);
        return alive(address) ? value : afterFree(agent, address, value);
    }

    /** Writes an entry. */
    void store(Agent agent, long address, long value, Order order) {
        assert alive(address) : "a page-table page is written after its free";
        entries.store(agent, cell(address), value, order);
    }

    /** Writes an entry and returns what was there. */
    long exchange(Agent agent, long address, long value, Order order) {
        assert alive(address) : "a page-table page is written after its free";
        return entries.exchange(agent, cell(address), value, order);
    }

    /** The newest value of an entry in the agent's own order, where its lock keeps everybody else from writing it. */
    long seen(Agent agent, long address) {
        return entries.seen(agent, cell(address));
    }

    /** The newest value of an entry, for probes. */
    long peek(long address) {
        return entries.peek(cell(address));
    }

    private void clear(int page) {
        for (int i = page << tableBits, end = i + entriesPerPage(); i < end; i++) {
            entries.poke(i, 0);
        }
    }

    private long afterFree(Agent agent, long address, long value) {
        counters.add(VmCounter.TABLES_READ_AFTER_FREE);
        int page = page(address);
        observer.tableReadAfterFree(agent, page);
        return (lives[page] & LIVE) != 0 ? value : junk(address);
    }

    /** What a freed page holds: points into the kernel's memory, so that the victim goes on with it. */
    private long junk(long address) {
        long index = Long.remainderUnsigned(Hash.finish(address), memory.framesOnBlade());
        return memory.frame(partition.firstBlade(), index) << PAGE_SHIFT
                | Pte.PRESENT
                | Pte.WRITE
                | Pte.USER
                | Pte.ACCESSED
                | Pte.DIRTY;
    }

    /** Number of the cell at an address. */
    int cell(long address) {
        return (page(address) << tableBits) | (int) (address & INDEX);
    }

    private boolean alive(long address) {
        return lives[page(address)] == (int) (address >>> LIFE_SHIFT | LIVE);
    }

    /** Number of the page; junk taken for a pointer lands on some page of the pool. */
    private int page(long pointer) {
        return (int) ((pointer >>> PAGE_SHIFT & PAGE) % pages);
    }

    @Override
    public void state(StateIo io) {
        pages = io.i32(pages);
        lives = io.array(lives, pages);
        freed = io.i32(freed);
        free = io.array(free, freed);
    }
}
