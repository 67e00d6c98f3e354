package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a tree of its own, with a JDK and a Maven that only write down how they were called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
final class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "cat",
            "cp",
            "dirname",
            "find",
            "flock",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sleep",
            "touch");

    @TempDir
    private Path dir;

    private Path root;
    private Path jdk;
    private Path bin;
    private Path calls;

    @BeforeEach
    void makeTree() throws IOException {
        root = dir.resolve("a tree");
        jdk = dir.resolve("jdk");
        bin = dir.resolve("bin");
        calls = dir.resolve("calls");
        Files.createDirectories(root.resolve("simulator/cli"));
        Files.createDirectories(root.resolve("isa/src/main/java"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        executable(root.resolve("grusim"), Files.readString(Path.of("../../grusim")));
        Files.createDirectories(bin);
        for (String tool : TOOLS) {
            for (Path real : List.of(Path.of("/bin", tool), Path.of("/usr/bin", tool))) {
                if (Files.exists(real)) {
                    executable(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                }
            }
        }
        makeJdk("21.0.1");
        executable(
                bin.resolve("mvn"),
                "#!/bin/sh\necho \"mvn $* in $PWD with $JAVA_HOME\" >>'%s'\nsleep 0.2\necho jar >simulator/cli/target/grusim.jar\n"
                        .formatted(calls));
    }

    private void makeJdk(String version) throws IOException {
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        executable(
                jdk.resolve("bin/java"),
                "#!/bin/sh\nfor a; do case $a in -XX:ArchiveClassesAtExit=*) : >\"${a#*=}\"; exit;; esac; done\n"
                        + "while [ \"$1\" != -jar ]; do shift; done\necho \"java $*\" >>'" + calls + "'\nexit 3\n");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ended(int exitCode, String err) {}

    private Process start(Path launcher, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "isa", "two words")
                .directory(dir.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), err);
    }

    private Ended run(Map<String, String> environment) throws IOException, InterruptedException {
        return end(start(root.resolve("grusim"), environment));
    }

    private Map<String, String> withJdk() {
        return Map.of("JAVA_HOME", jdk.toString());
    }

    private List<String> called() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private String javaCall() {
        return "java -jar " + root.resolve("simulator/cli/target/grusim.jar") + " isa two words";
    }

    @Test
    void firstUse_buildsThenRuns() throws Exception {
        Ended first = run(withJdk());
        assertThat(first.err()).isEqualTo("grusim: building (a minute the first time)\n");
        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(called()).hasSize(2);
        assertThat(called().get(0))
                .startsWith("mvn ")
                .endsWith(" -pl simulator/cli -am package in " + root + " with " + jdk);
        assertThat(called().get(1)).isEqualTo(javaCall());

        Ended second = run(withJdk());
        assertThat(second).isEqualTo(new Ended(3, ""));
        assertThat(called()).hasSize(3).last().isEqualTo(javaCall());
    }

    @Test
    void newerSource_isBuiltAgain() throws Exception {
        run(withJdk());
        Path source = Files.writeString(root.resolve("isa/src/main/java/A.java"), "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(run(withJdk()).err()).startsWith("grusim: building");
    }

    @Test
    void symbolicLink_findsTheTree() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("a tree/grusim"));
        assertThat(end(start(link, withJdk())).exitCode()).isEqualTo(3);
        assertThat(called()).last().isEqualTo(javaCall());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void concurrentFirstUse_buildsOnce(boolean flock) throws Exception {
        if (!flock) {
            Files.deleteIfExists(bin.resolve("flock"));
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(root.resolve("grusim"), withJdk()));
        }
        for (Process process : processes) {
            assertThat(end(process).exitCode()).isEqualTo(3);
        }
        assertThat(called().stream().filter(call -> call.startsWith("mvn"))).hasSize(1);
        assertThat(called().stream().filter(javaCall()::equals)).hasSize(4);
    }

    @Test
    void missingTools_areNamedInOneLine() throws Exception {
        assertThat(run(Map.of()))
                .isEqualTo(new Ended(
                        2,
                        "grusim: no javac in PATH; install a JDK 17 or newer (Debian: apt install openjdk-17-jdk-headless)"
                                + " or set JAVA_HOME\n"));
        assertThat(run(Map.of("JAVA_HOME", "/nowhere")).err())
                .startsWith("grusim: no javac in JAVA_HOME (/nowhere); install a JDK 17 or newer")
                .endsWith(" or correct JAVA_HOME\n");
        Files.delete(bin.resolve("mvn"));
        assertThat(run(withJdk()))
                .isEqualTo(new Ended(
                        2, "grusim: no mvn in PATH; install Maven 3.8 or newer (Debian: apt install maven)\n"));
        assertThat(called()).isEmpty();
    }

    @Test
    void oldJdk_isRefused() throws Exception {
        makeJdk("1.8.0_392");
        assertThat(run(withJdk()).err())
                .startsWith("grusim: javac in JAVA_HOME (" + jdk + ") is release 8; install a JDK 17 or newer");
    }

    @Test
    void strictChecksThatFail_doNotKeepTheUserFromRunning() throws Exception {
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                case "$*" in
                *-Dlenient*) echo jar >simulator/cli/target/grusim.jar ;;
                *) echo 'a new warning'; exit 1 ;;
                esac
                """);
        Ended run = run(withJdk());
        Path log = root.resolve("simulator/cli/target/build-strict.log");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).endsWith("grusim: built without the strict checks, which failed: " + log + "\n");
        assertThat(log).hasContent("a new warning");
    }

    @Test
    void failedBuild_showsWhatMavenSaid() throws Exception {
        executable(bin.resolve("mvn"), "#!/bin/sh\necho '[ERROR] no such thing'\nexit 1\n");
        Ended run = run(withJdk());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("[ERROR] no such thing\n")
                .endsWith("grusim: the build failed, see above or " + root + "/simulator/cli/target/build.log\n");
    }
}
