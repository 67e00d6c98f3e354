package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;

/**
 * Migrates the present pages of a range of one mapping to a blade, each by itself, but for those that are there already. The
 * caller holds mmap_sem for reading.
 *
 * <p>Slots as {@link RangeWalk}, and 8 the blade. Returns how many pages had to stay where they were.
 */
final class MigrateRange extends RangeWalk {
    static final int BLADE = OWN;
    private static final int FRAME = OWN + 1;
    private static final int STAYED = OWN + 2;
    private static final int SLOTS = OWN + 3;

    private static final int BEGIN = 0;
    private static final int LOCK = 1;
    private static final int FOLLOW = 2;
    private static final int UNLOCK = 3;
    private static final int MIGRATE = 4;
    private static final int MIGRATED = 5;
    private static final int NEXT_TABLE = 6;
    private static final int FINISH = 7;

    private final MigratePage migratePage;

    MigrateRange(Kernel kernel, MigratePage migratePage) {
        super(kernel, "migrate_pages", SLOTS);
        this.migratePage = migratePage;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case BEGIN -> "start at the first page";
            case LOCK -> "follow_page: take the page-table lock";
            case FOLLOW -> "follow_page: find the next present page";
            case UNLOCK -> "follow_page: release the page-table lock";
            case MIGRATE -> "unmap_and_move";
            case MIGRATED -> "go to the next page";
            case NEXT_TABLE -> "go to the next table";
            case FINISH -> "return";
            default -> walkStep(pc);
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        Mm mm = mm(agent);
        switch (pc) {
            case BEGIN -> begin(agent);
            case LOCK -> lock(agent, pageTableLock(agent), LOCK, FOLLOW);
            case FOLLOW -> {
                if (seekElsewhere(agent)) {
                    agent.next(UNLOCK, spec.walkLevelLatencyPs(), Why.VM);
                } else {
                    unlock(agent, pageTableLock(agent), NEXT_TABLE);
                }
            }
            case UNLOCK -> unlock(agent, pageTableLock(agent), MIGRATE);
            case MIGRATE -> {
                long at = agent.local(AT);
                agent.call(migratePage, MIGRATED, mm.id(), at, agent.local(BLADE), agent.local(FRAME));
            }
            case MIGRATED -> {
                agent.local(STAYED, agent.local(STAYED) + 1 - agent.result());
                nextPage(agent);
                agent.next(agent.local(AT) < agent.local(TABLE_END) ? LOCK : NEXT_TABLE, 0, Why.VM);
            }
            case NEXT_TABLE -> nextTable(agent);
            case FINISH -> agent.done(agent.local(STAYED));
            default -> walk(agent, pc);
        }
    }

    private boolean seekElsewhere(Agent agent) {
        while (seek(agent)) {
            long pte = kernel.tables().seen(agent, pte(agent));
            if (Pte.present(pte) && kernel.frames().bladeOf(Pte.pfn(pte)) != agent.local(BLADE)) {
                agent.local(FRAME, Pte.pfn(pte));
                return true;
            }
            nextPage(agent);
        }
        return false;
    }

    @Override
    int tablePc() {
        return LOCK;
    }

    @Override
    int endPc() {
        return FINISH;
    }
}
