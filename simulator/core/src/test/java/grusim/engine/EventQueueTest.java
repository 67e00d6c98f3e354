package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventQueueTest {
    private static final int SEEDS_PER_SHIFT = 12;
    private static final int OPERATIONS = 20_000;

    private static final class Marker extends Event {
        final int number;

        Marker(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "#" + number + " at " + timePs();
        }
    }

    /** What the reference queue holds for an event. */
    private record Entry(long timePs, int priority, long sequence, Marker marker) {}

    private static final Comparator<Entry> TOTAL_ORDER = Comparator.comparingLong(Entry::timePs)
            .thenComparingInt(Entry::priority)
            .thenComparingLong(Entry::sequence);

    /** One operation: what it does with the queue follows from its three numbers and the queue's state. */
    private record Operation(int kind, long delayPs, int pick) {}

    @Test
    void poll_ordersByTimeThenPriorityThenScheduling() {
        EventQueue queue = new EventQueue(0);
        Marker late = new Marker(1);
        Marker low = new Marker(2);
        Marker first = new Marker(3);
        Marker second = new Marker(4);
        queue.schedule(late, 8);
        queue.schedule(low, 7, 1);
        queue.schedule(first, 7);
        queue.schedule(second, 7);
        assertThat(List.of(poll(queue), poll(queue), poll(queue), poll(queue)))
                .containsExactly(first, second, low, late);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void farEvent_entersTheWheelBeforeLaterSchedulingsAtItsTime() {
        // The order that a lazy migration breaks: far is scheduled for a time beyond the wheel, then the clock
        // passes 1000 and near is scheduled for the same time.
        EventQueue queue = new EventQueue(0);
        Marker far = new Marker(1);
        Marker step = new Marker(2);
        Marker near = new Marker(3);
        long timePs = EventQueue.SLOTS + 500;
        queue.schedule(far, timePs);
        queue.schedule(step, 1000);
        assertThat(queue.poll()).isSameAs(step);
        queue.schedule(near, timePs);
        assertThat(queue.poll()).isSameAs(far);
        assertThat(queue.poll()).isSameAs(near);
    }

    @Test
    void schedule_refusesNegativeTimesAndThePast() {
        EventQueue queue = new EventQueue(0);
        Marker marker = new Marker(1);
        assertThatThrownBy(() -> queue.schedule(marker, Long.MAX_VALUE + 1)).isInstanceOf(AssertionError.class);
        queue.schedule(new Marker(2), 10);
        queue.poll();
        assertThatThrownBy(() -> queue.schedule(marker, 9)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 41})
    void constructor_refusesOtherShifts(int shift) {
        assertThatThrownBy(() -> new EventQueue(shift))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shift must be 0 to 40, not " + shift);
    }

    static Stream<Arguments> seeds() {
        return Stream.of(0, 1, 3, 12, 20, 40)
                .flatMap(shift -> Stream.iterate(1L, seed -> seed + 1)
                        .limit(SEEDS_PER_SHIFT)
                        .map(seed -> Arguments.of(shift, seed)));
    }

    @ParameterizedTest(name = "shift {0}, seed {1}")
    @MethodSource("seeds")
    void anyMix_keepsTheOrderOfPriorityQueue(int shift, long seed) {
        List<Operation> operations = operations(shift, seed);
        String difference = difference(shift, operations);
        if (difference != null) {
            List<Operation> shrunk = shrink(shift, operations);
            fail("shift %d, seed %d: %s; shrunk to %s: %s", shift, seed, difference, shrunk, difference(shift, shrunk));
        }
    }

    @Test
    void shrink_findsTheShortestFailingPrefixAndDropsWhatDoesNotMatter() {
        // The shrinker itself: "fails" whenever both a 3 and, later, a 5 are left.
        List<Integer> shrunk = shrinkBy(List.of(1, 3, 4, 5, 6), list -> {
            int three = list.indexOf(3);
            return three >= 0 && list.lastIndexOf(5) > three;
        });
        assertThat(shrunk).containsExactly(3, 5);
    }

    private static List<Operation> operations(int shift, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 64 + shift);
        int pollWeight = random.nextInt(20, 50);
        long mostTicks = (Long.MAX_VALUE >>> shift) / OPERATIONS - 1; // the clock must not overflow
        List<Operation> operations = new ArrayList<>(OPERATIONS);
        for (int i = 0; i < OPERATIONS; i++) {
            int draw = random.nextInt(100);
            int kind = draw < 45 ? 0 : draw < 45 + pollWeight ? 1 : draw < 97 ? 2 : 3;
            long ticks = switch (random.nextInt(10)) {
                case 0, 1 -> 0;
                case 2, 3, 4 -> random.nextInt(8);
                case 5, 6 -> random.nextInt(EventQueue.SLOTS);
                case 7 -> EventQueue.SLOTS - 2 + random.nextInt(4);
                case 8 -> random.nextInt(5 * EventQueue.SLOTS);
                default -> random.nextLong(1L << 20);
            };
            long within = random.nextInt(3) == 0 ? 0 : random.nextLong(1L << shift);
            operations.add(new Operation(kind, Math.min(ticks, mostTicks) << shift | within, random.nextInt(1 << 20)));
        }
        return operations;
    }

    /** Plays the operations on both queues; the first difference in words, or null. */
    private static @Nullable String difference(int shift, List<Operation> operations) {
        EventQueue queue = new EventQueue(shift);
        PriorityQueue<Entry> reference = new PriorityQueue<>(TOTAL_ORDER);
        List<Marker> idle = new ArrayList<>();
        long nowPs = 0;
        long sequence = 0;
        int made = 0;
        for (Operation operation : operations) {
            Entry head = reference.peek();
            switch (operation.kind) {
                case 0 -> {
                    Marker marker = idle.isEmpty() ? new Marker(made++) : idle.remove(idle.size() - 1);
                    int priority = operation.pick % 4 == 0 ? operation.pick / 4 % 3 : 0;
                    queue.schedule(marker, nowPs + operation.delayPs, priority);
                    reference.add(new Entry(nowPs + operation.delayPs, priority, sequence++, marker));
                }
                case 1 -> {
                    Event polled = queue.poll();
                    Entry expected = reference.poll();
                    if (expected == null ? polled != null : polled != expected.marker) {
                        return "polled " + polled + " instead of " + expected;
                    }
                    if (expected != null) {
                        nowPs = expected.timePs;
                        idle.add(expected.marker);
                    }
                }
                case 2 -> {
                    if (head != null) {
                        Entry victim = reference.stream()
                                .skip(operation.pick % reference.size())
                                .findFirst()
                                .orElse(head);
                        reference.remove(victim);
                        queue.remove(victim.marker);
                        idle.add(victim.marker);
                    }
                }
                default -> {
                    // Time passes without the queue's knowledge, as when an agent runs ahead.
                    long limit = head == null ? nowPs + operation.delayPs : head.timePs;
                    nowPs = Math.min(limit, nowPs + operation.delayPs);
                }
            }
            head = reference.peek();
            if (queue.size() != reference.size()) {
                return "size " + queue.size() + " instead of " + reference.size();
            }
            if (operation.pick % 3 != 0 && queue.firstTimePs() != (head == null ? Long.MAX_VALUE : head.timePs)) {
                return "first time is " + queue.firstTimePs() + " instead of " + head;
            }
        }
        while (!reference.isEmpty()) {
            Entry expected = reference.remove();
            Event polled = queue.poll();
            if (polled != expected.marker || polled.queued()) {
                return "drained " + polled + " instead of " + expected;
            }
        }
        return queue.poll() == null ? null : "not empty in the end";
    }

    private static List<Operation> shrink(int shift, List<Operation> operations) {
        return shrinkBy(operations, list -> difference(shift, list) != null);
    }

    private interface Failure<T> {
        boolean in(List<T> list);
    }

    private static <T> List<T> shrinkBy(List<T> failing, Failure<T> failure) {
        List<T> kept = new ArrayList<>(failing);
        for (int chunk = kept.size() / 2; chunk >= 1; chunk = chunk == 1 ? 0 : (chunk + 1) / 2) {
            for (int from = kept.size() - chunk; from >= 0; from -= chunk) {
                List<T> without = new ArrayList<>(kept.subList(0, from));
                without.addAll(kept.subList(Math.min(kept.size(), from + chunk), kept.size()));
                if (failure.in(without)) {
                    kept = without;
                }
            }
        }
        return kept;
    }

    @Test
    void reset_forgetsEveryEventNearAndFar() {
        EventQueue queue = new EventQueue(0);
        Marker near = new Marker(1);
        Marker far = new Marker(2);
        queue.schedule(near, 3);
        queue.schedule(far, 1_000_000);
        assertThat(queue.firstTimePs()).isEqualTo(3);
        queue.reset(500, 77);
        assertThat(near.queued()).isFalse();
        assertThat(far.queued()).isFalse();
        assertThat(queue.size()).isZero();
        assertThat(queue.poll()).isNull();
        assertThat(queue.nextSequence()).isEqualTo(77);
        queue.schedule(near, 500);
        assertThat(queue.poll()).isSameAs(near);
    }

    private static Event poll(EventQueue queue) {
        return Objects.requireNonNull(queue.poll());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, -1})
    void shuffledTies_keepTimesAndPriorities_andLoseNothing(long seed) {
        EventQueue queue = new EventQueue(4);
        queue.shuffleTies(seed);
        for (int i = 0; i < 600; i++) {
            // 600 events at 30 times with two priorities: ten of each
            queue.schedule(new Marker(i), i % 30 * 50L, i / 30 % 2);
        }
        List<Integer> order = new ArrayList<>();
        for (Event event = queue.poll(); event != null; event = queue.poll()) {
            order.add(((Marker) event).number);
        }
        assertThat(order).hasSize(600).doesNotHaveDuplicates();
        assertThat(order.stream().map(i -> i % 30 * 2 + i / 30 % 2).toList()).isSorted();
        assertThat(order.subList(0, 10)).containsExactlyInAnyOrder(0, 60, 120, 180, 240, 300, 360, 420, 480, 540);
        assertThat(order.subList(0, 10)).isNotEqualTo(List.of(0, 60, 120, 180, 240, 300, 360, 420, 480, 540));
    }

    @Test
    void shuffleTies_onceEventsAreScheduled_isRefused() {
        EventQueue queue = new EventQueue(4);
        queue.schedule(new Marker(1), 5);
        assertThatThrownBy(() -> queue.shuffleTies(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 events are scheduled already");
    }
}
