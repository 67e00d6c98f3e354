package grusim.workload.load;

import static org.assertj.core.api.Assertions.assertThat;

import grusim.workload.SpecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shipped specs, damaged at random: each is either still a spec or refused with one line; the seed replays it. */
final class HostileInputTest {
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "1",
        "3",
        "64",
        "1000000",
        "2147483648",
        "9223372036854775807",
        "1e3",
        "0.5",
        "\"\"",
        "\"x\"",
        "\"1 B\"",
        "\"64 B\"",
        "\"100 B\"",
        "\"4 KiB\"",
        "\"1 TiB\"",
        "\"128 TiB\"",
        "\"0 ns\"",
        "\"1 ps\"",
        "\"1000 s\"",
        "\"1/s\"",
        "\"spread\"",
        "\"none\"",
        "\"rest\"",
        "\"chase\"",
        "\"dw\"",
        "\"0xffffffffffffffff\"",
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "{\"op\": \"bcopy\"}",
        "{\"seed\": 1}",
        "{\"permutation\": 1}"
    };

    private int refused;
    private int accepted;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void load_neverFailsOtherwise(long seed) throws IOException {
        Random random = new Random(seed);
        for (Path file : ShippedFilesTest.specs()) {
            String text = Files.readString(file);
            for (int i = 0; i < 30; i++) {
                JsonNode tree = JsonMapper.shared().readTree(text);
                for (int k = random.nextInt(3); k >= 0; k--) {
                    damage(tree, random);
                }
                load(tree.toString(), "seed " + seed + " " + file);
                load(scramble(text, random), "seed " + seed + " " + file);
            }
        }
        assertThat(refused).isGreaterThan(200);
        assertThat(accepted).isGreaterThan(10);
    }

    private void load(String json, String which) {
        try {
            SpecLoader.fromJson(json);
            accepted++;
        } catch (SpecException e) {
            refused++;
            assertThat(e).as(which).message().startsWith("spec:").doesNotContain("\n");
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(which + ": " + json, e);
        }
    }

    private static void damage(JsonNode tree, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode value = JsonMapper.shared().readTree(VALUES[random.nextInt(VALUES.length)]);
        JsonNode place = containers.get(random.nextInt(containers.size()));
        if (place instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value);
        } else if (place instanceof ObjectNode object && !object.isEmpty()) {
            List<String> keys = new ArrayList<>(object.propertyNames());
            object.set(keys.get(random.nextInt(keys.size())), value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static String scramble(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int k = random.nextInt(3); k >= 0; k--) {
            bytes[random.nextInt(bytes.length)] = (byte) " \"{}[]:,0123456789abz-.\n\0".charAt(random.nextInt(25));
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
