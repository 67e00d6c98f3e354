package grusim.run;

import grusim.engine.Hash;

/**
 * One cycle through the numbers 0 to n - 1 that needs no memory: a linear congruence of full period (Hull and Dobell,
 * 1962) with multiplier and increment drawn from a seed.
 */
final class Cycle {
    private final long n;
    private final long multiplier;
    private final long increment;

    Cycle(long n, long seed) {
        this.n = n;
        long step = n % 4 == 0 ? 4 : 1;
        long rest = n;
        for (long p = 2; p * p <= rest; p++) {
            if (rest % p == 0) {
                step = step % p == 0 ? step : step * p;
                while (rest % p == 0) {
                    rest /= p;
                }
            }
        }
        step = rest > 1 && step % rest != 0 ? step * rest : step;
        long choices = Math.max(1, n / step);
        multiplier = 1 + step * Long.remainderUnsigned(Hash.finish(seed), choices) % n;
        long c = Long.remainderUnsigned(Hash.finish(seed + 1), n);
        while (gcd(c, n) != 1) {
            c = (c + 1) % n;
        }
        increment = c;
    }

    /** The number after this one. */
    long next(long number) {
        long high = Math.multiplyHigh(multiplier, number);
        long product = multiplier * number;
        long reduced = high == 0 && product >= 0
                ? product % n
                : java.math.BigInteger.valueOf(multiplier)
                        .multiply(java.math.BigInteger.valueOf(number))
                        .mod(java.math.BigInteger.valueOf(n))
                        .longValue();
        return (reduced + increment) % n;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
