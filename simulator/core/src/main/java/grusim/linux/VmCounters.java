package grusim.linux;

import grusim.linux.lock.LockWaits;
import grusim.result.Counter;
import grusim.result.StatDeclaration;
import java.util.ArrayList;
import java.util.List;

/** The values of a kernel's {@link VmCounter}s. Statistics, not simulated state. */
public final class VmCounters implements LockWaits {
    private final long[] values = new long[VmCounter.values().length];

    /** The value so far. */
    public long value(VmCounter counter) {
        return values[counter.ordinal()];
    }

    /** All values with their declarations, named {@code vm.<key>}, in order of the enum. */
    public List<Counter> all() {
        List<Counter> all = new ArrayList<>();
        for (VmCounter counter : VmCounter.values()) {
            StatDeclaration declaration =
                    new StatDeclaration("vm." + counter.key(), counter.unit(), counter.description(), "model");
            all.add(new Counter(declaration, value(counter)));
        }
        return List.copyOf(all);
    }

    public void add(VmCounter counter) {
        values[counter.ordinal()]++;
    }

    /** Counts a reference kept for a secondary MMU, and the most at once. */
    void pinned() {
        add(VmCounter.PAGES_PINNED);
        int most = VmCounter.PAGES_PINNED_AT_ONCE.ordinal();
        values[most] = Math.max(values[most], value(VmCounter.PAGES_PINNED) - value(VmCounter.PAGES_UNPINNED));
    }

    @Override
    public void waits(Kind kind) {
        add(
                switch (kind) {
                    case SPINLOCK -> VmCounter.SPINLOCK_WAITS;
                    case MUTEX -> VmCounter.MUTEX_WAITS;
                    case SEMAPHORE_READ -> VmCounter.MMAP_SEM_READ_WAITS;
                    case SEMAPHORE_WRITE -> VmCounter.MMAP_SEM_WRITE_WAITS;
                });
    }

    void add(VmCounter counter, long amount) {
        values[counter.ordinal()] += amount;
    }
}
