package grusim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.Routine;
import grusim.engine.SequentialMemory;
import grusim.engine.Snapshot;
import grusim.engine.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final List<Long> begins = new ArrayList<>();

    /** One agent makes a request at each of the times. */
    private void requests(ToLongFunction<Agent> request, long... atPs) {
        Routine routine = new Routine(engine, "requests", 0) {
            @Override
            public String stepName(int pc) {
                return "request";
            }

            @Override
            public void step(Agent agent, int pc) {
                begins.add(request.applyAsLong(agent));
                if (pc + 1 < atPs.length) {
                    agent.next(pc + 1, atPs[pc + 1] - atPs[pc], Why.COMPUTE);
                } else {
                    agent.done(0);
                }
            }
        };
        new Agent(engine, "requester").start(routine, atPs[0]);
        engine.timed().run(Long.MAX_VALUE);
    }

    @Test
    void equalRequests_beginAtZeroAndAtTheServiceTime() {
        // 64 bytes at 25.6 GB/s take 2,500 ps
        MemoryPort port = new MemoryPort(engine, "memory", 130_000, 25_600_000_000L);
        requests(port::request, 100, 100, 100, 10_000);
        assertThat(begins).containsExactly(100L, 2_600L, 5_100L, 10_000L);
        assertThat(port.requests()).isEqualTo(4);
        assertThat(port.busyPs()).isEqualTo(10_000);
        assertThat(port.queuedPs()).isEqualTo(2_500 + 5_000);
    }

    @Test
    void request_oneTickBeforeTheServerIsFree_waitsForThatTick() {
        MemoryPort port = new MemoryPort(engine, "memory", 130_000, 25_600_000_000L);
        requests(port::request, 0, 2_499, 5_000);
        assertThat(begins).containsExactly(0L, 2_500L, 5_000L);
    }

    @ParameterizedTest
    @CsvSource({
        // bytes with the header of 16, rate, picoseconds rounded up
        "0, 8000000000, 2000",
        "64, 8000000000, 10000",
        "64, 7500000000, 10667",
        "1, 3200000000, 5313"
    })
    void message_takesItsBytesAndItsHeader(int bytes, long bytesPerSecond, long expectedPs) {
        assertThat(new Link(engine, "link", bytesPerSecond).messagePs(bytes)).isEqualTo(expectedPs);
    }

    @Test
    void exploration_neverWaitsAndReservesNothing() {
        Engine exploring = Engine.exploring(new SequentialMemory());
        MemoryPort port = new MemoryPort(exploring, "memory", 130_000, 25_600_000_000L);
        Routine twice = new Routine(exploring, "twice", 0) {
            @Override
            public String stepName(int pc) {
                return "request";
            }

            @Override
            public void step(Agent agent, int pc) {
                begins.add(port.request(agent));
                if (pc == 0) {
                    agent.next(1, 0, Why.COMPUTE);
                } else {
                    agent.done(0);
                }
            }
        };
        Snapshot before = Snapshot.of(port, false);
        Agent agent = new Agent(exploring, "agent");
        agent.start(twice, 0);
        exploring.exploring().step(agent);
        exploring.exploring().step(agent);
        assertThat(begins).containsExactly(0L, 0L);
        assertThat(Snapshot.of(port, false)).isEqualTo(before);
    }
}
