package fi.kimppa.device.rfid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityLedgerTest {
    private static final Uid UID = Uid.parse("E00401500A1B2C3D");
    private static final Uid OTHER = Uid.parse("E00401500A1B2C3E");

    @TempDir
    private Path folder;

    @Test
    void remembersAcrossAReopeningOldestFirst() {
        Path file = folder.resolve("ledger.db");
        try (SecurityLedger ledger = SecurityLedger.open(file)) {
            assertThat(ledger.pending()).isEmpty();
            ledger.owe("loan-1", OTHER, "3000000028", TagSecurity.UNSECURED);
            ledger.owe("loan-1", UID, "3000000011", TagSecurity.UNSECURED);
            ledger.attempted("loan-1", UID);
            ledger.attempted("loan-1", UID);
        }
        try (SecurityLedger ledger = SecurityLedger.open(file)) {
            assertThat(ledger.pending())
                    .containsExactly(
                            new PendingSecurity("loan-1", OTHER, "3000000028", TagSecurity.UNSECURED, 0),
                            new PendingSecurity("loan-1", UID, "3000000011", TagSecurity.UNSECURED, 2));
            ledger.settle("loan-1", OTHER);
            ledger.settle("loan-1", OTHER);
            assertThat(ledger.pending()).extracting(PendingSecurity::uid).containsExactly(UID);
        }
    }

    @Test
    void letsTheLastTransactionOfATagCount() {
        try (SecurityLedger ledger = SecurityLedger.open(folder.resolve("ledger.db"))) {
            ledger.owe("loan-1", UID, "3000000011", TagSecurity.UNSECURED);
            ledger.owe("return-2", UID, "3000000011", TagSecurity.SECURED);
            ledger.attempted("loan-1", UID);
            ledger.settle("loan-1", UID);
            assertThat(ledger.pending())
                    .containsExactly(new PendingSecurity("return-2", UID, "3000000011", TagSecurity.SECURED, 0));
        }
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws IOException {
        Path file = folder.resolve("no-ledger.db");
        Files.writeString(
                file, "This is a shopping list, not a database, and it is long enough to be looked at.".repeat(20));
        assertThatThrownBy(() -> SecurityLedger.open(file))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("no-ledger.db");
    }

    @Test
    void losesNoPromiseWhenItsProcessIsKilled() throws IOException, InterruptedException {
        losesNoPromise(1);
    }

    @Tag("long")
    @Test
    void losesNoPromiseWhenItsProcessIsKilledTenTimes() throws IOException, InterruptedException {
        losesNoPromise(10);
    }

    /** Promises are made by another process, which says each one aloud once it is made, and is killed in mid-work. */
    private void losesNoPromise(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            Path file = folder.resolve("killed-" + round + ".db");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Promiser.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> promised = new ArrayList<>();
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String line = said.readLine();
                while (line != null) {
                    promised.add(line);
                    if (promised.size() == 20 + 25 * round) {
                        // Through the handle: the process itself would close the stream that is being read.
                        process.toHandle().destroyForcibly();
                    }
                    line = said.readLine();
                }
            }
            assertThat(process.waitFor()).isEqualTo(137);
            try (SecurityLedger ledger = SecurityLedger.open(file)) {
                assertThat(promised).hasSizeGreaterThanOrEqualTo(20);
                assertThat(ledger.pending())
                        .extracting(PendingSecurity::operation)
                        .containsAll(promised);
            }
        }
    }

    /** The process that is killed. */
    static final class Promiser {
        private Promiser() {}

        public static void main(String[] arguments) {
            SecurityLedger ledger = SecurityLedger.open(Path.of(arguments[0]));
            for (int i = 0; i < 1_000_000; i++) {
                ledger.owe("loan-" + i, new Uid(i), "3000000011", TagSecurity.UNSECURED);
                System.out.println("loan-" + i);
            }
        }
    }
}
