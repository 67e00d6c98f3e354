package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryTest {
    @Test
    void write_keepsTheOldValueBehindTheNew() {
        History history = new History();
        history.write(7, 10); // over the value 10
        history.write(7, 11);
        Place place = Objects.requireNonNull(history.find(7));
        assertThat(place.count).isEqualTo(3);
        assertThat(place.message(2).value).isEqualTo(10);
        assertThat(place.message(1).value).isEqualTo(11);
        assertThat(place.readable(place.message(1).stamp)).isEqualTo(2);
        assertThat(place.readable(View.NOTHING)).isEqualTo(3);
        history.trim(place, place.message(1).stamp);
        assertThat(place.count).isEqualTo(2);
        assertThat(history.find(8)).isNull();
    }

    @Test
    void aPlaceListedAgain_isNewerThanEveryViewOfBefore() {
        History history = new History();
        long before = history.write(7, 0).stamp;
        history.remove(Objects.requireNonNull(history.first()));
        history.write(7, 1);
        assertThat(history.matters(7, before)).isFalse();
        assertThat(Objects.requireNonNull(history.first()).oldest().stamp).isGreaterThanOrEqualTo(before);
    }

    /** Values written to each place that may still be read, oldest first, as a map of lists has them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void places_areThoseOfAMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = new History();
        TreeMap<Long, List<Long>> oracle = new TreeMap<>();
        long[] newest = new long[400];
        for (int i = 0; i < 20_000; i++) {
            long key = (long) random.nextInt(4) << Integer.SIZE | random.nextInt(100);
            int word = (int) (key >>> Integer.SIZE) * 100 + (int) key;
            if (random.nextInt(3) > 0) {
                history.write(key, newest[word]);
                oracle.computeIfAbsent(key, k -> new ArrayList<>()).add(newest[word]);
                newest[word] = i;
            } else {
                Place place = history.find(key);
                assertThat(place == null).isEqualTo(!oracle.containsKey(key));
                if (place != null && random.nextBoolean()) {
                    history.remove(place);
                    oracle.remove(key);
                } else if (place != null) {
                    int drop = random.nextInt(place.count);
                    history.trim(place, place.message(place.count - 1 - drop).stamp);
                    Objects.requireNonNull(oracle.get(key)).subList(0, drop).clear();
                }
            }
        }
        Place[] sorted = history.sorted();
        assertThat(history.size()).isEqualTo(oracle.size()).isGreaterThan(100);
        int rank = 0;
        for (long key : oracle.keySet()) {
            Place place = sorted[rank];
            assertThat(place.key).isEqualTo(key);
            assertThat(place.rank).isEqualTo(rank++);
            List<Long> old = new ArrayList<>();
            for (Message m = place.oldest(); m != place.newest(); m = Place.newer(m)) {
                old.add(m.value);
            }
            assertThat(old).isEqualTo(oracle.get(key));
        }
        long last = Long.MIN_VALUE;
        for (Place place = history.first(); place != null; place = place.next) {
            assertThat(place.newest().stamp).as("order of newest writes").isGreaterThan(last);
            last = place.newest().stamp;
        }
    }

    @Test
    void advance_forgetsWhatWasOverwrittenLongAgo() {
        History history = new History();
        history.advance(100, 100 - 50);
        history.write(1, 0); // stamped 100
        history.advance(120, 120 - 50);
        history.write(1, 5); // stamped 120
        history.advance(149, 149 - 50);
        assertThat(history.find(1)).extracting(p -> p.count).isEqualTo(3);
        history.advance(150, 150 - 50); // the first was overwritten 50 ps ago
        assertThat(history.find(1)).extracting(p -> p.count).isEqualTo(2);
        history.advance(169, 169 - 50);
        assertThat(history.find(1)).extracting(p -> p.count).isEqualTo(2);
        history.advance(170, 170 - 50);
        assertThat(history.find(1)).isNull();
    }

    @Test
    void view_joinsAndForgets() {
        View one = new View();
        View other = new View();
        for (int i = 0; i < 9; i++) {
            one.raise(10 - i, i + 1);
            other.raise(2L * i, 5);
        }
        one.join(other);
        // One has 2 to 10 stamped 9 down to 1; the other 0, 2, .. 16 stamped 5.
        assertThat(one.of(0)).isEqualTo(5);
        assertThat(one.of(2)).isEqualTo(9);
        assertThat(one.of(8)).isEqualTo(5);
        assertThat(one.of(9)).isEqualTo(2);
        assertThat(one.of(1)).isEqualTo(View.NOTHING);
        assertThat(one.size()).isEqualTo(13);
        one.forget((place, stamp) -> stamp > 5);
        assertThat(one.size()).isEqualTo(4);
        one.become(other);
        assertThat(one.size()).isEqualTo(9);
        one.join(one);
        assertThat(one.size()).isEqualTo(9);
    }
}
