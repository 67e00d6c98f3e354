package grusim.linux;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.workload.BauSpec;

/**
 * Has the CPUs of other hubs flush their TLBs by a message of the broadcast assist unit: uv_flush_tlb_others (Linux
 * arch/x86/kernel/tlb_uv.c). Waits for leave to send, sends to every hub of the mask, and polls until all have acknowledged;
 * sends again to hubs that had no resource free. After too many of those, or when a hub takes too long, it resets what it
 * holds there and gives up. The CPUs of its own hub are interrupted afterwards; all are if it has given up or the unit is
 * disabled. A slow mean response disables the unit.
 *
 * <p>A message names one page or everything. It arrives at all hubs at once, when the sender's step does. Slots: 0 address
 * space, 1 index of a hub, 2 when the flush began, 3 its {@link FlushKind}, 4 its number, 5 when the message was sent first,
 * 6 when it arrives, 7 refusals in a row, 8 whether it timed out. Returns 0.
 */
final class BauFlush extends KernelRoutine {
    private static final int INDEX = 1;
    static final int BEGAN_PS = 2;
    static final int KIND = 3;
    static final int NUMBER = 4;
    private static final int SENT_PS = 5;
    private static final int ARRIVED_PS = 6;
    private static final int REFUSALS = 7;
    private static final int TIMED_OUT = 8;
    private static final int SLOTS = 9;

    private static final int ENABLED = 0;
    private static final int TARGETS = 1;
    private static final int ENTER = 2;
    private static final int ENTER_AGAIN = 3;
    private static final int ACTIVATE = 4;
    private static final int DELIVER = 5;
    private static final int POLL = 6;
    private static final int RESET = 7;
    private static final int FAILED = 8;
    private static final int GIVE_UP = 9;
    private static final int SUCCEEDED = 10;
    private static final int ACCOUNT = 11;
    private static final int DISABLE = 12;
    private static final int INTERRUPT_OWN_HUB = 13;
    private static final int INTERRUPT_ALL = 14;
    private static final int RETURN = 15;

    private final Bau bau;
    private final BauSpec rules;

    BauFlush(Bau bau, Kernel kernel) {
        super(kernel, "uv_flush_tlb_others", SLOTS);
        this.bau = bau;
        this.rules = kernel.spec().bau();
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case ENABLED -> "look whether the unit is disabled";
            case TARGETS -> "list the hubs of the mask";
            case ENTER, ENTER_AGAIN -> "wait for leave to send";
            case ACTIVATE -> "send the message";
            case DELIVER -> "the message arrives at a hub";
            case POLL -> "poll for the acknowledgements";
            case RESET -> "reset a hub's resources";
            case FAILED, SUCCEEDED -> "let others send";
            case GIVE_UP -> "count the give-up";
            case ACCOUNT -> "account for the response";
            case DISABLE -> "disable the unit";
            case INTERRUPT_OWN_HUB -> "interrupt the CPUs of the own hub";
            case INTERRUPT_ALL -> "interrupt all CPUs instead";
            default -> "return";
        };
    }

    @Override
    public void step(Agent agent, int pc) {
        switch (pc) {
            case ENABLED -> agent.next(bau.enabled(agent) ? TARGETS : INTERRUPT_ALL, 0, Why.SHOOTDOWN);
            case TARGETS -> targets(agent);
            case ENTER, ENTER_AGAIN -> enter(agent, pc);
            case ACTIVATE -> {
                send(agent).activate(agent);
                kernel.counters().add(VmCounter.BAU_SENDS);
                kernel.counters().add(VmCounter.BAU_HUBS, send(agent).count());
                agent.local(SENT_PS, kernel.engine().nowPs());
                arriveAfter(agent, rules.messageLatencyPs());
            }
            case DELIVER -> deliver(agent);
            case POLL -> poll(agent);
            case RESET -> reset(agent);
            case FAILED -> {
                bau.throttle(kernel.blade(agent)).failed(agent, agent.local(TIMED_OUT) != 0);
                agent.next(GIVE_UP, 0, Why.SHOOTDOWN);
            }
            case GIVE_UP -> {
                kernel.counters().add(VmCounter.BAU_GIVE_UPS);
                bau.giveUp(agent);
                agent.next(INTERRUPT_ALL, 0, Why.SHOOTDOWN);
            }
            case SUCCEEDED -> {
                bau.throttle(kernel.blade(agent)).succeeded(agent);
                agent.next(ACCOUNT, 0, Why.SHOOTDOWN);
            }
            case ACCOUNT -> {
                long responsePs = kernel.engine().nowPs() - agent.local(SENT_PS);
                boolean slow = send(agent).mean(responsePs, rules.congestedSends()) > rules.congestedResponsePs();
                agent.next(slow ? DISABLE : INTERRUPT_OWN_HUB, 0, Why.SHOOTDOWN);
            }
            case DISABLE -> {
                bau.disable(agent);
                agent.next(INTERRUPT_OWN_HUB, 0, Why.SHOOTDOWN);
            }
            case INTERRUPT_OWN_HUB -> interrupt(agent, FlushKind.onOwnHub(agent.local(KIND)));
            case INTERRUPT_ALL -> {
                kernel.counters().add(VmCounter.BAU_FALLBACKS);
                interrupt(agent, agent.local(KIND));
            }
            default -> agent.done(0);
        }
    }

    private BauSend send(Agent agent) {
        return bau.send(agent.id());
    }

    private void targets(Agent agent) {
        CpuMask mask = mm(agent).cpuMask();
        if (kernel.shootdown().switching()) {
            mask.look(agent);
        }
        BauSend send = send(agent);
        send.clear();
        for (int i = mask.nextOther(0, agent); i < mask.size(); i = mask.nextOther(i + 1, agent)) {
            if (kernel.blade(mask.cpu(i)) != kernel.blade(agent)) {
                send.add(kernel.blade(mask.cpu(i)));
            }
        }
        agent.next(send.count() == 0 ? INTERRUPT_OWN_HUB : ENTER, 0, Why.SHOOTDOWN);
    }

    private void enter(Agent agent, int pc) {
        BauThrottle throttle = bau.throttle(kernel.blade(agent));
        if (throttle.enter(agent)) {
            agent.next(ACTIVATE, 0, Why.SHOOTDOWN);
        } else {
            if (pc == ENTER) {
                kernel.counters().add(VmCounter.BAU_THROTTLED);
            }
            agent.await(throttle, ENTER_AGAIN, Why.SHOOTDOWN);
        }
    }

    private void arriveAfter(Agent agent, long delayPs) {
        agent.local(ARRIVED_PS, kernel.engine().nowPs() + delayPs);
        wait(agent, DELIVER, delayPs, Why.SHOOTDOWN);
    }

    private void deliver(Agent agent) {
        BauSend send = send(agent);
        int index = send.nextToSend((int) agent.local(INDEX));
        if (index == send.count()) {
            agent.local(INDEX, 0);
            agent.next(POLL, 0, Why.SHOOTDOWN);
            return;
        }
        BauQueue queue = bau.queue(send.hub(index));
        if (queue.deliver(agent, send.number(), mm(agent).id(), extent(agent))) {
            send.accepted(index);
        } else if (!kernel.engine().isTimed()) {
            agent.await(queue, DELIVER, Why.SHOOTDOWN);
            return;
        }
        agent.local(INDEX, index + 1L);
        agent.next(DELIVER, 0, Why.SHOOTDOWN);
    }

    /** One page, or everything. */
    private static long extent(Agent agent) {
        int pages = FlushKind.pages(agent.local(KIND));
        return FlushRequests.extent(pages == 1 ? 1 : CpuTlb.ALL, agent.local(NUMBER));
    }

    private void poll(Agent agent) {
        BauSend send = send(agent);
        if (send.complete(agent)) {
            agent.next(SUCCEEDED, 0, Why.SHOOTDOWN);
        } else if (!kernel.engine().isTimed()) {
            agent.await(send, POLL, Why.SHOOTDOWN);
        } else if (send.nextToSend(0) != send.count()) {
            kernel.counters().add(VmCounter.BAU_PLUGGED);
            agent.local(REFUSALS, agent.local(REFUSALS) + 1);
            if (agent.local(REFUSALS) >= rules.pluggedLimit()) {
                agent.next(RESET, 0, Why.SHOOTDOWN);
            } else {
                arriveAfter(agent, rules.pluggedDelayPs());
            }
        } else if (kernel.engine().nowPs() - agent.local(ARRIVED_PS) >= rules.destinationTimeoutPs()) {
            kernel.counters().add(VmCounter.BAU_TIMEOUTS);
            agent.local(TIMED_OUT, 1);
            agent.next(RESET, 0, Why.SHOOTDOWN);
        } else {
            wait(agent, POLL, rules.pollIntervalPs(), Why.SHOOTDOWN);
        }
    }

    private void reset(Agent agent) {
        BauSend send = send(agent);
        int index = send.nextAccepted((int) agent.local(INDEX));
        if (index == send.count()) {
            agent.next(FAILED, 0, Why.SHOOTDOWN);
            return;
        }
        kernel.counters().add(VmCounter.BAU_RESETS);
        bau.queue(send.hub(index)).reset(agent);
        agent.local(INDEX, index + 1L);
        wait(agent, RESET, rules.resetCostPs(), Why.SHOOTDOWN);
    }

    private void interrupt(Agent agent, long kind) {
        kernel.shootdown().interruptOthers(agent, mm(agent), agent.local(BEGAN_PS), kind, agent.local(NUMBER), RETURN);
    }
}
