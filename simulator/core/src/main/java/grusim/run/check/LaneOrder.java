package grusim.run.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which lanes stand beside each other: agents that pass each other values are neighbours, as far as that goes.
 * Tries every order of up to eight lanes; more keep the order in which they came.
 */
final class LaneOrder {
    private static final int MOST = 8;

    private final int[][] values;
    private int[] best;
    private long least = Long.MAX_VALUE;

    /** {@code values[i][j]}: how often lane i accessed what lane j had written last. */
    private LaneOrder(int[][] values) {
        this.values = values;
        best = new int[values.length];
        Arrays.setAll(best, i -> i);
    }

    /** The lanes in order. */
    static List<Integer> of(int[][] values) {
        LaneOrder order = new LaneOrder(values);
        if (values.length <= MOST) {
            order.place(new int[values.length], 0, 0);
        }
        return Arrays.stream(order.best).boxed().toList();
    }

    private void place(int[] order, int placed, long taken) {
        if (placed == order.length) {
            long cost = cost(order);
            if (cost < least) {
                least = cost;
                best = order.clone();
            }
            return;
        }
        for (int lane = 0; lane < order.length; lane++) {
            if ((taken & 1L << lane) == 0) {
                order[placed] = lane;
                place(order, placed + 1, taken | 1L << lane);
            }
        }
    }

    private long cost(int[] order) {
        long cost = 0;
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < i; j++) {
                cost += (long) (values[order[i]][order[j]] + values[order[j]][order[i]]) * (i - j);
            }
        }
        return cost;
    }

    /** The place of each lane in an order of lanes. */
    static List<Integer> places(List<Integer> order) {
        List<Integer> places = new ArrayList<>(order);
        for (int place = 0; place < order.size(); place++) {
            places.set(order.get(place), place);
        }
        return places;
    }
}
