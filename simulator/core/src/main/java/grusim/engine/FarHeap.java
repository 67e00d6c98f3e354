package grusim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of events in total order that knows each event's index, so that any of them can be removed. */
final class FarHeap {
    private @Nullable Event[] heap = new @Nullable Event[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    long firstTimePs() {
        return at(0).timePs;
    }

    void add(Event event) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        siftUp(event, size++);
    }

    Event poll() {
        Event first = at(0);
        remove(first);
        return first;
    }

    void remove(Event event) {
        int index = event.place;
        assert index >= 0 && at(index) == event : "not in the heap";
        Event last = at(--size);
        heap[size] = null;
        event.place = Event.NOT_QUEUED;
        if (last != event) {
            if (index > 0 && last.before(at((index - 1) >>> 1))) {
                siftUp(last, index);
            } else {
                siftDown(last, index);
            }
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            at(i).place = Event.NOT_QUEUED;
        }
        Arrays.fill(heap, 0, size, null);
        size = 0;
    }

    private void siftUp(Event event, int from) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            Event above = at(parent);
            if (!event.before(above)) {
                break;
            }
            put(above, index);
            index = parent;
        }
        put(event, index);
    }

    private void siftDown(Event event, int from) {
        int index = from;
        while (true) {
            int child = 2 * index + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && at(child + 1).before(at(child))) {
                child++;
            }
            if (!at(child).before(event)) {
                break;
            }
            put(at(child), index);
            index = child;
        }
        put(event, index);
    }

    private void put(Event event, int index) {
        heap[index] = event;
        event.place = index;
    }

    private Event at(int index) {
        Event event = heap[index];
        assert event != null;
        return event;
    }
}
