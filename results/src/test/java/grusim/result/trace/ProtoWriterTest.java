package grusim.result.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtoWriterTest {
    private static UnknownFieldSet decode(ProtoWriter writer) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(writer.bytes());
    }

    @Test
    void number_isATagAndSevenBitsAByte() {
        // Field 1, type 0: tag 1 * 8 + 0 = 0x08. 300 = 0b10_0101100: 0x2c with the bit that more follows, then 0x02.
        assertThat(new ProtoWriter().number(1, 300).bytes()).containsExactly(0x08, 0xac, 0x02);
        // Field 47, type 1: tag 47 * 8 + 1 = 377 = 0b10_1111001: 0xf9 0x02; eight bytes, least significant first.
        assertThat(new ProtoWriter().fixed64(47, 258).bytes()).containsExactly(0xf9, 0x02, 2, 1, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbers_areReadByProtobuf(long value) throws IOException {
        UnknownFieldSet read =
                decode(new ProtoWriter().number(3, value).fixed64(60, value).number(100_000, value));
        assertThat(read.getField(3).getVarintList()).containsExactly(value);
        assertThat(read.getField(60).getFixed64List()).containsExactly(value);
        assertThat(read.getField(100_000).getVarintList()).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 20_000, 3_000_000})
    void nestedMessages_haveTheirLength(int size) throws IOException {
        String text = "é".repeat(size / 2) + "x".repeat(size % 2);
        ProtoWriter writer = new ProtoWriter();
        writer.open(1).open(2).text(3, text).close().number(4, 5).close().text(6, "");
        UnknownFieldSet read = decode(writer);
        assertThat(read.getField(6).getLengthDelimitedList()).containsExactly(ByteString.EMPTY);
        UnknownFieldSet outer = nested(read, 1);
        assertThat(outer.getField(4).getVarintList()).containsExactly(5L);
        assertThat(nested(outer, 2).getField(3).getLengthDelimitedList())
                .containsExactly(ByteString.copyFromUtf8(text));
    }

    private static UnknownFieldSet nested(UnknownFieldSet of, int field) throws IOException {
        List<ByteString> messages = of.getField(field).getLengthDelimitedList();
        assertThat(messages).hasSize(1);
        return UnknownFieldSet.parseFrom(messages.get(0));
    }

    @Test
    void flush_startsAnew() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProtoWriter writer = new ProtoWriter();
        writer.number(1, 1).flush(out);
        writer.number(1, 2).flush(out);
        assertThat(writer.size()).isZero();
        assertThat(UnknownFieldSet.parseFrom(out.toByteArray()).getField(1).getVarintList())
                .containsExactly(1L, 2L);
    }
}
