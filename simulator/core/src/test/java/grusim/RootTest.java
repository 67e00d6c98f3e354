package grusim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RootTest {
    @Test
    void root_holdsOnlyWhatItShould() throws IOException {
        try (Stream<Path> entries = Files.list(root())) {
            List<String> names = entries.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
            assertThat(names)
                    .contains("isa", "simulator", "workloads", "results", "pom.xml", "LICENSE")
                    .isSubsetOf(
                            "isa",
                            "simulator",
                            "workloads",
                            "results",
                            "README.md",
                            "pom.xml",
                            "LICENSE",
                            "grusim",
                            "target"); // the build's own, never committed
        }
    }

    private static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("LICENSE"))) {
                return at;
            }
        }
        throw new IllegalStateException("no root above the working directory");
    }
}
