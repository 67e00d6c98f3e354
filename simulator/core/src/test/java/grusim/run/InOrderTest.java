package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class InOrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void results_comeInOrder(int workers) {
        List<Integer> taken = new ArrayList<>();
        try (InOrder<Integer> jobs = new InOrder<>(workers, 20, 20, number -> 10 * number)) {
            for (int i = 0; i < 20; i++) {
                taken.add(jobs.next());
            }
        }
        assertThat(taken).hasSize(20).isSorted().endsWith(180, 190);
    }

    @Test
    void jobsThatMayNotBeWanted_areBegunForIdleThreadsOnly() {
        Set<Integer> begun = new ConcurrentSkipListSet<>();
        try (InOrder<Integer> jobs = new InOrder<>(2, 3, 100, number -> {
            begun.add(number);
            return number;
        })) {
            for (int i = 0; i < 3; i++) {
                assertThat(jobs.next()).isEqualTo(i);
            }
            // three were wanted in any case; when the third was asked for, two had been taken: 0 to 2 + 2 - 1
            assertThat(begun).contains(0, 1, 2).isSubsetOf(0, 1, 2, 3);
        }
    }

    @Test
    void oneWorker_isTheThreadThatTakes() {
        try (InOrder<Thread> jobs = new InOrder<>(1, 1, 5, number -> Thread.currentThread())) {
            assertThat(jobs.next()).isSameAs(Thread.currentThread());
        }
    }

    @Test
    void close_interruptsWhatIsUnderWayAndWaitsForIt() throws InterruptedException {
        CountDownLatch under = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (InOrder<Integer> jobs = new InOrder<>(2, 2, 2, number -> {
            if (number == 1) {
                under.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.set(true);
                }
            }
            return number;
        })) {
            jobs.next();
            under.await();
        }
        assertThat(ended).isTrue();
    }

    @Test
    void failure_ofTheFirstInOrder_isThrown() {
        List<Integer> numbers = Collections.synchronizedList(new ArrayList<>());
        assertThatThrownBy(() -> {
                    try (InOrder<Integer> jobs = new InOrder<>(3, 3, 3, number -> {
                        numbers.add(number);
                        throw new IllegalStateException("job " + number);
                    })) {
                        jobs.next();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job 0");
    }
}
