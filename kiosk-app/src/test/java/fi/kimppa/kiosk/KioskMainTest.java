package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as somebody starts it: in a process of its own. */
class KioskMainTest {
    @ParameterizedTest
    @CsvSource({
        "--help, 0, usage: kiosk",
        "receipts --help, 0, Usage: kiosk receipts",
        "staff-card, 2, Missing required option: '--name=NAME'",
        "--sideways, 2, \"--sideways\" is not understood",
        "/nowhere/kiosk.json, 2, /nowhere/kiosk.json: cannot be read",
    })
    void saysWhatIsWrongAndEndsWithACode(String argument, int code, String words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KioskMain.class.getName()));
        command.addAll(List.of(argument.split(" ", -1)));
        Process kiosk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(kiosk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kiosk.waitFor()).isEqualTo(code);
        assertThat(said).contains(words);
    }

    @Test
    void endsWithItsWindowAsSoonAsItIsTold(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("kiosk.json");
        Files.writeString(file, """
                {"login": "kiosk-turku", "password": "long-and-random", "institution": "TURKU", "branch": "TURKU",
                 "gateway": {"sip2": "sip2:tcp:127.0.0.1:1", "http": "http://127.0.0.1:1"},
                 "devices": {}, "data": "DATA", "library": {"name": "Turku"}}
                """.replace("DATA", folder.resolve("data").toString()));
        Process kiosk = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dglass.platform=Headless",
                        "-Dprism.order=sw",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KioskMain.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = kiosk.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.contains("is running")) {
                    break;
                }
            }
            kiosk.destroy();
            assertThat(kiosk.waitFor(3, TimeUnit.SECONDS))
                    .as("ended; it said %s", said)
                    .isTrue();
        } finally {
            kiosk.destroyForcibly();
        }
    }
}
