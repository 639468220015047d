package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Timestamp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int KILLS = 3;
    private static final int PROMISES_BEFORE_A_KILL = 40;

    @TempDir
    private Path folder;

    private static Checkin checkin(String item) {
        return new Checkin(
                false,
                new Timestamp("20261124    193000"),
                new Timestamp("20261124    193000"),
                "TURKU",
                "TURKU",
                item,
                Optional.empty(),
                Optional.of("owner=FI-Turku"),
                Optional.empty(),
                List.of());
    }

    private static List<String> items(List<Spool.Entry> entries) {
        return entries.stream().map(entry -> entry.checkin().itemIdentifier()).toList();
    }

    @Test
    void keepsReturnsInOrderOverARestart() {
        try (Spool spool = Spool.open(folder)) {
            spool.add(checkin("1"));
            spool.add(checkin("Ä2"));
        }
        try (Spool spool = Spool.open(folder)) {
            assertThat(items(spool.waiting())).containsExactly("1", "Ä2");
            assertThat(spool.waiting().getFirst().checkin()).isEqualTo(checkin("1"));
            spool.settle(spool.waiting().getFirst().id());
            spool.refuse(spool.waiting().getFirst().id());
            assertThat(spool.size()).isZero();
            assertThat(items(spool.refused())).containsExactly("Ä2");
        }
    }

    @Test
    void tellsNothingToWhoeverReadsTheDiskWithoutTheKey() throws IOException {
        try (Spool spool = Spool.open(folder)) {
            spool.add(checkin("853N06240600"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("returns.key"))))
                    .isEqualTo("rw-------");
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("853N06240600")
                            .doesNotContain("20261124");
                }
            }
        }
    }

    @Test
    void refusesToOpenWithoutItsKey() throws IOException {
        Spool.open(folder).close();
        Files.delete(folder.resolve("returns.key"));
        assertThatThrownBy(() -> Spool.open(folder))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("returns.db");
    }

    @Test
    void losesNothingThatWasPromisedWhenItIsKilled() throws Exception {
        List<String> promised = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SpoolWriter.class.getName(),
                            folder.toString(),
                            "k" + kill + "-")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < PROMISES_BEFORE_A_KILL; i++) {
                    promised.add(out.readLine());
                }
                // Through the handle: the process's own method would close the pipe before we have read it.
                assertThat(writer.toHandle().destroyForcibly()).isTrue();
                // What had been written to the pipe before the kill was promised too.
                out.lines().filter(line -> line.endsWith(".")).forEach(promised::add);
            }
            writer.waitFor();
        }
        assertThat(promised)
                .hasSizeGreaterThanOrEqualTo(KILLS * PROMISES_BEFORE_A_KILL)
                .doesNotContainNull();
        try (Spool spool = Spool.open(folder)) {
            assertThat(items(spool.waiting())).containsAll(promised).doesNotHaveDuplicates();
        }
    }

    /** A kiosk that promises as fast as it can, in a process of its own. */
    static final class SpoolWriter {
        private SpoolWriter() {}

        public static void main(String[] args) {
            try (Spool spool = Spool.open(Path.of(args[0]))) {
                for (int i = 0; ; i++) {
                    String item = args[1] + i + ".";
                    spool.add(checkin(item));
                    System.out.println(item);
                    System.out.flush();
                }
            }
        }
    }
}
