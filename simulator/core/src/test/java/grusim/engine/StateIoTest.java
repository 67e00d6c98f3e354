package grusim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StateIoTest {
    /** One field of every kind. */
    private static final class Component implements Stateful {
        long word;
        int number;
        boolean flag;
        long[] words = new long[2];
        int used;
        int[] numbers = new int[3];
        byte[] bytes = new byte[21];
        boolean[] flags = new boolean[70];
        long dueAtPs;

        @Override
        public void state(StateIo io) {
            word = io.i64(word);
            number = io.i32(number);
            flag = io.bool(flag);
            used = io.i32(used);
            words = io.array(words, used);
            io.array(numbers);
            io.array(bytes);
            io.array(flags);
            if (io.timed()) {
                dueAtPs = io.i64(dueAtPs);
            }
        }
    }

    private static Component filled() {
        Component component = new Component();
        component.word = Long.MIN_VALUE;
        component.number = -7;
        component.flag = true;
        component.words = new long[] {1, 2, 3, 4};
        component.used = 3;
        component.numbers[2] = Integer.MIN_VALUE;
        for (int i = 0; i < component.bytes.length; i++) {
            component.bytes[i] = (byte) (i * 37);
        }
        component.flags[0] = true;
        component.flags[63] = true;
        component.flags[69] = true;
        component.dueAtPs = 12;
        return component;
    }

    @Test
    void everyKindOfField_survives() {
        Component fresh = new Component();
        StateContract.assertRoundTrip(filled(), fresh, true);
        assertThat(fresh.word).isEqualTo(Long.MIN_VALUE);
        assertThat(fresh.number).isEqualTo(-7);
        assertThat(fresh.flag).isTrue();
        assertThat(fresh.words).startsWith(1, 2, 3);
        assertThat(fresh.numbers).containsExactly(0, 0, Integer.MIN_VALUE);
        assertThat(fresh.bytes).isEqualTo(filled().bytes);
        assertThat(fresh.flags).isEqualTo(filled().flags);
        assertThat(fresh.dueAtPs).isEqualTo(12);
    }

    @Test
    void bytesAndFlags_arePacked() {
        // word, number, flag, used, 3 words, 3 numbers, 21 bytes in 3, 70 flags in 2, the due time.
        assertThat(Snapshot.of(filled(), true).length()).isEqualTo(4 + 3 + 3 + 3 + 2 + 1);
    }

    @Test
    void timingState_isLeftOutWhenExploring() {
        Component early = filled();
        Component late = filled();
        late.dueAtPs = 999;
        assertThat(Snapshot.of(early, false)).isEqualTo(Snapshot.of(late, false));
        assertThat(Snapshot.of(early, false).fingerprint())
                .isEqualTo(Snapshot.of(late, false).fingerprint());
        assertThat(Snapshot.of(early, true)).isNotEqualTo(Snapshot.of(late, true));
    }

    @Test
    void fingerprints_differForEveryChangedBit() {
        long[] fingerprints = new long[64 * 4];
        for (int bit = 0; bit < fingerprints.length; bit++) {
            Component component = new Component();
            component.used = 4;
            component.words = new long[4];
            component.words[bit / 64] = 1L << bit;
            fingerprints[bit] = Snapshot.of(component, false).fingerprint();
        }
        assertThat(Arrays.stream(fingerprints).distinct().count()).isEqualTo(fingerprints.length);
    }

    @Test
    void savingAgain_replacesWhatWasSaved() {
        Snapshot snapshot = new Snapshot(true);
        assertThat(snapshot.length()).isZero();
        snapshot.save(filled());
        assertThat(snapshot).isEqualTo(Snapshot.of(filled(), true));
        snapshot.save(new Component());
        assertThat(snapshot).isEqualTo(Snapshot.of(new Component(), true)).isNotEqualTo(Snapshot.of(filled(), true));
    }

    @Test
    void wordsKeptElsewhere_areLoadedFromThere() {
        Snapshot snapshot = Snapshot.of(filled(), true);
        long[] kept = new long[snapshot.length() + 5];
        snapshot.copyTo(kept, 5);
        snapshot.save(new Component());
        Component loaded = new Component();
        snapshot.load(loaded, kept, 5, kept.length - 5);
        assertThat(Snapshot.of(loaded, true)).isEqualTo(Snapshot.of(filled(), true));
        assertThat(snapshot).isEqualTo(Snapshot.of(new Component(), true));
        assertThatThrownBy(() -> snapshot.load(loaded, kept, 5, kept.length - 6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("saved words");
    }

    @Test
    void loading_anotherShape_isRefused() {
        Snapshot saved = Snapshot.of(filled(), true);
        assertThatThrownBy(() ->
                        saved.into(new SequentialMemory().cell(Engine.timed(new SequentialMemory(), 1), "cell", 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("saved words");
        Engine engine = Engine.timed(new SequentialMemory(), 1);
        Snapshot small = Snapshot.of(engine.cell("one", 1), true);
        assertThatThrownBy(() -> small.into(new Component()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("saved words");
        assertThatThrownBy(() -> Snapshot.of(engine, true).into(Engine.timed(new SequentialMemory(), 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other agents");
    }
}
