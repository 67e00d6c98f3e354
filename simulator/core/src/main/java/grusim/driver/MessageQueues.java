package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.linux.FrameAllocator;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's message queues and the routines that send to them and receive from them.
 *
 * <p>Source: Linux driver drivers/misc/sgi-gru, grukservices.c. Queues live in frames that the kernel takes at boot.
 */
public final class MessageQueues {
    private final GruDriver driver;
    private final Machine machine;
    private final List<MessageQueue> queues = new ArrayList<>();
    private final Routine send;
    private final Routine sendUntilTaken;
    private final Routine queueFull;
    private final Routine putNacked;
    private final Routine sendNoop;
    private final Routine receive;
    private final Routine free;
    private final byte[] line = new byte[MessageQueue.LINE];

    MessageQueues(GruDriver driver, Machine machine) {
        this.driver = driver;
        this.machine = machine;
        send = new SendMessage(driver);
        sendUntilTaken = new SendUntilTaken(driver);
        queueFull = new QueueFull(driver);
        putNacked = new PutNacked(driver);
        sendNoop = new SendNoop(driver);
        receive = new ReceiveMessage(driver);
        free = new FreeMessage(driver);
    }

    /**
     * Creates a queue in a blade's memory while the machine is built.
     *
     * @throws IllegalArgumentException if it is not aligned, or the blade has no such block
     */
    public MessageQueue create(String name, int blade, long bytes, long offset, boolean interrupts) {
        long frames = (offset + bytes + PhysicalMemory.FRAME_BYTES - 1) >>> PhysicalMemory.FRAME_SHIFT;
        FrameAllocator allocator = driver.kernel().frames();
        long first = allocator.reserve(blade, (int) frames);
        if (first < 0) {
            throw new IllegalArgumentException(
                    "queue %s: blade %d has no %d contiguous frames; accepted: at most its free memory"
                            .formatted(name, blade, frames));
        }
        long address = (first << PhysicalMemory.FRAME_SHIFT) + offset;
        MessageQueue queue =
                new MessageQueue(machine.engine(), machine.memory(), queues.size(), name, address, bytes, interrupts);
        queues.add(queue);
        return queue;
    }

    MessageQueue of(int id) {
        return queues.get(id);
    }

    /** The tag of a sender's message: who sent it, and its number among the sender's messages to the queue. */
    public static int tag(int sender, int number) {
        return MessageContent.tag(sender, number);
    }

    /** The lines of a message by its first word. */
    public static int lines(long header) {
        return MessageContent.lines(header, 2);
    }

    /** The sender of a message by its first word. */
    public static int sender(long header) {
        return MessageContent.sender(MessageContent.tag(header));
    }

    /** The number of a message among its sender's by its first word. */
    public static int number(long header) {
        return MessageContent.number(MessageContent.tag(header));
    }

    /** The routine that sends a message; slots: queue, tag, lines. Returns a {@link MessageResult}. */
    public Routine send() {
        return send;
    }

    /** The routine that sends a message again until the queue takes it; slots: queue, tag, lines. */
    public Routine sendUntilTaken() {
        return sendUntilTaken;
    }

    Routine queueFull() {
        return queueFull;
    }

    Routine putNacked() {
        return putNacked;
    }

    Routine sendNoop() {
        return sendNoop;
    }

    /** The routine that looks for a message; slots: queue, whether to wait. Returns its first word, 0 without one. */
    public Routine receive() {
        return receive;
    }

    /** The routine that gives a received message's lines back; slots: queue, lines. */
    public Routine free() {
        return free;
    }

    /** Whether all bytes of the message that can be read now are what its sender sent; a probe. */
    public boolean whole(int id, long header) {
        MessageQueue queue = of(id);
        int tag = MessageContent.tag(header);
        int lines = MessageContent.lines(header, 2);
        boolean whole = MessageContent.header(tag, lines) == header;
        for (int i = 0; i < lines; i++) {
            queue.readRest(queue.next() + (long) i * MessageQueue.LINE, line);
            whole &= MessageContent.intact(line, tag, i, driver.engine().isTimed());
        }
        return whole;
    }

    /** Announces a message that can be read now. */
    void received(Agent agent, int id, long header, long second) {
        int tag = MessageContent.tag(header);
        int lines = MessageContent.lines(header, 2);
        boolean whole = whole(id, header) && (lines == 1 || second == MessageContent.second(tag));
        driver.observer().messageReceived(agent, id, MessageContent.sender(tag), MessageContent.number(tag), whole);
    }
}
