package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Fence;
import grusim.engine.Why;

/**
 * Moves one page's content to a frame of another blade: unmap_and_move, move_to_new_page (Linux mm/migrate.c). The page is
 * isolated and locked, its entry replaced by a migration entry, its content copied, and an entry of the new frame put in;
 * faults meanwhile wait for the page's lock. If anybody but the mapping refers to the old frame, it gets its entry back.
 *
 * <p>The callouts around an attempt of reclaim to unmap are not made: the page lock that some of them take is held here, and
 * the device is flushed where the CPUs are. The new frame comes from the target blade or not at all. A frame that backs several pages stays where it is, as without
 * MPOL_MF_MOVE_ALL. The caller holds mmap_sem of the page's address space for reading, so that no fork meets the migration
 * entry. Slots: 2 target blade, 3 frame. Returns 1, or 0 if the page stays where it is.
 */
final class MigratePage extends KernelRoutine {
    private static final int VADDR = 1;

    /** Slot of the target blade. */
    static final int BLADE = 2;

    private static final int FRAME = 3;
    private static final int NEW = 4;
    private static final int DESTINATION = 5;
    private static final int MOVED = 6;
    private static final int SLOTS = 7;

    private static final int ISOLATE = 0;
    private static final int ALLOCATE = 1;
    private static final int LOCK_PAGE = 2;
    private static final int UNMAP = 3;
    private static final int COUNT_REFERENCES = 4;
    private static final int COPY = 5;
    private static final int REMAP = 6;
    private static final int REMAPPED = 7;
    private static final int UNLOCK_PAGE = 8;
    private static final int PUT_BACK = 9;
    private static final int FINISH = 10;

    private final TryToMigrate tryToMigrate;
    private final RemoveMigrationPte removeMigrationPte;

    MigratePage(Kernel kernel) {
        super(kernel, "unmap_and_move", SLOTS);
        this.tryToMigrate = new TryToMigrate(kernel);
        this.removeMigrationPte = new RemoveMigrationPte(kernel);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ISOLATE -> "isolate the page";
            case ALLOCATE -> "allocate a frame on the target blade";
            case LOCK_PAGE -> "lock the page";
            case UNMAP -> "try_to_migrate";
            case COUNT_REFERENCES -> "count the references that are left";
            case COPY -> "copy the page";
            case REMAP -> "remove_migration_ptes";
            case REMAPPED -> "drop the own reference to the new frame";
            case UNLOCK_PAGE -> "unlock the page";
            case PUT_BACK -> "put the old frame back";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        FrameAllocator frames = kernel.frames();
        long old = agent.local(FRAME);
        switch (pc) {
            case ISOLATE -> isolate(agent, frames, old);
            case ALLOCATE -> {
                long pfn = frames.allocateOn(agent, (int) agent.local(BLADE));
                agent.local(NEW, pfn);
                agent.next(pfn == FrameAllocator.NONE ? PUT_BACK : LOCK_PAGE, 0, Why.VM);
            }
            case LOCK_PAGE -> {
                if (kernel.pageLocks().lock(agent, old)) {
                    agent.next(UNMAP, spec.lockCostPs(), Why.VM);
                } else {
                    agent.await(kernel.pageLocks(), LOCK_PAGE, Why.LOCK);
                }
            }
            case UNMAP -> {
                agent.call(tryToMigrate, COUNT_REFERENCES, mm(agent).id(), agent.local(VADDR));
                agent.local(TryToMigrate.FRAME, old);
            }
            case COUNT_REFERENCES -> countReferences(agent, frames, old);
            case COPY -> {
                kernel.contents().copy(old, agent.local(NEW));
                kernel.engine().memory().fence(agent, Fence.WRITE);
                agent.local(DESTINATION, agent.local(NEW));
                agent.next(REMAP, spec.copyPageCostPs(), Why.VM);
            }
            case REMAP -> {
                long destination = agent.local(DESTINATION);
                agent.call(removeMigrationPte, REMAPPED, mm(agent).id(), 0, destination);
                agent.local(RemoveMigrationPte.OLD, old);
            }
            case REMAPPED -> {
                agent.local(MOVED, agent.local(DESTINATION) == old ? 0 : agent.result());
                boolean unused = frames.drop(agent, agent.local(NEW), 1);
                agent.next(UNLOCK_PAGE, unused ? spec.pageFreeCostPs() : 0, Why.VM);
            }
            case UNLOCK_PAGE -> {
                kernel.pageLocks().unlock(agent, old);
                agent.next(PUT_BACK, spec.lockCostPs(), Why.VM);
            }
            case PUT_BACK -> {
                boolean freed = frames.reclaimable().putBack(agent, old);
                agent.next(FINISH, freed ? spec.pageFreeCostPs() : 0, Why.VM);
            }
            default -> {
                boolean moved = agent.local(MOVED) != 0;
                kernel.counters().add(moved ? VmCounter.PAGES_MIGRATED : VmCounter.MIGRATIONS_FAILED);
                agent.done(agent.local(MOVED));
            }
        }
    }

    private void isolate(Agent agent, FrameAllocator frames, long old) {
        if (!frames.reclaimable().isolate(agent, old, true)) {
            kernel.counters().add(VmCounter.MIGRATIONS_PINNED);
            agent.next(FINISH, 0, Why.VM);
            return;
        }
        agent.local(MM, frames.mm(old, 0));
        agent.local(VADDR, frames.vaddr(old, 0));
        agent.next(ALLOCATE, 0, Why.VM);
    }

    /** The mapping's reference and the isolation's are expected, or the latter alone if the page was unmapped meanwhile. */
    private void countReferences(Agent agent, FrameAllocator frames, long old) {
        boolean replaced = agent.result() != 0;
        boolean pinned = frames.readReferences(agent, old) != frames.mappings(old) + 1;
        agent.local(DESTINATION, old);
        if (replaced && pinned) {
            kernel.counters().add(VmCounter.MIGRATIONS_PINNED);
        }
        agent.next(replaced && !pinned ? COPY : REMAP, 0, Why.VM);
    }
}
