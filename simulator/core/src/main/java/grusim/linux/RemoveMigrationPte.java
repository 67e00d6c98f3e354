package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Order;
import grusim.engine.Why;

/**
 * Puts an entry of the page's frame in the place of its migration entry: remove_migration_pte (Linux mm/migrate.c, 2.6.28),
 * by the protection the mapping has now, writable if the page was, not dirty and not accessed. No notifier is called: the
 * migration entry translated to nothing. The page may have been moved or unmapped since; it is looked for where the reverse
 * map has it, which under that map's lock is where its tables are still there. The mapping's reference goes to the new frame.
 *
 * <p>Slots: 0 address space, 2 the frame the page has from now on, 4 the frame in the migration entry. Returns 1, or 0 if
 * the migration entry is gone.
 */
final class RemoveMigrationPte extends PointWalk {
    static final int NEW = 2;

    /** Slot of the frame in the migration entry. */
    static final int OLD = 4;

    private static final int ENTRY = 5;
    private static final int PROTECTION = 6;
    private static final int SLOTS = 7;

    private static final int LOCK_RMAP = 0;
    private static final int READ_PLACE = 1;
    private static final int TRANSFER = 2;
    private static final int LOCK = 3;
    private static final int READ_ENTRY = 4;
    private static final int READ_PROTECTION = 5;
    private static final int SET = 6;
    private static final int UNLOCK = 7;
    private static final int UNLOCK_OTHER = 8;
    private static final int LOOK_AGAIN = 9;
    private static final int UNLOCK_RMAP = 10;
    private static final int UNLOCK_RMAP_GONE = 11;
    private static final int FINISH = 12;
    private static final int FINISH_GONE = 13;

    RemoveMigrationPte(Kernel kernel) {
        super(kernel, "remove_migration_pte", SLOTS, Why.VM);
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case LOCK_RMAP -> "take the reverse map's lock";
            case READ_PLACE -> "read the page's address in the reverse map";
            case TRANSFER -> "move the mapping's reference to the new frame";
            case LOCK -> "take the page-table lock";
            case READ_ENTRY -> "read the migration entry";
            case READ_PROTECTION -> "read the vma's protection";
            case SET -> "set the pte";
            case UNLOCK, UNLOCK_OTHER -> "release the page-table lock";
            case LOOK_AGAIN -> "has the page moved?";
            case UNLOCK_RMAP, UNLOCK_RMAP_GONE -> "release the reverse map's lock";
            case FINISH, FINISH_GONE -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case LOCK_RMAP -> lock(agent, mm.rmapLock(), LOCK_RMAP, READ_PLACE);
            case READ_PLACE, LOOK_AGAIN -> look(agent, pc == LOOK_AGAIN);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, READ_ENTRY);
            case READ_ENTRY -> {
                long entry = kernel.tables().load(agent, entry(agent, PageTables.PTE), Order.RELAXED);
                agent.local(ENTRY, entry);
                boolean ours = Pte.migration(entry) && Pte.pfn(entry) == agent.local(OLD);
                agent.next(ours ? READ_PROTECTION : UNLOCK_OTHER, spec.walkLevelLatencyPs(), Why.VM);
            }
            case READ_PROTECTION -> readProtection(agent, mm.vmas());
            case SET -> set(agent, mm);
            case UNLOCK -> unlock(agent, pageTableLock(agent), UNLOCK_RMAP);
            case UNLOCK_OTHER -> unlock(agent, pageTableLock(agent), LOOK_AGAIN);
            case TRANSFER -> {
                long vaddr = agent.local(VADDR);
                kernel.frames().transfer(agent, agent.local(OLD), agent.local(NEW), mm.id(), vaddr);
                agent.next(UNLOCK, 0, Why.VM);
            }
            case UNLOCK_RMAP -> unlock(agent, mm.rmapLock(), FINISH);
            case UNLOCK_RMAP_GONE -> unlock(agent, mm.rmapLock(), FINISH_GONE);
            case FINISH -> agent.done(1);
            case FINISH_GONE -> agent.done(0);
            default -> walk(agent, pc);
        }
    }

    private void look(Agent agent, boolean again) {
        FrameAllocator frames = kernel.frames();
        long old = agent.local(OLD);
        boolean listed = frames.readMappings(agent, old) > 0;
        long vaddr = listed ? frames.vaddr(old, 0) : 0;
        boolean gone = !listed || (again && vaddr == agent.local(VADDR));
        agent.local(VADDR, vaddr);
        agent.next(gone ? UNLOCK_RMAP_GONE : READ_PGD, 0, Why.VM);
    }

    /** A page whose vma has been detached is about to be unmapped: it is readable until then. */
    private static void readProtection(Agent agent, Vmas vmas) {
        int vma = vmas.find(agent, agent.local(VADDR));
        boolean mapped = vmas.contains(vma, agent.local(VADDR));
        agent.local(PROTECTION, mapped ? vmas.protection(vma) : Prot.READ);
        agent.next(SET, 0, Why.VM);
    }

    private void set(Agent agent, Mm mm) {
        long pte = Pte.migrated(agent.local(ENTRY), agent.local(NEW), (int) agent.local(PROTECTION));
        kernel.tables().store(agent, entry(agent, PageTables.PTE), pte, Order.RELAXED);
        kernel.observer().pteSet(agent, mm.id(), agent.local(VADDR), pte, false);
        int next = agent.local(NEW) == agent.local(OLD) ? UNLOCK : TRANSFER;
        agent.next(next, spec.pteUpdateCostPs(), Why.VM);
    }

    @Override
    void reached(Agent agent) {
        agent.next(LOCK, spec.walkLevelLatencyPs(), Why.VM);
    }

    @Override
    void missing(Agent agent, int level) {
        agent.next(LOOK_AGAIN, 0, Why.VM);
    }
}
