package fi.kimppa.kiosk.speech;

import static fi.kimppa.kiosk.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipe with a name stands for the input device: what is written into it are the kernel's own bytes. */
class HeadphoneJackTest {
    private final List<Boolean> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void tellsWhenHeadphonesGoInAndOutAndNothingElse() throws IOException, InterruptedException {
        Path pipe = new Programs(folder).jack();
        try (var jack = HeadphoneJack.open(pipe, told::add);
                OutputStream device = Files.newOutputStream(pipe)) {
            // A microphone, the end of a report, headphones, in two pieces, and the same again.
            device.write(Programs.event(5, 4, 1));
            device.write(Programs.event(0, 0, 0));
            byte[] in = Programs.event(5, 2, 1);
            device.write(in, 0, 10);
            device.flush();
            device.write(in, 10, 14);
            device.write(in);
            device.flush();
            eventually("in", () -> told.equals(List.of(true)), () -> told);
            device.write(Programs.event(5, 2, 0));
            device.flush();
            eventually("out", () -> told.equals(List.of(true, false)), () -> told);
            device.write(in);
            device.flush();
            eventually("in again", () -> told.size() == 3, () -> told);
            assertThat(jack).isNotNull();
        }
    }

    @Test
    void headphonesCountAsOutWhileTheDeviceIsAway() throws IOException, InterruptedException {
        Path pipe = new Programs(folder).jack();
        try (var jack = HeadphoneJack.open(pipe, told::add)) {
            try (OutputStream device = Files.newOutputStream(pipe)) {
                device.write(Programs.event(5, 2, 1));
                device.flush();
                eventually("in", () -> told.equals(List.of(true)), () -> told);
            }
            eventually("out", () -> told.equals(List.of(true, false)), () -> told);
            assertThat(jack).isNotNull();
        }
    }
}
