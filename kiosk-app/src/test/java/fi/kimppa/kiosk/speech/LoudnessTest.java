package fi.kimppa.kiosk.speech;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.kiosk.session.Aids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class LoudnessTest {
    private static short[] through(int volume, short... samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : samples) {
            bytes.putShort(sample);
        }
        var out = new ByteArrayOutputStream();
        Loudness.copy(new ByteArrayInputStream(bytes.array()), out, volume);
        ByteBuffer heard = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        short[] result = new short[heard.remaining() / 2];
        heard.asShortBuffer().get(result);
        return result;
    }

    @Test
    void leavesTheLoudestAsItIsAndHalvesWithEachStep() throws IOException {
        short[] sound = {0, 1_000, -1_000, Short.MAX_VALUE, Short.MIN_VALUE, 255, -256};
        assertThat(through(Aids.LOUDEST, sound)).containsExactly(sound);
        assertThat(through(Aids.LOUDEST - 1, (short) 1_000, (short) -1_000)).containsExactly(500, -500);
        assertThat(through(0, Short.MAX_VALUE, Short.MIN_VALUE)).containsExactly(4_095, -4_096);
    }

    @Test
    void copiesSoundOfAnyLengthToItsEnd() throws IOException {
        short[] sound = new short[10_000];
        sound[9_999] = 800;
        assertThat(through(0, sound)).hasSize(10_000).endsWith(100);
    }
}
