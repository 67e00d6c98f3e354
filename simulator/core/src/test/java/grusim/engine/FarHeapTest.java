package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FarHeapTest {
    private static final class Marker extends Event {}

    private static Marker marker(long timePs, int priority, long sequence) {
        Marker marker = new Marker();
        marker.timePs = timePs;
        marker.sequence = Event.order(priority, sequence);
        return marker;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void poll_isInTotalOrderWhateverWasRemovedFromTheMiddle(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FarHeap heap = new FarHeap();
        List<Marker> model = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int draw = random.nextInt(10);
            if (draw < 6 || model.isEmpty()) {
                Marker added = marker(random.nextInt(50), random.nextInt(3), i);
                heap.add(added);
                model.add(added);
            } else if (draw < 8) {
                Marker removed = model.remove(random.nextInt(model.size()));
                heap.remove(removed);
                assertThat(removed.queued()).isFalse();
            } else {
                Marker smallest = model.get(0);
                for (Marker each : model) {
                    smallest = each.before(smallest) ? each : smallest;
                }
                assertThat(heap.firstTimePs()).isEqualTo(smallest.timePs());
                assertThat(heap.poll()).isSameAs(smallest);
                model.remove(smallest);
            }
        }
        while (!model.isEmpty()) {
            Event polled = heap.poll();
            assertThat(model).noneMatch(other -> other.before(polled));
            assertThat(model.remove(polled)).isTrue();
        }
        assertThat(heap.isEmpty()).isTrue();
    }
}
