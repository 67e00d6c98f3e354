package grusim.linux;

import grusim.engine.Access;
import grusim.engine.Agent;
import grusim.engine.Cpu;
import grusim.engine.Engine;
import grusim.engine.Shared;
import grusim.engine.StateIo;
import grusim.workload.BauSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The receiving side of one hub's broadcast assist unit: its queue of messages, and the acknowledgement resources that
 * messages hold until software acknowledges them. A message interrupts every CPU of the hub; the last one to handle it
 * acknowledges it. One that finds no resource, or no room in the queue, is refused. A message that its sender has reset
 * gives its resource back and keeps its place until every CPU has seen it.
 *
 * <p>CPUs that never run one of the kernel's address spaces are not interrupted here: nothing in the model runs on them.
 */
final class BauQueue extends Shared {
    /** Words of a message: sender, its number or that number's complement once reset, address space, extent, who has
     * begun to handle it and who has handled it, a bit per CPU. */
    private static final int SENDER = 0;

    private static final int NUMBER = 1;
    private static final int MM = 2;
    private static final int EXTENT = 3;
    private static final int SEEN = 4;
    private static final int HANDLED = 5;
    private static final int WORDS = 6;

    private final BauSpec spec;
    private final List<Cpu> cpus = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private long[] messages = new long[WORDS];
    private int count;

    BauQueue(Engine engine, String name, BauSpec spec) {
        super(engine, name);
        this.spec = spec;
    }

    /** Adds a CPU of the hub and the line by which it is interrupted, while the machine is being built. */
    void add(Cpu cpu, int line) {
        if (cpus.size() == Long.SIZE) {
            throw new IllegalStateException(name() + " has more than " + Long.SIZE + " CPUs");
        }
        cpus.add(cpu);
        lines.add(line);
    }

    /** A message arrives; says whether it was accepted, and then interrupts every CPU of the hub. */
    boolean deliver(Agent sender, long number, int mm, long extent) {
        access(sender, Access.UPDATE);
        engine().memory().releasing(sender, this);
        if (count == spec.queueEntries() || resourcesHeld() >= spec.ackResources()) {
            return false;
        }
        if ((count + 1) * WORDS > messages.length) {
            messages = Arrays.copyOf(messages, 2 * messages.length);
        }
        int at = count++ * WORDS;
        messages[at + SENDER] = sender.id();
        messages[at + NUMBER] = number;
        messages[at + MM] = mm;
        messages[at + EXTENT] = extent;
        messages[at + SEEN] = 0;
        messages[at + HANDLED] = 0;
        for (int i = 0; i < cpus.size(); i++) {
            cpus.get(i).raise(lines.get(i), 0);
        }
        return true;
    }

    private int resourcesHeld() {
        int held = 0;
        for (int at = 0; at < count * WORDS; at += WORDS) {
            held += messages[at + NUMBER] >= 0 ? 1 : 0;
        }
        return held;
    }

    /** Lets a CPU of the hub begin to handle a message that it has not seen; returns its place, or -1 if there is none. */
    int take(Agent cpu) {
        access(cpu, Access.UPDATE);
        engine().memory().acquired(cpu, this);
        long own = bit(cpu);
        for (int place = 0; place < count; place++) {
            if ((messages[place * WORDS + SEEN] & own) == 0) {
                messages[place * WORDS + SEEN] |= own;
                return place;
            }
        }
        return -1;
    }

    /** Who sent the message at a place; within the step of the take, as the following three. */
    int sender(int place) {
        return (int) messages[place * WORDS + SENDER];
    }

    /** The number its sender gave it, also if that has reset it. */
    long number(int place) {
        long number = messages[place * WORDS + NUMBER];
        return number < 0 ? ~number : number;
    }

    int mm(int place) {
        return (int) messages[place * WORDS + MM];
    }

    long extent(int place) {
        return messages[place * WORDS + EXTENT];
    }

    /** A CPU has handled a message; says whether it was the last one, which has the hub acknowledge it to its sender. */
    boolean handled(Agent cpu, int sender, long number) {
        access(cpu, Access.UPDATE);
        engine().memory().releasing(cpu, this);
        for (int place = 0; place < count; place++) {
            int at = place * WORDS;
            if (sender(place) == sender && number(place) == number) {
                messages[at + HANDLED] |= bit(cpu);
                return Long.bitCount(messages[at + HANDLED]) == cpus.size() && remove(at);
            }
        }
        throw new IllegalStateException(name() + " holds no message " + number + " of agent " + sender);
    }

    private boolean remove(int at) {
        boolean acknowledges = messages[at + NUMBER] >= 0;
        count--;
        System.arraycopy(messages, at + WORDS, messages, at, count * WORDS - at);
        changed();
        return acknowledges;
    }

    /** Takes back the resources of a sender's messages. */
    void reset(Agent sender) {
        access(sender, Access.UPDATE);
        for (int at = 0; at < count * WORDS; at += WORDS) {
            if (messages[at + SENDER] == sender.id() && messages[at + NUMBER] >= 0) {
                messages[at + NUMBER] = ~messages[at + NUMBER];
            }
        }
        changed();
    }

    private long bit(Agent cpu) {
        for (int i = 0; i < cpus.size(); i++) {
            if (cpus.get(i) == cpu) {
                return 1L << i;
            }
        }
        throw new IllegalStateException(cpu.name() + " is no CPU of " + name());
    }

    @Override
    public void state(StateIo io) {
        count = io.i32(count);
        messages = io.array(messages, count * WORDS);
    }
}
