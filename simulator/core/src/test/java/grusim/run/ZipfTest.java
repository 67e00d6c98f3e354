package grusim.run;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Engine;
import grusim.engine.RandomStream;
import grusim.engine.SequentialMemory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZipfTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @CsvSource({"1,0.99", "2,1", "5,0.5", "10,1", "100,0.99", "100,1.5", "1000,0.01", "50,3", "7,10"})
    void draws_followTheLaw(int n, double exponent) {
        RandomStream random = Engine.timed(new SequentialMemory(), 5).stream("zipf");
        Zipf zipf = new Zipf(n, exponent);
        long[] counts = new long[n];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) zipf.draw(random)]++;
        }
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += Math.pow(k, -exponent);
        }
        for (int k = 1; k <= n; k++) {
            double p = Math.pow(k, -exponent) / sum;
            // six standard deviations
            double tolerance = 6 * Math.sqrt(DRAWS * p * (1 - p)) + 1;
            assertThat((double) counts[k - 1]).as("rank %d", k).isCloseTo(DRAWS * p, Offset.offset(tolerance));
        }
    }
}
