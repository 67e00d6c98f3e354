package grusim.cli;

import grusim.isa.BitField;
import grusim.isa.Instruction;
import grusim.isa.InstructionLayout;
import grusim.isa.Opcode;
import grusim.isa.Operand;
import grusim.isa.Setting;
import grusim.isa.TransferType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON objects to and from the words of an instruction. The keys name fields, not what an opcode reads: any operand may
 * stand beside any opcode, and an absent one is zero or what the opcode implies. Encoding and decoding are inverse: what
 * an opcode does not read, but the words hold, is printed under the first operand of its field.
 */
final class InstructionJson {
    private static final String OP = "op";
    private static final String XTYPE = "xtype";

    /** Keys that name a field of the first word directly. */
    private static final List<BitField> FIELDS = List.of(InstructionLayout.IMA, InstructionLayout.EXOPC);

    private InstructionJson() {}

    /** The words of an object with the key {@code op}. */
    static long[] encode(ObjectNode fields) {
        Instruction instruction = Instruction.of(opcode(fields.get(OP)));
        Map<BitField, String> given = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            String key = entry.getKey();
            if (key.equals(OP)) {
                continue;
            }
            BitField field = field(key);
            String sameField = given.put(field, key);
            if (sameField != null) {
                throw new UserError(
                        "%s: stands in the same field as %s; accepted: one of them".formatted(key, sameField));
            }
            long value = key.equals(XTYPE) ? transferType(entry.getValue()) : StrictJson.number(key, entry.getValue());
            field.check(key, value);
            instruction = instruction.with(field, value);
        }
        return instruction.words();
    }

    /** The object that encodes to these words. */
    static ObjectNode decode(long[] words) {
        InstructionLayout.LAYOUT.refuseReserved(words);
        Instruction instruction = Instruction.of(words);
        Opcode opcode = instruction.opcode();
        if (opcode == null) {
            throw new UserError("words[0]: opcode 0x%02x; accepted: 0x00 .. 0x0f"
                    .formatted(instruction.get(InstructionLayout.OPC)));
        }
        Instruction start = Instruction.of(opcode);
        ObjectNode fields = StrictJson.object().put(OP, opcode.mnemonic());
        put(fields, InstructionLayout.IMA.name(), instruction.ima(), false);
        if ((opcode.atomic() && opcode != Opcode.GAMXR) || instruction.exopc() != start.exopc()) {
            put(fields, InstructionLayout.EXOPC.name(), instruction.exopc(), false);
        }
        for (Operand operand : written(opcode, instruction, start)) {
            put(fields, operand.key(), instruction.get(operand), operand.hexadecimal());
        }
        long type = instruction.get(InstructionLayout.XTYPE);
        if (opcode.impliedTransferType() == null || type != start.get(InstructionLayout.XTYPE)) {
            TransferType known = TransferType.find((int) type);
            if (known == null) {
                fields.put(XTYPE, type);
            } else {
                fields.put(XTYPE, known.mnemonic());
            }
        }
        for (Setting setting : Setting.values()) {
            long value = instruction.get(setting.field());
            if (value != start.get(setting.field())) {
                put(fields, setting.key(), value, setting.hexadecimal());
            }
        }
        return fields;
    }

    /** The opcode's operands, then those of other fields that hold something. */
    private static List<Operand> written(Opcode opcode, Instruction instruction, Instruction start) {
        List<Operand> written = new ArrayList<>(opcode.operands());
        for (Operand operand : Operand.values()) {
            boolean free = written.stream().noneMatch(other -> other.field().equals(operand.field()));
            if (free && instruction.get(operand) != start.get(operand)) {
                written.add(operand);
            }
        }
        return written;
    }

    private static void put(ObjectNode fields, String key, long value, boolean hexadecimal) {
        if (hexadecimal || value < 0) {
            fields.put(key, "0x" + Long.toHexString(value));
        } else {
            fields.put(key, value);
        }
    }

    private static Opcode opcode(@Nullable JsonNode name) {
        List<String> mnemonics = new ArrayList<>();
        for (Opcode opcode : Opcode.values()) {
            mnemonics.add(opcode.mnemonic());
        }
        String accepted = String.join(", ", mnemonics);
        if (name == null) {
            throw new UserError("op: missing; accepted: " + accepted + ", or \"handle\" for a handle");
        }
        Opcode opcode = Opcode.find(StrictJson.text(OP, name, accepted));
        if (opcode == null) {
            throw new UserError("op: %s; accepted: %s".formatted(StrictJson.abbreviated(name), accepted));
        }
        return opcode;
    }

    private static long transferType(JsonNode value) {
        TransferType type = value.isString() ? TransferType.find(value.stringValue()) : null;
        if (type != null) {
            return type.code();
        }
        if (value.isString() && !value.stringValue().startsWith("0x")) {
            throw new UserError(
                    "xtype: %s; accepted: b, s, w, dw, cl, or a code".formatted(StrictJson.abbreviated(value)));
        }
        return StrictJson.number(XTYPE, value);
    }

    private static BitField field(String key) {
        Operand operand = Operand.find(key);
        if (operand != null) {
            return operand.field();
        }
        Setting setting = Setting.find(key);
        if (setting != null) {
            return setting.field();
        }
        for (BitField field : FIELDS) {
            if (field.name().equals(key)) {
                return field;
            }
        }
        if (key.equals(XTYPE)) {
            return InstructionLayout.XTYPE;
        }
        throw new UserError("unknown key \"%s\"; accepted: %s".formatted(key, String.join(", ", keys())));
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(OP, XTYPE));
        FIELDS.forEach(field -> keys.add(field.name()));
        for (Operand operand : Operand.values()) {
            keys.add(operand.key());
        }
        for (Setting setting : Setting.values()) {
            keys.add(setting.key());
        }
        return keys;
    }
}
