package grusim.engine;

import java.nio.ByteBuffer;
import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.core.source64.XoShiRo256PlusPlus;

/**
 * A named source of random numbers (xoshiro256++). Each component has one of its own, so that adding a component changes
 * nobody else's numbers and two designs can share the same ones.
 */
public final class RandomStream implements UniformRandomProvider, Stateful {
    private final UniformRandomProvider generator;

    private RandomStream(UniformRandomProvider generator) {
        this.generator = generator;
    }

    /** A stream that is the same for the same seed, for whoever is no component of a machine. */
    public static RandomStream seeded(long seed) {
        long[] words = new long[4];
        for (int i = 0; i < words.length; i++) {
            words[i] = Hash.finish(seed + (i + 1) * 0x9e3779b97f4a7c15L);
        }
        return new RandomStream(new XoShiRo256PlusPlus(words));
    }

    /** A stream that must not be drawn from. */
    static RandomStream refused(String name) {
        return new RandomStream(() -> {
            throw new IllegalStateException(
                    "random stream " + name + " is drawn from in an exploration; a choice of the engine must decide");
        });
    }

    @Override
    public long nextLong() {
        return generator.nextLong();
    }

    /** A uniform number from 0 to {@code bound} - 1; {@code bound} is at least 1. */
    public int below(int bound) {
        return generator.nextInt(bound);
    }

    /** A uniform number from 0 to {@code bound} - 1; {@code bound} is at least 1. */
    public long below(long bound) {
        return generator.nextLong(bound);
    }

    /** An exponentially distributed delay of the given mean, at least 1 ps. */
    public long exponentialPs(long meanPs) {
        double uniform = ((generator.nextLong() >>> 11) + 1) * 0x1p-53;
        return Math.max(1, (long) (-StrictMath.log(uniform) * meanPs));
    }

    @Override
    public void state(StateIo io) {
        if (!(generator instanceof RestorableUniformRandomProvider restorable)) {
            return;
        }
        RandomProviderState saved = restorable.saveState();
        ByteBuffer bytes = ByteBuffer.wrap(((RandomProviderDefaultState) saved).getState());
        ByteBuffer restored = ByteBuffer.allocate(bytes.capacity());
        int words = bytes.capacity() / Long.BYTES;
        for (int i = 0; i < words; i++) {
            restored.putLong(io.i64(bytes.getLong()));
        }
        while (bytes.hasRemaining()) {
            restored.put((byte) io.i64(bytes.get()));
        }
        if (io.loading()) {
            restorable.restoreState(new RandomProviderDefaultState(restored.array()));
        }
    }
}
