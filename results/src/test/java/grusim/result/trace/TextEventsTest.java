package grusim.result.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grusim.result.file.OutputException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextEventsTest {
    @Test
    void events_areLines() {
        StringWriter text = new StringWriter();
        try (TextEvents sink = new TextEvents(text)) {
            int group = sink.track(TraceSink.ROOT, 0, "CPUs", "");
            int cpu = sink.track(group, 0, "cpu0", "cpu");
            int counter = sink.counter(TraceSink.ROOT, 1, "misses outstanding", "misses");
            sink.begin(cpu, 1_234_567, "walk", Mark.of(Detail.address("vaddr", 4096), Detail.of("for", "lock")));
            sink.begin(cpu, 1_234_567, "lock wait", Mark.NONE.on(7));
            sink.end(cpu, 1_234_570);
            sink.instant(
                    cpu, 2_000_000, "dropin", Mark.of(Detail.of("frame", 12)).ending(7));
            sink.end(cpu, 2_000_005);
            sink.count(counter, 2_000_050, 3);
            sink.instant(sink.track(group, 1, "blade12.cpu15 process/thread0", "cpu"), 3_000_000, "flush", Mark.NONE);
            assertThat(sink.events()).isEqualTo(7);
        }
        assertThat(text.toString().lines())
                .containsExactly(
                        "# time in ns, track, what, name, details",
                        "          1234.567  cpu0                        begin  walk  vaddr=0x1000  for=lock",
                        "          1234.567  cpu0                        begin  lock wait  flow=7",
                        "          1234.570  cpu0                        end    lock wait",
                        "          2000.000  cpu0                        at     dropin  frame=12  ends=7",
                        "          2000.005  cpu0                        end    walk",
                        "          2000.050  misses outstanding          count  3",
                        "          3000.000  blade12.cpu15 process/thread0  at     flush");
    }

    @Test
    void placeThatCannotBeWritten_isNamed(@TempDir Path directory) {
        Path file = directory.resolve("none").resolve("trace.txt");
        assertThatThrownBy(() -> new TextEvents(file))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> new PerfettoTrace(file))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining(file.toString());
    }
}
