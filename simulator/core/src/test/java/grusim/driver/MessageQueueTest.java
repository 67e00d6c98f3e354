package grusim.driver;

import static grusim.driver.DriverCounter.MESQ_NOOP;
import static grusim.driver.DriverCounter.MESQ_QF_LOCKED;
import static grusim.driver.DriverCounter.MESQ_RECEIVE;
import static grusim.driver.DriverCounter.MESQ_RECEIVE_NONE;
import static grusim.driver.DriverCounter.MESQ_SEND;
import static grusim.driver.DriverCounter.MESQ_SEND_AMO_NACKED;
import static grusim.driver.DriverCounter.MESQ_SEND_FAILED;
import static grusim.driver.DriverCounter.MESQ_SEND_LB_OVERFLOW;
import static grusim.driver.DriverCounter.MESQ_SEND_PUT_NACKED;
import static grusim.driver.DriverCounter.MESQ_SEND_QLIMIT_REACHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A queue of 8 lines: the header's two, messages in lines 2 and 3 and in 4 and 5, two unused. */
final class MessageQueueTest {
    private static final int SENDER = 3;

    private DriverRig rig = new DriverRig("machine.coresPerSocket=4");
    private MessageQueue queue = create(rig, false);

    private static MessageQueue create(DriverRig rig, boolean interrupts) {
        rig.driver.kernelContexts().allow(0);
        return rig.driver.messageQueues().create("q", 0, 512, 0, interrupts);
    }

    private void use(String injected, boolean interrupts) {
        rig = new DriverRig("machine.coresPerSocket=4", "gru.errors.inject=" + injected);
        queue = create(rig, interrupts);
    }

    private int send(int number, int lines) {
        int tag = MessageQueues.tag(SENDER, number);
        return (int) rig.call(rig.cpu(1), rig.driver.messageQueues().send(), queue.id, tag, lines);
    }

    /** Receives a message and gives it back; returns its number, or -1 if there was none. */
    private int receive() {
        MessageQueues queues = rig.driver.messageQueues();
        long header = rig.call(rig.cpu(2), queues.receive(), queue.id, 0);
        if (header == 0) {
            return -1;
        }
        assertThat(queues.whole(queue.id, header)).isTrue();
        assertThat(MessageQueues.sender(header)).isEqualTo(SENDER);
        rig.call(rig.cpu(2), queues.free(), queue.id, MessageQueues.lines(header));
        return MessageQueues.number(header);
    }

    private void assertState(int head, int limit, long hstatus0, long hstatus1) {
        long word = queue.block.peek(queue.address);
        assertThat(new long[] {
                    MessageQueue.head(word),
                    MessageQueue.limit(word),
                    queue.block.peek(queue.hstatus(0)),
                    queue.block.peek(queue.hstatus(1))
                })
                .containsExactly(head, limit, hstatus0, hstatus1);
    }

    private int present(int line) {
        return MessageContent.present(queue.block.peek(queue.line(line)));
    }

    @Test
    void newQueue_startsInItsFirstHalf() {
        // 8 lines without the header's two are 6: the first half ends before line 6 / 2 + 1
        assertThat(queue.qlines).isEqualTo(6);
        assertState(2, 4, 0, 1);
        assertThat(queue.next()).isEqualTo(queue.line(2));
    }

    @Test
    void fourMessagesFit_theFifthIsRefused() {
        assertThat(send(0, 1)).isEqualTo(MessageResult.OK);
        assertState(3, 4, 0, 1);
        assertThat(send(1, 1)).isEqualTo(MessageResult.OK);
        assertState(4, 4, 0, 1);
        // the sender takes the second half, whose lock is cleared, and goes on there
        assertThat(send(2, 1)).isEqualTo(MessageResult.OK);
        assertState(5, 6, 0, 0);
        assertThat(send(3, 1)).isEqualTo(MessageResult.OK);
        assertState(6, 6, 0, 0);
        assertThat(send(4, 1)).isEqualTo(MessageResult.QUEUE_FULL);
        assertState(6, 6, 0, 0);
        for (int number = 0; number < 4; number++) {
            assertThat(receive()).isEqualTo(number);
        }
        assertThat(receive()).isEqualTo(-1);
        assertState(6, 6, 1, 1);
        assertThat(rig.count(MESQ_SEND)).isEqualTo(5);
        assertThat(rig.count(MESQ_SEND_QLIMIT_REACHED)).isEqualTo(2);
        assertThat(rig.count(MESQ_SEND_FAILED)).isOne();
        assertThat(rig.count(MESQ_QF_LOCKED)).isOne();
        assertThat(rig.count(MESQ_RECEIVE)).isEqualTo(4);
        assertThat(rig.count(MESQ_RECEIVE_NONE)).isOne();
    }

    @Test
    void halfHandedBack_isUsedAgain() {
        for (int number = 0; number < 4; number++) {
            send(number, 1);
        }
        receive();
        assertState(6, 6, 0, 0);
        receive();
        // the receiver passes line 4, where the second half starts
        assertState(6, 6, 1, 0);
        assertThat(send(4, 1)).isEqualTo(MessageResult.OK);
        assertState(3, 4, 0, 0);
    }

    @Test
    void messageThatDoesNotFitIn_leavesANoopBehind() {
        assertThat(send(0, 1)).isEqualTo(MessageResult.OK);
        assertThat(send(1, 2)).isEqualTo(MessageResult.OK);
        assertThat(present(3)).isEqualTo(MessageContent.NOOP);
        assertState(6, 6, 0, 0);
        assertThat(rig.count(MESQ_NOOP)).isOne();
        assertThat(receive()).isZero();
        assertThat(receive()).isOne();
        assertThat(rig.count(MESQ_RECEIVE)).isEqualTo(2);
    }

    @Test
    void nackedPut_isStoredAgain() {
        use("[{\"error\": \"put-nack\", \"rate\": 1, \"count\": 1}]", false);
        assertThat(send(0, 2)).isEqualTo(MessageResult.OK);
        assertThat(rig.count(MESQ_SEND_PUT_NACKED)).isOne();
        assertThat(rig.count(MESQ_NOOP)).isZero();
        assertThat(receive()).isZero();
    }

    @Test
    void nackedPutToAReceiverThatIsInterrupted_isFollowedByANoop() {
        use("[{\"error\": \"put-nack\", \"rate\": 1, \"count\": 1}]", true);
        assertThat(send(0, 1)).isEqualTo(MessageResult.OK);
        assertThat(rig.count(MESQ_NOOP)).isOne();
        assertThat(present(3)).isEqualTo(MessageContent.NOOP);
        assertThat(receive()).isZero();
        assertThat(receive()).isEqualTo(-1);
    }

    @Test
    void noopForTheInterrupt_isTriedTwoHundredTimesMore() {
        rig = new DriverRig("machine.coresPerSocket=4", "gru.errors.inject=[{\"error\": \"put-nack\", \"rate\": 1}]");
        rig.driver.kernelContexts().allow(0);
        queue = rig.driver.messageQueues().create("q", 0, 64 * 1024, 0, true);
        // every no-op message is nacked too, stored again, and so sent again
        assertThat(send(0, 1)).isEqualTo(MessageResult.OK);
        assertThat(rig.count(MESQ_NOOP)).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"amo-nack", "lb-overflow"})
    void refusalByMemoryOrHub_isCongestion(String error) {
        use("[{\"error\": \"" + error + "\", \"rate\": 1, \"count\": 1}]", false);
        assertThat(send(0, 1)).isEqualTo(MessageResult.CONGESTION);
        assertState(2, 4, 0, 1);
        assertThat(rig.count(error.equals("amo-nack") ? MESQ_SEND_AMO_NACKED : MESQ_SEND_LB_OVERFLOW))
                .isOne();
        assertThat(send(0, 1)).isEqualTo(MessageResult.OK);
    }

    @Test
    void badBlocks_areRefused() {
        assertThatThrownBy(() -> new MessageQueue(rig.engine, rig.machine.memory(), 9, "bad", 100, 512, false))
                .hasMessageContaining("aligned to lines");
        assertThatThrownBy(() -> new MessageQueue(rig.engine, rig.machine.memory(), 9, "bad", 0, 256, false))
                .hasMessageContaining("at least 8");
        long end = rig.machine.memory().framesOnBlade() * 4096;
        assertThatThrownBy(() -> new MessageQueue(rig.engine, rig.machine.memory(), 9, "bad", end - 64, 512, false))
                .hasMessageContaining("not contiguous");
    }
}
