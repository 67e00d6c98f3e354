package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageSizeTest {
    /** 2 MiB: shift 21, above 20, so (21 + 2) / 2 - 6 = 11 - 6 = 5. */
    @ParameterizedTest
    @CsvSource({"12,0", "14,1", "16,2", "18,3", "20,4", "21,5", "22,6", "24,7", "26,8", "40,15"})
    void code_followsTheShift(int shift, int code) {
        assertThat(PageSize.ofShift(shift).code()).isEqualTo(code);
        assertThat(PageSize.of(code).shift()).isEqualTo(shift);
    }

    @Test
    void masks_fillTheSixteenBitsOfSizeavail() {
        int all = 0;
        for (PageSize size : PageSize.values()) {
            assertThat(size.mask()).isEqualTo(1 << size.code());
            assertThat(size.bytes()).isEqualTo(1L << size.shift());
            all |= size.mask();
        }
        assertThat(all).isEqualTo(0xffff);
    }

    @Test
    void unknownSizes_areRefused() {
        assertThatThrownBy(() -> PageSize.ofShift(13)).hasMessageContaining("no shift 13; accepted: 12, 14");
        assertThatThrownBy(() -> PageSize.of(16)).hasMessageContaining("page size: no code 16; accepted: 0 kib_4");
    }
}
