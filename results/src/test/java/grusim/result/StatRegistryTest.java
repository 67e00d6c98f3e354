package grusim.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StatRegistryTest {
    @Test
    void name_splitsIntoGroupAndKey() {
        StatDeclaration stat = new StatDeclaration("latency.dropin.user", "ps", "From call to restart.", "model");
        assertThat(stat.group()).isEqualTo("latency");
        assertThat(stat.key()).isEqualTo("dropin.user");
    }

    @Test
    void iteration_isInOrderOfDeclaration() {
        StatRegistry registry = new StatRegistry();
        registry.declare("vm.munmap", "events", "Ranges unmapped.", "model");
        registry.declare("driver.asid_new", "events", "Asids given.", "model");
        registry.declare("device.killed", "events", "Dropins killed.", "model");
        assertThat(registry)
                .extracting(StatDeclaration::name)
                .containsExactly("vm.munmap", "driver.asid_new", "device.killed");
        assertThat(registry.find("vm.munmap")).isNotNull();
        assertThat(registry.find("vm.mmap")).isNull();
    }

    @Test
    void declare_refusesASecondOfTheSameName() {
        StatRegistry registry = new StatRegistry();
        registry.declare("vm.munmap", "events", "Ranges unmapped.", "model");
        assertThatThrownBy(() -> registry.declare("vm.munmap", "pages", "Pages unmapped.", "model"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("statistic vm.munmap is declared twice: \"Ranges unmapped.\" and \"Pages unmapped.\"");
        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void declaration_refusesNamesWithoutGroupAndEmptyTexts() {
        assertThatThrownBy(() -> new StatDeclaration("munmap", "events", "x", "model"))
                .hasMessageContaining("accepted are group.key");
        assertThatThrownBy(() -> new StatDeclaration("vm.munmap", "", "x", "model"))
                .hasMessageContaining("unit");
        assertThatThrownBy(() -> new StatDeclaration("vm.munmap", "events", " ", "model"))
                .hasMessageContaining("must not be blank");
    }
}
