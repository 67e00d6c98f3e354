package grusim.cli;

import grusim.isa.Assembler;
import grusim.isa.AssemblyException;
import grusim.isa.Disassembler;
import grusim.isa.EncodingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code grusim isa}: instructions and handles between their fields, their eight words and text. Works line by line; the
 * first bad line ends it, after the output of the lines before.
 */
@Command(
        name = "isa",
        description = "Encode, decode, assemble and disassemble GRU instructions and handles.",
        synopsisSubcommandLabel = "COMMAND")
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class IsaCommand implements Runnable {
    private static final String STANDARD_INPUT = "-";
    private static final String FILES = "Files to read; none or - is standard input.";

    private final Console console;

    @Spec
    private CommandSpec spec;

    IsaCommand(Console console) {
        this.console = console;
    }

    /** Says which commands there are when none was named. */
    @Override
    public void run() {
        throw Faults.noCommand(spec);
    }

    @Command(
            name = "encode",
            description =
                    "Read JSON lines that name fields ({\"op\": \"vload\", ...} or {\"handle\": \"tfh\", ...}); print"
                            + " them with the eight words. Numbers may be written as \"0x...\".")
    int encode(@Parameters(paramLabel = "FILE", description = FILES) List<String> files) {
        return eachLine(files, line -> Optional.of(StrictJson.line(WordsJson.encode(StrictJson.object(line)))));
    }

    @Command(
            name = "decode",
            description =
                    "Read JSON lines with eight words ({\"words\": [...]}, for a handle also \"handle\"); print the"
                            + " fields.")
    int decode(@Parameters(paramLabel = "FILE", description = FILES) List<String> files) {
        return eachLine(files, line -> Optional.of(StrictJson.line(WordsJson.decode(StrictJson.object(line)))));
    }

    @Command(
            name = "asm",
            description = "Read instructions as text, one per line; print JSON lines with fields and words.")
    int assemble(@Parameters(paramLabel = "FILE", description = FILES) List<String> files) {
        return eachLine(files, line -> Assembler.assemble(line).map(i -> StrictJson.line(WordsJson.describe(i))));
    }

    @Command(name = "disasm", description = "Read JSON lines with the eight words of instructions; print them as text.")
    int disassemble(@Parameters(paramLabel = "FILE", description = FILES) List<String> files) {
        return eachLine(
                files, line -> Optional.of(Disassembler.disassemble(WordsJson.instruction(StrictJson.object(line)))));
    }

    private int eachLine(@Nullable List<String> files, Function<String, Optional<String>> translate) {
        for (String file : files == null ? List.of(STANDARD_INPUT) : files) {
            boolean standard = file.equals(STANDARD_INPUT);
            if (Files.isDirectory(Path.of(file))) {
                throw new UserError(file + ": is a directory; accepted: a file");
            }
            try (InputStream in = standard ? console.in() : Files.newInputStream(Path.of(file))) {
                eachLine(standard ? "standard input" : file, in, translate);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ExitCode.DONE;
    }

    private void eachLine(String name, InputStream in, Function<String, Optional<String>> translate)
            throws IOException {
        LimitedLines lines = new LimitedLines(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 1;
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    translate.apply(line).ifPresent(console::line);
                }
                number++;
            }
        } catch (UserError | EncodingException | AssemblyException e) {
            throw new UserError("%s:%d: %s".formatted(name, number, e.getMessage()), e);
        }
    }
}
