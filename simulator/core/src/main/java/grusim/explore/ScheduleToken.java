package grusim.explore;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The text form of a {@link Schedule}: version letter, then in base64 without padding: runs of (agent, steps, steps with
 * choices: (steps since the one before, number of choices, choices)), each number in groups of seven bits, and a
 * checksum of four bytes.
 */
final class ScheduleToken {
    private static final String VERSION = "s";
    private static final int CHECKSUM_BYTES = 4;
    private static final int MORE = 0x80;
    private static final int MOST_STEPS = 10_000_000;

    private ScheduleToken() {}

    static String of(Schedule schedule) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Schedule.Move> moves = schedule.moves();
        int from = 0;
        while (from < moves.size()) {
            int to = from;
            while (to < moves.size() && moves.get(to).agent() == moves.get(from).agent()) {
                to++;
            }
            run(bytes, moves.subList(from, to));
            from = to;
        }
        int checksum = checksum(bytes.toByteArray(), bytes.size());
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            bytes.write(checksum >>> (i * Byte.SIZE));
        }
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void run(ByteArrayOutputStream bytes, List<Schedule.Move> moves) {
        number(bytes, moves.get(0).agent());
        number(bytes, moves.size());
        number(bytes, (int)
                moves.stream().filter(move -> !move.choices().isEmpty()).count());
        int last = 0;
        for (int i = 0; i < moves.size(); i++) {
            List<Integer> choices = moves.get(i).choices();
            if (!choices.isEmpty()) {
                number(bytes, i - last);
                number(bytes, choices.size());
                choices.forEach(choice -> number(bytes, choice));
                last = i;
            }
        }
    }

    private static void number(ByteArrayOutputStream bytes, int value) {
        int left = value;
        while (left >= MORE) {
            bytes.write((left & (MORE - 1)) | MORE);
            left >>>= 7;
        }
        bytes.write(left);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static Schedule parse(String token) {
        if (!token.startsWith(VERSION)) {
            throw damaged("it begins with '" + VERSION + "'");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token.substring(VERSION.length()));
        } catch (IllegalArgumentException e) {
            throw damaged("after '" + VERSION + "' it has only letters, digits, '-' and '_'");
        }
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < 0 || checksum(bytes, length) != stored(bytes, length)) {
            throw damaged("its checksum is wrong; copy it whole");
        }
        List<Schedule.Move> moves = new ArrayList<>();
        Reader reader = new Reader(bytes, length);
        while (reader.more()) {
            run(reader, moves);
        }
        Schedule schedule = new Schedule(moves);
        if (!of(schedule).equals(token)) {
            throw damaged("it is not spelt as it was given out");
        }
        return schedule;
    }

    private static void run(Reader reader, List<Schedule.Move> moves) {
        int agent = reader.number();
        int steps = reader.number();
        if (steps > MOST_STEPS - moves.size()) {
            throw damaged("it has more than " + MOST_STEPS + " steps");
        }
        int first = moves.size();
        Schedule.Move plain = new Schedule.Move(agent, List.of());
        for (int i = 0; i < steps; i++) {
            moves.add(plain);
        }
        int at = 0;
        for (int left = reader.number(); left > 0; left--) {
            at += reader.number();
            if (at < 0 || at >= steps) {
                throw damaged("a step with choices lies outside its run");
            }
            List<Integer> choices = new ArrayList<>();
            for (int count = reader.number(); count > 0; count--) {
                choices.add(reader.number());
            }
            moves.set(first + at, new Schedule.Move(agent, choices));
        }
    }

    private static int stored(byte[] bytes, int from) {
        int checksum = 0;
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            checksum |= (bytes[from + i] & 0xff) << (i * Byte.SIZE);
        }
        return checksum;
    }

    private static IllegalArgumentException damaged(String why) {
        return new IllegalArgumentException("the replay token is damaged: " + why);
    }

    private static final class Reader {
        private final byte[] bytes;
        private final int length;
        private int at;

        Reader(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        boolean more() {
            return at < length;
        }

        int number() {
            int value = 0;
            for (int shift = 0; shift < Integer.SIZE; shift += 7) {
                if (!more()) {
                    throw damaged("it ends within a number");
                }
                int next = bytes[at++];
                value |= (next & (MORE - 1)) << shift;
                if (next >= 0) {
                    if (value < 0) {
                        break;
                    }
                    return value;
                }
            }
            throw damaged("a number in it is too large");
        }
    }
}
