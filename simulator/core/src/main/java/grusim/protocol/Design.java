package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.lock.FifoLock;
import grusim.machine.PhysicalMemory;
import grusim.notifier.FillRules;
import grusim.notifier.InvalidationProtocol;
import grusim.notifier.SecondaryMmu;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the protocols have in common: something kept for each address space, and the steps that many have. Callouts and
 * fills at whose hook a protocol has no routine are not made.
 *
 * @param <S> what is kept for one address space
 */
abstract class Design<S> implements InvalidationProtocol, SecondaryMmu, FillRules {
    static final int MM = 0;

    /** Slot of a fill's address, or the start of a callout's range. */
    static final int VADDR = 1;

    /** Slot of the end of a callout's range. */
    static final int END = 2;

    /** Slot in which {@code enter} is told whether it may sleep. */
    static final int MAY_SLEEP = 2;

    /** Slot of what {@code enter} returned, in {@code admit} and {@code filled}. */
    static final int TICKET = 2;

    /** Slot of the entry that was found, in {@code admit} and {@code filled}. */
    static final int PTE = 3;

    /** Slots of a callout for a range. */
    static final int CALLOUT_SLOTS = 3;

    /** Slot of the frame that is unpinned by a callout of one slot more. */
    private static final int PFN = CALLOUT_SLOTS;

    /** End of all addresses. */
    private static final long EVERYTHING = 1L << 56;

    /** Slots of {@code enter}, {@code admit} and {@code filled}; a script's own come after. */
    static final int FILL_SLOTS = 6;

    /** Where the kernel calls out, and where a fill asks. */
    enum Hook {
        RANGE_START,
        TRY_RANGE_START,
        RANGE_END,
        CLEARED,
        FLUSHED,
        BEFORE_UNMAP,
        AFTER_UNMAP,
        TABLES_UNLINKED,
        BEFORE_FORK,
        RELEASE,
        ENTER,
        ADMIT,
        FILLED,
        ABANDONED
    }

    private final @Nullable Routine[] hooks = new @Nullable Routine[Hook.values().length];

    final Surroundings around;
    private final IntFunction<S> make;
    private final List<S> spaces = new ArrayList<>();
    private final Routine invalidatePage;

    /** {@code make} makes what is kept for the address space of a number. */
    Design(Surroundings around, IntFunction<S> make) {
        this.around = around;
        this.make = make;
        at(Hook.RELEASE, around.driver().notifier().release());
        this.invalidatePage = script("invalidate_page", CALLOUT_SLOTS)
                .then("begin a range of one page", (a, here) -> {
                    a.local(END, a.local(VADDR) + PhysicalMemory.FRAME_BYTES);
                    range(a, rangeStart(), here + 1);
                })
                .then("end the range", (a, here) -> range(a, rangeEnd(), here + 1))
                .end();
    }

    /** While the protocol is made: a hook is the routine from now on; without, nothing is called there. */
    final void at(Hook hook, @Nullable Routine routine) {
        hooks[hook.ordinal()] = routine;
    }

    private static void range(Agent a, @Nullable Routine callout, int next) {
        if (callout == null) {
            a.next(next, 0, Why.INVALIDATE);
        } else {
            a.call(callout, next, a.local(MM), a.local(VADDR), a.local(END));
        }
    }

    @Override
    public final SecondaryMmu callouts(int mm) {
        if (mm != spaces.size()) {
            throw new IllegalArgumentException("address space " + mm + " out of order");
        }
        spaces.add(make.apply(mm));
        return this;
    }

    @Override
    public final FillRules fills() {
        return this;
    }

    /** The callout of kernels that announce a single page only after its clear: a range's start and end in one. */
    @Override
    public final @Nullable Routine invalidatePage() {
        return rangeEnd() == null ? null : invalidatePage;
    }

    @Override
    public final @Nullable Routine rangeStart() {
        return hooks[Hook.RANGE_START.ordinal()];
    }

    @Override
    public final @Nullable Routine tryRangeStart() {
        return hooks[Hook.TRY_RANGE_START.ordinal()];
    }

    @Override
    public final @Nullable Routine rangeEnd() {
        return hooks[Hook.RANGE_END.ordinal()];
    }

    @Override
    public final @Nullable Routine cleared() {
        return hooks[Hook.CLEARED.ordinal()];
    }

    @Override
    public final @Nullable Routine flushed() {
        return hooks[Hook.FLUSHED.ordinal()];
    }

    @Override
    public final @Nullable Routine beforeUnmap() {
        return hooks[Hook.BEFORE_UNMAP.ordinal()];
    }

    @Override
    public final @Nullable Routine afterUnmap() {
        return hooks[Hook.AFTER_UNMAP.ordinal()];
    }

    @Override
    public final @Nullable Routine tablesUnlinked() {
        return hooks[Hook.TABLES_UNLINKED.ordinal()];
    }

    @Override
    public final @Nullable Routine beforeFork() {
        return hooks[Hook.BEFORE_FORK.ordinal()];
    }

    @Override
    public final @Nullable Routine release() {
        return hooks[Hook.RELEASE.ordinal()];
    }

    @Override
    public final @Nullable Routine enter() {
        return hooks[Hook.ENTER.ordinal()];
    }

    @Override
    public final @Nullable Routine admit() {
        return hooks[Hook.ADMIT.ordinal()];
    }

    @Override
    public final @Nullable Routine filled() {
        return hooks[Hook.FILLED.ordinal()];
    }

    @Override
    public final @Nullable Routine abandoned() {
        return hooks[Hook.ABANDONED.ordinal()];
    }

    /** What is kept for the address space in slot 0. */
    final S space(Agent a) {
        return spaces.get((int) a.local(MM));
    }

    /** A routine to be filled with steps. */
    final Script script(String name, int slots) {
        return new Script(around.engine(), name, slots);
    }

    // ---- ends of steps ----

    /** Takes the lock and goes on, or waits and repeats the step. */
    final void lock(Agent a, FifoLock lock, int here, int next) {
        if (lock.lock(a)) {
            a.next(next, around.costs().lockCostPs(), Why.LOCK);
        } else {
            a.await(lock, here, Why.LOCK);
        }
    }

    /** Releases the lock and goes on. */
    final void unlock(Agent a, FifoLock lock, int next) {
        lock.unlock(a);
        a.next(next, around.costs().lockCostPs(), Why.LOCK);
    }

    /** Flushes the callout's range from the device and goes on. */
    final void flush(Agent a, int next) {
        a.call(around.driver().flushTlb(), next, a.local(MM), a.local(VADDR), a.local(END));
    }

    /** A callout that flushes its range from the device. */
    final Routine flushing() {
        return script("flush the device", CALLOUT_SLOTS)
                .then("flush the device", (a, here) -> flush(a, here + 1))
                .end();
    }

    /** Goes on after an atomic operation on a shared word. */
    final void counted(Agent a, int next) {
        a.next(next, around.costs().lockCostPs(), Why.INVALIDATE);
    }

    /** Goes on at once in a fill. */
    static void go(Agent a, int next) {
        a.next(next, 0, Why.PAGE_FAULT);
    }

    /** Part of a step: a barrier. */
    final void fence(Agent a, Fence fence) {
        around.engine().memory().fence(a, fence);
    }

    // ---- steps of who pins ----

    /** Step of a release: has the driver release its contexts; the range is that of all addresses from now on. */
    final void releaseDriver(Agent a, int here) {
        a.local(END, EVERYTHING);
        Routine own = around.driver().notifier().release();
        if (own == null) {
            a.next(here + 1, 0, Why.INVALIDATE);
        } else {
            a.call(own, here + 1, a.local(MM));
        }
    }

    /** Adds the steps that drop the pins of a callout's range; they take a slot more than a callout. */
    final Script unpin(Script script, Function<S, PinTable> pins) {
        return script.then("next pinned page", (a, here) -> {
                    long pfn = pins.apply(space(a)).takeOne(a, a.local(VADDR), a.local(END));
                    a.local(PFN, pfn);
                    counted(a, pfn == PinTable.NONE ? here + 2 : here + 1);
                })
                .then("put_page", (a, here) -> {
                    around.kernel().userPages().unpin(a, a.local(PFN));
                    counted(a, here - 1);
                });
    }
}
