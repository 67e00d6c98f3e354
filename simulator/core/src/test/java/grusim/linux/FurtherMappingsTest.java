package grusim.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frame 5 is mapped by three further pages, frame 2 by one; no other is. */
final class FurtherMappingsTest {
    private final FurtherMappings mappings = new FurtherMappings();

    @BeforeEach
    void map() {
        mappings.add(5, 1, 0x1000);
        mappings.add(2, 7, 0x2000);
        mappings.add(5, 3, 0xffff_ffff_f000L);
        mappings.add(5, 2, 0x4abc);
    }

    private List<String> of(int frame) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < mappings.count(frame); i++) {
            all.add("mm%d 0x%x".formatted(mappings.mm(frame, i), mappings.vaddr(frame, i)));
        }
        return all;
    }

    @Test
    void add_keepsTheOrderAndThePageAlone() {
        assertThat(of(5)).containsExactly("mm1 0x1000", "mm3 0xfffffffff000", "mm2 0x4000");
        assertThat(of(2)).containsExactly("mm7 0x2000");
        assertThat(of(4)).isEmpty();
        assertThat(of(1000)).isEmpty();
    }

    @Test
    void remove_closesTheGap() {
        mappings.remove(5, 1);
        assertThat(of(5)).containsExactly("mm1 0x1000", "mm2 0x4000");
        mappings.remove(5, 1);
        mappings.remove(5, 0);
        assertThat(of(5)).isEmpty();
        assertThat(of(2)).containsExactly("mm7 0x2000");
    }

    @Test
    void set_movesOnePage() {
        mappings.set(5, 0, 1, 0x9000);
        assertThat(of(5)).containsExactly("mm1 0x9000", "mm3 0xfffffffff000", "mm2 0x4000");
    }

    @Test
    void clear_forgetsAFramesPages() {
        mappings.clear(5);
        mappings.clear(1000);
        assertThat(of(5)).isEmpty();
        assertThat(of(2)).hasSize(1);
    }
}
