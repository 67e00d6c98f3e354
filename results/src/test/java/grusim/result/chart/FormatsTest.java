package grusim.result.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormatsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.5, 0.5",
        "0.30000000000000004, 0.3",
        "40, 40",
        "1500, '1,500'",
        "9999, '9,999'",
        "10000, 10k",
        "20000, 20k",
        "1250000, 1.25M",
        "3e9, 3G",
        "-5, -5"
    })
    void count_isShort(double number, String text) {
        assertThat(new CountFormat().format(number)).isEqualTo(text);
    }

    @Test
    void percent_isWhole() {
        assertThat(new PercentFormat().format(40.0)).isEqualTo("40%");
    }

    @ParameterizedTest
    @CsvSource({"0, PS", "1999, PS", "2000, NS", "1250000000, US", "2000000000, MS", "9000000000000, S"})
    void timeScale_isTheLargestUnitTheSpanHasTwoOf(long spanPs, TimeScale scale) {
        assertThat(TimeScale.of(spanPs)).isEqualTo(scale);
    }

    @Test
    void png_readsBackAsTheSamePicture() throws IOException {
        BufferedImage image = new BufferedImage(37, 23, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int y = 0; y < 23; y++) {
            for (int x = 0; x < 37; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        BufferedImage back = ImageIO.read(new ByteArrayInputStream(Png.encode(image)));
        for (int y = 0; y < 23; y++) {
            for (int x = 0; x < 37; x++) {
                assertThat(back.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
            }
        }
    }
}
