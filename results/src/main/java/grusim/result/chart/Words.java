package grusim.result.chart;

import grusim.result.Replications;
import grusim.result.RunResult;
import grusim.result.text.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers in the sentences under charts. */
final class Words {
    private static final BigDecimal NEARLY_ALL = new BigDecimal("99.4");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private Words() {}

    /** A part of a whole in percent: whole numbers from ten on, one decimal below and where it is
     * nearly all. */
    static String share(long part, long whole) {
        if (whole <= 0 || part <= 0) {
            return "0%";
        }
        BigDecimal percent = BigDecimal.valueOf(part).scaleByPowerOfTen(2);
        BigDecimal fine = percent.divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
        if (fine.signum() == 0) {
            return "<0.1%";
        }
        boolean nearlyAll = part < whole && fine.compareTo(NEARLY_ALL) > 0;
        if (nearlyAll && fine.compareTo(ALL) >= 0) {
            return ">99.9%";
        }
        BigDecimal shown = fine.compareTo(BigDecimal.TEN) >= 0 && !nearlyAll
                ? percent.divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                : fine.stripTrailingZeros();
        return (shown.scale() < 0 ? shown.setScale(0) : shown).toPlainString() + "%";
    }

    /** A number of things, for example {@code 1 sample} or {@code 2 samples}. */
    static String count(long count, String thing) {
        return Quantity.count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /** How long the runs took in simulated time, the shortest and the longest. */
    static String simulated(Replications runs) {
        List<Long> times =
                runs.runs().stream().map(RunResult::simulatedPs).sorted().toList();
        String least = Quantity.time(times.get(0));
        String most = Quantity.time(times.get(times.size() - 1));
        return (least.equals(most) ? least : least + " to " + most) + " simulated" + (times.size() > 1 ? " each" : "");
    }

    /** How many times as large one duration is as another, with two significant digits, or null. */
    static @Nullable String times(long large, long small) {
        if (small <= 0) {
            return null;
        }
        BigDecimal ratio = BigDecimal.valueOf(large).divide(BigDecimal.valueOf(small), 1, RoundingMode.HALF_UP);
        BigDecimal shown = ratio.compareTo(BigDecimal.TEN) >= 0 ? ratio.setScale(0, RoundingMode.HALF_UP) : ratio;
        return shown.toPlainString() + " times";
    }
}
