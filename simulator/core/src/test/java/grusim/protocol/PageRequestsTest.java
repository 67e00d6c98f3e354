package grusim.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Agent;
import grusim.engine.Engine;
import grusim.engine.SequentialMemory;
import grusim.engine.StateContract;
import grusim.engine.Why;
import grusim.protocol.PageRequests.Outcome;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class PageRequestsTest {
    private final Engine engine = Engine.timed(new SequentialMemory(), 1);
    private final PageRequests requests = new PageRequests(engine, "requests");
    private final Agent first = new Agent(engine, "first");
    private final Agent second = new Agent(engine, "second");

    /** One access in a step of its own. */
    private void step(Agent agent, Consumer<Agent> access) {
        agent.start(
                new Script(engine, "step", 0)
                        .then("access", (a, here) -> {
                            access.accept(a);
                            a.next(here + 1, 0, Why.VM);
                        })
                        .end(),
                0);
        engine.timed().run(Long.MAX_VALUE);
    }

    private void request(Agent agent, long vaddr) {
        step(agent, a -> requests.request(a, vaddr));
    }

    private void finishes(Agent agent, Outcome outcome) {
        step(agent, a -> assertThat(requests.finish(a)).isEqualTo(outcome));
    }

    @Test
    void range_marksTheRequestsItMeets() {
        request(second, 0x2000);
        request(first, 0x1000);
        step(first, a -> requests.invalidate(a, 0x2000, 0x3000));
        finishes(first, Outcome.USE);
        finishes(second, Outcome.AGAIN);
        request(second, 0x2000);
        finishes(second, Outcome.USE);
    }

    @Test
    void requestThatIsMarkedFourTimes_isGivenUpAfterThreeRetries() {
        for (int retry = 0; retry < 3; retry++) {
            request(first, 0x1000);
            step(second, a -> requests.invalidate(a, 0, 0x9000));
            finishes(first, Outcome.AGAIN);
        }
        request(first, 0x1000);
        step(second, a -> requests.invalidate(a, 0, 0x9000));
        finishes(first, Outcome.GIVE_UP);
        request(first, 0x1000);
        step(second, a -> requests.invalidate(a, 0, 0x9000));
        finishes(first, Outcome.AGAIN);
    }

    @Test
    void requestForAnotherPage_beginsToCountAnew() {
        for (int retry = 0; retry < 3; retry++) {
            request(first, 0x1000);
            step(second, a -> requests.invalidate(a, 0, 0x9000));
            finishes(first, Outcome.AGAIN);
        }
        request(first, 0x2000);
        step(second, a -> requests.invalidate(a, 0, 0x9000));
        finishes(first, Outcome.AGAIN);
    }

    @Test
    void state_isKept() {
        request(first, 0x1000);
        request(second, 0x2000);
        step(first, a -> requests.invalidate(a, 0x2000, 0x3000));
        PageRequests other = new PageRequests(Engine.timed(new SequentialMemory(), 1), "requests");
        StateContract.assertRoundTrip(requests, other, true);
    }
}
