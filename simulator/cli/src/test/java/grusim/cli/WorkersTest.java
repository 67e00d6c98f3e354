package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.run.RunProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void reports_comeInOrderAndTheWorstExitCodeCounts(int workers) throws IOException {
        List<Integer> reported = new ArrayList<>();
        int exitCode = Workers.inOrder(
                workers,
                List.of(0, 3, 2, 0, 0),
                code -> {
                    sleepMillis(code == 0 ? 20 : 1);
                    return code;
                },
                code -> {
                    reported.add(code);
                    return code;
                });
        assertThat(exitCode).isEqualTo(3);
        assertThat(reported).containsExactly(0, 3, 2, 0, 0);
    }

    private static void sleepMillis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void twoWorkers_runSideBySide() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        int exitCode = Workers.inOrder(
                2,
                List.of(1, 2),
                one -> {
                    both.countDown();
                    return awaits(both);
                },
                met -> met ? 0 : 1);
        assertThat(exitCode).isZero();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void failure_interruptsTheOthersAndWaitsForTheirEnd() {
        CountDownLatch running = new CountDownLatch(1);
        List<String> cleaned = Collections.synchronizedList(new ArrayList<>());
        assertThatThrownBy(() -> Workers.inOrder(
                        2,
                        List.of("bad", "long", "never"),
                        job -> {
                            if (job.equals("bad")) {
                                awaits(running);
                                throw new UncheckedIOException(new IOException("disk"));
                            }
                            RunProgress progress = Workers.stoppable(RunProgress.NONE);
                            running.countDown();
                            try {
                                while (true) {
                                    progress.at(0, 0, 0, 0);
                                }
                            } catch (CancellationException e) {
                                sleepUninterrupted();
                                cleaned.add(job);
                                throw e;
                            }
                        },
                        done -> 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("disk");
        assertThat(cleaned).contains("long");
    }

    private static void sleepUninterrupted() {
        boolean interrupted = Thread.interrupted();
        sleepMillis(50);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void errorsOfJobs_areThrownAsTheyAre() {
        assertThatThrownBy(() -> Workers.inOrder(1, List.of(1), x -> failing(new IOException("io")), x -> 0))
                .isInstanceOf(IOException.class)
                .hasMessage("io");
        assertThatThrownBy(() -> Workers.inOrder(
                        1,
                        List.of(1),
                        x -> {
                            throw new AssertionError("broken");
                        },
                        x -> 0))
                .isInstanceOf(AssertionError.class);
    }

    private static int failing(IOException e) throws IOException {
        throw e;
    }

    @Test
    void interruptedCaller_stopsTheJobs() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Workers.inOrder(
                        1,
                        List.of(1),
                        x -> {
                            RunProgress progress = Workers.stoppable(RunProgress.NONE);
                            while (true) {
                                progress.at(0, 0, 0, 0);
                            }
                        },
                        x -> 0))
                .isInstanceOf(UserError.class)
                .hasMessage("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void noWorkers_isRefused() {
        assertThatThrownBy(() -> Workers.inOrder(0, List.of(1), x -> x, x -> 0))
                .isInstanceOf(UserError.class)
                .hasMessage("--workers 0; accepted: 1 and above");
    }
}
