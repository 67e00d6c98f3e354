package grusim.run;

import grusim.driver.MessageQueues;
import grusim.driver.MessageResult;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.workload.MessageStep;

/**
 * Does one step that sends or receives messages, in the kernel on the thread's CPU. Slot 0: thread.
 *
 * <p>In an open loop each message comes due at a time of its own and is begun then, or when the one before is done with;
 * its duration counts from when it came due.
 *
 * <p>Every message has to be sent, whole, and the next of its sender; what is not is reported as wrong data.
 */
final class RunMessages extends Routine {
    private static final int THREAD = 0;
    private static final int TAG = 1;
    private static final int STARTED_PS = 2;

    private static final int NEXT = 0;
    private static final int SENT = 1;
    private static final int RECEIVED = 2;
    private static final int DONE = 3;

    private final Simulation simulation;
    private final MessageTraffic traffic;

    RunMessages(Simulation simulation, MessageTraffic traffic) {
        super(simulation.engine(), "messages", 3);
        this.simulation = simulation;
        this.traffic = traffic;
    }

    @Override
    public String stepName(int pc) {
        return switch (pc) {
            case NEXT -> "next message";
            case SENT -> "the message is sent";
            case RECEIVED -> "the message is received";
            case DONE -> "the message is done with";
            default -> throw new IllegalArgumentException("step " + pc);
        };
    }

    @Override
    public void step(Agent a, int pc) {
        ThreadRun thread = simulation.thread((int) a.local(THREAD));
        MessageStep step = ((ProgramCode.Message) thread.code.at(thread.place - 1)).step();
        MessageQueues queues = simulation.driver().messageQueues();
        switch (pc) {
            case NEXT -> next(a, thread, step, queues);
            case SENT -> {
                simulation.probes().message("message.send", now() - a.local(STARTED_PS));
                simulation.checks().sent(thread, step.queue(), a.result() == MessageResult.OK);
                goOn(a, step);
            }
            case RECEIVED -> {
                simulation.probes().message("message.receive", now() - a.local(STARTED_PS));
                check(thread, step.queue(), a.result(), queues);
                a.call(queues.free(), DONE, traffic.queue(step.queue()), MessageQueues.lines(a.result()));
            }
            case DONE -> goOn(a, step);
            default -> throw new IllegalArgumentException("step " + pc);
        }
    }

    private long now() {
        return simulation.engine().nowPs();
    }

    private void next(Agent a, ThreadRun thread, MessageStep step, MessageQueues queues) {
        if (thread.issued == step.count()) {
            a.done(0);
            return;
        }
        if (step.arrivals().open()) {
            if (thread.duePs == ThreadRun.NOT_BEGUN) {
                thread.duePs = now() + thread.gapPs(step.arrivals());
            }
            if (thread.duePs > now()) {
                ((Cpu) a).pauseUntil(NEXT, thread.duePs, Why.THINK);
                return;
            }
            a.local(STARTED_PS, thread.duePs);
            thread.duePs += thread.gapPs(step.arrivals());
        } else {
            a.local(STARTED_PS, now());
        }
        thread.issued++;
        int queue = traffic.queue(step.queue());
        if (step instanceof MessageStep.Send send) {
            a.local(TAG, MessageQueues.tag(thread.id, traffic.next(thread.id, step.queue())));
            a.call(queues.sendUntilTaken(), SENT, queue, a.local(TAG), send.sizeBytes() > 64 ? 2 : 1);
        } else {
            a.call(queues.receive(), RECEIVED, queue, 1);
        }
    }

    private void check(ThreadRun thread, String queue, long header, MessageQueues queues) {
        int sender = MessageQueues.sender(header);
        int number = MessageQueues.number(header);
        boolean whole = sender < simulation.threads().size() && queues.whole(traffic.queue(queue), header);
        int next = whole ? traffic.arrived(queue, sender, number) : number;
        simulation.checks().received(thread, queue, sender, number, next, whole);
    }

    private static void goOn(Agent a, MessageStep step) {
        if (step.thinkPs() > 0) {
            ((Cpu) a).pause(NEXT, step.thinkPs(), Why.THINK);
        } else {
            a.next(NEXT, 0, Why.COMPUTE);
        }
    }
}
