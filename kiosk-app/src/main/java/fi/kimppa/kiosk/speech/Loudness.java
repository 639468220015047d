package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Aids;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The volume of the voice: the loudest step leaves samples as they are, each step below halves them (6 dB). */
final class Loudness {
    private static final int BUFFER = 4096;

    private Loudness() {}

    /** Copies 16-bit samples, least significant byte first, until the end. */
    static void copy(InputStream in, OutputStream out, int volume) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (true) {
            int count = in.readNBytes(buffer, 0, BUFFER);
            for (int i = 0; i + 1 < count; i += 2) {
                int sample = ((buffer[i + 1] << 8) | (buffer[i] & 0xFF)) >> (Aids.LOUDEST - volume);
                buffer[i] = (byte) sample;
                buffer[i + 1] = (byte) (sample >> 8);
            }
            out.write(buffer, 0, count - count % 2);
            if (count < BUFFER) {
                return;
            }
        }
    }
}
