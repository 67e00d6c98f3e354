package grusim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

final class PipeOutputTest {
    /** Takes three bytes, then fails. */
    private static final class Failing extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final String why;

        Failing(String why) {
            this.why = why;
        }

        @Override
        public void write(int b) throws IOException {
            if (taken.size() == 3) {
                throw new IOException(why);
            }
            taken.write(b);
        }
    }

    @Test
    void aPipeThatIsClosed_dropsTheRestInSilence() throws IOException {
        Failing reader = new Failing("Broken pipe");
        PipeOutput output = new PipeOutput(reader);
        output.write(new byte[] {1, 2, 3, 4, 5}, 0, 5);
        output.write(6);
        assertThat(reader.taken.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void aFullDisk_isStillAFault() {
        PipeOutput output = new PipeOutput(new Failing("No space left on device"));
        assertThatThrownBy(() -> output.write(new byte[5], 0, 5)).hasMessage("No space left on device");
    }
}
