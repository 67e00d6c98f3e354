package grusim.protocol;

import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.linux.lock.SpinLock;
import grusim.workload.CrossPartitionSpec;
import grusim.workload.Protocol.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * After a clear, and under the lock it was made under, the CPU deposits what to invalidate for the CPU that serves the
 * device, interrupts it, and spins until it answers. The handler cancels the fills of the range that are under way, flushes
 * the device and answers. A fill enters the table of active faults before it asks for the page, whose number comes as a
 * message, and uses it only if it was not cancelled meanwhile. Source: Nick Piggin's proposal and Robin Holt's reply about
 * answers that an invalidate overtakes, linux-mm, May 2008.
 *
 * <p>The serving CPU is one of its own, which does nothing else; handlers run with interrupts off, senders spin with them
 * on. Whoever gives an entry to the device does so under the device's lock, with interrupts off. Does not model the
 * invalidation of entries that only lose rights, time-outs, or a partition that dies.
 */
final class CrossPartitionIpi extends Design<CrossPartitionIpi.Space> {
    private final CrossPartitionSpec costs;
    private final List<Server> servers = new ArrayList<>();

    /** Address spaces take turns in being served by {@code cpus}. */
    CrossPartitionIpi(Surroundings around, CrossPartitionSpec costs, List<Cpu> cpus) {
        super(around, mm -> new Space(around, mm));
        this.costs = costs;
        cpus.forEach(cpu -> servers.add(new Server(cpu)));
        at(
                Hook.CLEARED,
                script("send an invalidate", CALLOUT_SLOTS)
                        .then("deposit the payload", (a, here) -> {
                            Server server = server(a);
                            if (server.payloads.deposit(a, (int) a.local(MM), a.local(VADDR), a.local(END))) {
                                server.cpu.raise(server.line, costs.interruptLatencyPs());
                            }
                            a.next(here + 1, costs.depositCostPs(), Why.INVALIDATE);
                        })
                        .then("spin on the completion word", (a, here) -> {
                            Payloads payloads = server(a).payloads;
                            if (payloads.answered(a)) {
                                a.done(0);
                            } else {
                                a.await(payloads, here, Why.INVALIDATE);
                            }
                        }));
        at(
                Hook.ENTER,
                script("remote fault", FILL_SLOTS)
                        .then("enter the table of active faults", (a, here) -> {
                            space(a).faults.begin(a, a.local(VADDR));
                            a.next(here + 1, costs.messageLatencyPs(), Why.PAGE_FAULT);
                        })
                        .then("the owner has the request", (a, here) -> a.done(0)));
        at(Hook.ADMIT, admission());
        at(
                Hook.FILLED,
                script("remote fault done", FILL_SLOTS)
                        .then("release the device's lock", (a, here) -> unlock(a, space(a).deviceLock, here + 1))
                        .then("leave the table of active faults", (a, here) -> {
                            ((Cpu) a).unmask();
                            space(a).faults.end(a);
                            a.done(0);
                        }));
        at(
                Hook.ABANDONED,
                script("remote fault failed", FILL_SLOTS).then("leave the table of active faults", (a, here) -> {
                    space(a).faults.end(a);
                    a.done(0);
                }));
    }

    private Routine admission() {
        int use = 4;
        int again = 5;
        return script("remote fault answered", FILL_SLOTS)
                .then(
                        "the answer is on its way",
                        (a, here) -> a.next(here + 1, costs.messageLatencyPs(), Why.PAGE_FAULT))
                .then("interrupts off", (a, here) -> {
                    ((Cpu) a).mask();
                    go(a, here + 1);
                })
                .then(
                        "take the device's lock",
                        (a, here) -> lock(a, space(a).deviceLock, here, around.keeps(Rule.CANCEL) ? here + 1 : use))
                .then(
                        "was the fill cancelled?",
                        (a, here) -> go(a, space(a).faults.cancelled(a) ? again : use))
                .then("use the page", (a, here) -> a.done(a.local(PTE)))
                .then("release the device's lock", (a, here) -> unlock(a, space(a).deviceLock, here + 1))
                .then("leave the table of active faults, fault again", (a, here) -> {
                    ((Cpu) a).unmask();
                    space(a).faults.end(a);
                    a.done(AGAIN);
                });
    }

    private Server server(Agent a) {
        return servers.get((int) a.local(MM) % servers.size());
    }

    /** A CPU that serves invalidates, and its interrupt. */
    private final class Server {
        private final Cpu cpu;
        private final Payloads payloads;
        private final int line;

        private Server(Cpu cpu) {
            this.cpu = cpu;
            payloads = new Payloads(around.engine(), cpu.name() + " payloads");
            line = cpu.connect(handler());
        }

        private Routine handler() {
            return script("serve invalidates of " + cpu.name(), CALLOUT_SLOTS)
                    .then("interrupts off, take a payload", (a, here) -> {
                        cpu.mask();
                        take(a, here + 2);
                    })
                    .then("take the next payload", (a, here) -> take(a, here + 1))
                    .then("take the device's lock", (a, here) -> lock(a, space(a).deviceLock, here, here + 1))
                    .then("cancel the fills under way", (a, here) -> {
                        space(a).faults.cancel(a, a.local(VADDR), a.local(END));
                        a.next(here + 1, 0, Why.INVALIDATE);
                    })
                    .then("flush the device", (a, here) -> flush(a, here + 1))
                    .then("release the device's lock", (a, here) -> unlock(a, space(a).deviceLock, here + 1))
                    .then("write the completion word", (a, here) -> {
                        if (payloads.answer(a)) {
                            a.next(1, 0, Why.INVALIDATE);
                        } else {
                            cpu.unmask();
                            a.done(0);
                        }
                    });
        }

        private void take(Agent a, int next) {
            payloads.take(a);
            a.local(MM, payloads.mm());
            a.local(VADDR, payloads.start());
            a.local(END, payloads.end());
            a.next(next, costs.handlerCostPs(), Why.INVALIDATE);
        }
    }

    /** The fills under way, and the lock under which entries are given to the device and taken from it. */
    static final class Space {
        private final ActiveFaults faults;
        private final SpinLock deviceLock;

        private Space(Surroundings around, int mm) {
            faults = new ActiveFaults(around.engine(), "mm" + mm + " active faults");
            deviceLock = around.spinLock("mm" + mm + " device_lock");
        }
    }
}
