package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;

/**
 * The interrupt by which a hub tells its CPUs of messages: uv_bau_message_interrupt (Linux arch/x86/kernel/tlb_uv.c). Handles
 * every message that the CPU has not seen, whether it has the address space loaded or not, with further interrupts masked;
 * the last CPU of the hub has it acknowledged.
 *
 * <p>Slots: 0 sender, 1 number of the message.
 */
final class BauInterrupt extends Routine {
    private static final int SENDER = 0;
    private static final int NUMBER = 1;

    private static final int ENTER = 0;
    private static final int HANDLED = 1;
    private static final int ACKNOWLEDGE = 2;
    private static final int NEXT = 3;

    private final Bau bau;
    private final Kernel kernel;

    BauInterrupt(Bau bau, Kernel kernel) {
        super(kernel.engine(), "uv_bau_message_interrupt", 2);
        this.bau = bau;
        this.kernel = kernel;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENTER -> "mask interrupts, look for a message";
            case HANDLED -> "flushed, count it";
            case ACKNOWLEDGE -> "the last one, acknowledge";
            default -> "look for the next message";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        int hub = kernel.blade(agent);
        switch (pc) {
            case ENTER -> {
                ((Cpu) agent).mask();
                take(agent, bau.queue(hub));
            }
            case HANDLED -> {
                boolean last = bau.queue(hub).handled(agent, (int) agent.local(SENDER), agent.local(NUMBER));
                agent.next(last ? ACKNOWLEDGE : NEXT, 0, Why.SHOOTDOWN);
            }
            case ACKNOWLEDGE -> {
                bau.send((int) agent.local(SENDER)).acknowledge(agent, hub, agent.local(NUMBER));
                agent.next(NEXT, 0, Why.SHOOTDOWN);
            }
            default -> take(agent, bau.queue(hub));
        }
    }

    private void take(Agent agent, BauQueue queue) {
        int place = queue.take(agent);
        if (place < 0) {
            ((Cpu) agent).unmask();
            agent.done(0);
            return;
        }
        kernel.counters().add(VmCounter.BAU_MESSAGES_HANDLED);
        agent.local(SENDER, queue.sender(place));
        agent.local(NUMBER, queue.number(place));
        long extent = queue.extent(place);
        long flushPs = kernel.shootdown()
                .tlb(agent)
                .flushPs(kernel.mm(queue.mm(place)), FlushRequests.pages(extent), FlushRequests.flush(extent));
        agent.next(HANDLED, kernel.spec().bau().handlerCostPs() + flushPs, Why.SHOOTDOWN);
    }
}
