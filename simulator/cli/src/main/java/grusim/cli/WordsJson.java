package grusim.cli;

import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.Layout;
import grusim.isa.handle.HandleType;
import java.util.Arrays;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects to and from the eight words of an instruction or a handle. An object names the fields; the key {@code
 * words} holds the words; with both, they must agree.
 */
final class WordsJson {
    private static final String WORDS = "words";

    private WordsJson() {}

    /** The object with its words. */
    static ObjectNode encode(ObjectNode line) {
        ObjectNode result = line.deepCopy();
        result.remove(WORDS);
        long[] words = encodeFields(result);
        if (line.has(WORDS)) {
            refuseDisagreement(words, given(line));
        }
        return put(result, words);
    }

    /** The object that encodes to the words of {@code line}. */
    static ObjectNode decode(ObjectNode line) {
        long[] words = agreed(line);
        HandleType handle = HandleJson.type(line);
        return handle == null ? InstructionJson.decode(words) : HandleJson.decode(handle, words);
    }

    /** An object with the words of an instruction, and its fields if its opcode has a name. */
    static ObjectNode describe(Instruction instruction) {
        boolean named = instruction.opcode() != null && InstructionLayout.LAYOUT.reservedClear(instruction.words());
        return put(named ? InstructionJson.decode(instruction.words()) : StrictJson.object(), instruction.words());
    }

    /** The instruction whose words {@code line} holds; a handle is refused. */
    static Instruction instruction(ObjectNode line) {
        if (HandleJson.type(line) != null) {
            throw new UserError("handle: has no text form; accepted: {\"words\": [...]} of an instruction");
        }
        return Instruction.of(agreed(line));
    }

    /** The words of a line; other keys beside them must say the same. */
    private static long[] agreed(ObjectNode line) {
        long[] words = given(line);
        ObjectNode fields = line.deepCopy();
        fields.remove(WORDS);
        if (fields.size() > (HandleJson.type(fields) == null ? 0 : 1)) {
            refuseDisagreement(encodeFields(fields), words);
        }
        return words;
    }

    private static long[] encodeFields(ObjectNode fields) {
        HandleType handle = HandleJson.type(fields);
        return handle == null ? InstructionJson.encode(fields) : HandleJson.encode(handle, fields);
    }

    private static ObjectNode put(ObjectNode fields, long[] words) {
        ArrayNode array = fields.putArray(WORDS);
        for (long word : words) {
            array.add("0x%016x".formatted(word));
        }
        return fields;
    }

    private static void refuseDisagreement(long[] encoded, long[] given) {
        if (!Arrays.equals(encoded, given)) {
            throw new UserError("words: do not agree with the other keys; accepted: words that do, or none");
        }
    }

    private static long[] given(ObjectNode line) {
        JsonNode array = line.get(WORDS);
        if (array == null || !array.isArray() || array.size() != Layout.WORDS) {
            throw new UserError("words: %s; accepted: an array of %d numbers"
                    .formatted(array == null ? "missing" : StrictJson.abbreviated(array), Layout.WORDS));
        }
        long[] words = new long[Layout.WORDS];
        for (int i = 0; i < words.length; i++) {
            words[i] = StrictJson.number(WORDS + "[" + i + "]", Objects.requireNonNull(array.get(i)));
        }
        return words;
    }
}
