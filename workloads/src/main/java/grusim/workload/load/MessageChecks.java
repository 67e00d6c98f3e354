package grusim.workload.load;

import grusim.isa.ChipletMap;
import grusim.workload.Act;
import grusim.workload.MessageStep;
import grusim.workload.ProgramStep;
import grusim.workload.QueueSpec;
import grusim.workload.RunSpec.DataMode;
import grusim.workload.ScenarioSpec;
import grusim.workload.Spec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses message queues that no GRU could serve, and steps that send or receive without end. */
final class MessageChecks {
    /** Control blocks that a blade's kernel context has at most. */
    private static final int MOST_CORES = ChipletMap.CBRS;

    /** Threads that send at most, and messages each sends to a queue at most. */
    private static final int MOST_SENDERS = 1024;

    private static final long MOST_MESSAGES = 4_000_000;

    private final Spec spec;
    private final Document document;
    private final List<String> names;
    private final long[] sent;
    private final long[] received;
    private final String[] receivers;

    MessageChecks(Spec spec, Document document) {
        this.spec = spec;
        this.document = document;
        names = spec.queues().stream().map(QueueSpec::name).toList();
        sent = new long[names.size()];
        received = new long[names.size()];
        receivers = new String[names.size()];
        Arrays.fill(receivers, "");
    }

    void check() {
        queues();
        for (int p = 0; p < spec.processes().size(); p++) {
            for (int t = 0; t < spec.processes().get(p).threads().size(); t++) {
                thread(p, t);
            }
        }
        ScenarioSpec scenario = spec.scenario();
        for (int i = 0; scenario != null && i < scenario.agents().size(); i++) {
            agent(scenario.agents().get(i), "scenario.agents[" + i + "].does");
        }
        for (int i = 0; i < names.size(); i++) {
            if (received[i] > sent[i]) {
                throw document.fail(
                        Paths.element("queues", i),
                        received[i] + " messages are received from " + names.get(i) + ", " + sent[i] + " are sent",
                        "no more than are sent");
            }
        }
    }

    private void queues() {
        Set<String> taken = new HashSet<>();
        int cores = spec.machine().socketsPerBlade() * spec.machine().coresPerSocket();
        for (int i = 0; i < names.size(); i++) {
            QueueSpec queue = spec.queues().get(i);
            String at = Paths.element("queues", i);
            CrossChecks.unique(document, taken, queue.name(), at);
            CrossChecks.blade(document, spec.machine(), queue.blade(), Paths.child(at, "blade"));
            lines(queue.sizeBytes(), Paths.child(at, "size"));
            lines(queue.offsetBytes(), Paths.child(at, "offset"));
            if (queue.sizeBytes() + queue.offsetBytes() > spec.machine().memoryPerBladeBytes() / 2) {
                throw document.fail(
                        Paths.child(at, "size"),
                        CrossChecks.size(queue.sizeBytes()) + " are no contiguous block of a blade's memory",
                        "at most half of machine.memoryPerBlade");
            }
        }
        if (!names.isEmpty() && spec.run().data() == DataMode.ELIDED) {
            throw document.fail("run.data", "elided leaves message queues without bytes", "functional");
        }
        if (!names.isEmpty() && cores > MOST_CORES) {
            throw document.fail(
                    "machine.coresPerSocket",
                    cores + " cores of a blade are more than a kernel context has control blocks for",
                    "at most " + MOST_CORES + " cores in a blade with message queues");
        }
    }

    private void lines(long bytes, String at) {
        if (bytes % QueueSpec.LINE_BYTES != 0) {
            throw document.fail(at, bytes + " B is not aligned to lines", "a multiple of 64 B");
        }
    }

    private void thread(int process, int thread) {
        String path = Paths.element(Paths.child(Paths.element("processes", process), "threads"), thread);
        String name = spec.processes().get(process).threads().get(thread).name();
        int count = spec.processes().get(process).threads().get(thread).count();
        steps(
                spec.processes().get(process).threads().get(thread).program(),
                1,
                count,
                process + "/" + name,
                Paths.child(path, "program"));
    }

    private void steps(List<ProgramStep> steps, long times, int count, String thread, String path) {
        for (int i = 0; i < steps.size(); i++) {
            String at = Paths.element(path, i);
            if (steps.get(i) instanceof ProgramStep.Repeat repeat) {
                long all = Math.min(MOST_MESSAGES + 1, times) * Math.min(MOST_MESSAGES + 1, repeat.times());
                steps(repeat.body(), all, count, thread, Paths.child(at, "body"));
            } else if (steps.get(i) instanceof MessageStep step) {
                InstructionChecks.openLoop(step.arrivals(), step.thinkPs(), document, at);
                int queue = queue(step.queue(), at);
                long messages = Math.min(MOST_MESSAGES + 1, times) * step.count();
                if (messages > MOST_MESSAGES || (step instanceof MessageStep.Send && count > MOST_SENDERS)) {
                    throw document.fail(
                            at,
                            messages + " messages by each of " + count + " threads",
                            "at most " + MOST_MESSAGES + " by each of at most " + MOST_SENDERS);
                }
                if (step instanceof MessageStep.Send) {
                    sent[queue] += messages * count;
                } else {
                    receives(queue, thread, count, at);
                    received[queue] += messages;
                }
            }
        }
    }

    private void receives(int queue, String receiver, int count, String at) {
        if (count > 1 || !(receivers[queue].isEmpty() || receivers[queue].equals(receiver))) {
            throw document.fail(
                    at,
                    "queue " + names.get(queue) + " is received from by several threads",
                    "one thread that receives from a queue");
        }
        receivers[queue] = receiver;
    }

    private void agent(ScenarioSpec.Agent agent, String path) {
        for (int i = 0; i < agent.does().size(); i++) {
            String at = Paths.element(path, i);
            if (agent.does().get(i) instanceof Act.Send send) {
                sent[queue(send.queue(), at)]++;
            } else if (agent.does().get(i) instanceof Act.Receive receive) {
                int queue = queue(receive.queue(), at);
                receives(queue, agent.name(), 1, at);
                received[queue] += receive.count();
            }
        }
    }

    private int queue(String name, String at) {
        int queue = names.indexOf(name);
        if (queue < 0) {
            throw CrossChecks.unknown(document, Paths.child(at, "queue"), "queue", name, names);
        }
        return queue;
    }
}
