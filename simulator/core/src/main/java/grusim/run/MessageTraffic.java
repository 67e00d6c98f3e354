package grusim.run;

import grusim.driver.GruDriver;
import grusim.engine.StateIo;
import grusim.engine.Stateful;
import grusim.workload.QueueSpec;
import grusim.workload.Spec;
import grusim.workload.SpecException;
import java.util.List;

/** The message queues of a spec and how many messages of each thread have gone to, and come from, each of them. */
final class MessageTraffic implements Stateful {
    private final List<String> names;
    private final int[] queues;
    private final int[] sent;
    private final int[] arrived;

    private MessageTraffic(List<String> names, int[] queues, int threads) {
        this.names = names;
        this.queues = queues;
        this.sent = new int[threads * queues.length];
        this.arrived = new int[threads * queues.length];
    }

    /** Creates the queues of a spec; the threads, numbered from 0, are those that may send. */
    static MessageTraffic of(Spec spec, GruDriver driver, int threads) {
        List<String> names = spec.queues().stream().map(QueueSpec::name).toList();
        int[] queues = new int[names.size()];
        for (int i = 0; i < queues.length; i++) {
            QueueSpec queue = spec.queues().get(i);
            try {
                queues[i] = driver.messageQueues()
                        .create(queue.name(), queue.blade(), queue.sizeBytes(), queue.offsetBytes(), queue.interrupts())
                        .id();
            } catch (IllegalArgumentException e) {
                throw new SpecException(spec.name() + ": queues[" + i + "]: " + e.getMessage());
            }
        }
        return new MessageTraffic(names, queues, threads);
    }

    /** The driver's number of a queue. */
    int queue(String name) {
        return queues[names.indexOf(name)];
    }

    /** Number of a thread's next message to a queue, counted on. */
    int next(int thread, String name) {
        return sent[thread * queues.length + names.indexOf(name)]++;
    }

    /** A thread's message has arrived from a queue: returns the number it should have. */
    int arrived(String name, int thread, int number) {
        int at = thread * queues.length + names.indexOf(name);
        int next = arrived[at];
        arrived[at] = number + 1;
        return next;
    }

    @Override
    public void state(StateIo io) {
        io.array(sent);
        io.array(arrived);
    }
}
