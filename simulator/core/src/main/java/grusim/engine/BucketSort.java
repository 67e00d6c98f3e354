package grusim.engine;

import org.jspecify.annotations.Nullable;

/**
 * Puts a bucket's stack of events in order: a natural merge sort of linked lists that allocates nothing. A stack filled
 * in the events' order, the usual case, is turned around in one pass.
 */
final class BucketSort {
    /** Sorted lists waiting to be merged; the i-th was merged i times. */
    private final @Nullable Event[] runs = new @Nullable Event[Integer.SIZE];

    /** The events of the stack as a list in order. */
    Event sorted(Event newest) {
        Event rest = newest;
        int used = 0;
        while (true) {
            Event run = rest;
            rest = rest.next;
            run.next = null;
            while (rest != null && rest.before(run)) {
                Event older = rest.next;
                rest.next = run;
                run = rest;
                rest = older;
            }
            if (rest == null) {
                return mergedWithAll(run, used);
            }
            int i = 0;
            for (Event waiting = runs[0]; waiting != null; waiting = runs[++i]) {
                run = merged(waiting, run);
                runs[i] = null;
            }
            runs[i] = run;
            used = Math.max(used, i + 1);
        }
    }

    private Event mergedWithAll(Event last, int used) {
        Event all = last;
        for (int i = 0; i < used; i++) {
            Event waiting = runs[i];
            if (waiting != null) {
                all = merged(waiting, all);
                runs[i] = null;
            }
        }
        return all;
    }

    private static Event merged(Event one, Event other) {
        Event head = one;
        Event tail = one;
        Event left = one.next;
        Event right = other;
        if (other.before(one)) {
            head = other;
            tail = other;
            left = one;
            right = other.next;
        }
        while (left != null && right != null) {
            if (left.before(right)) {
                tail.next = left;
                tail = left;
                left = left.next;
            } else {
                tail.next = right;
                tail = right;
                right = right.next;
            }
        }
        tail.next = left == null ? right : left;
        return head;
    }
}
