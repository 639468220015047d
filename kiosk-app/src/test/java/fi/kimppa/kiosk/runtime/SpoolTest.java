package fi.kimppa.kiosk.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
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
        return entries.stream().map(Spool.Entry::item).toList();
    }

    @Test
    void keepsReturnsInOrderOverARestart() {
        try (Spool spool = Spool.open(folder)) {
            spool.add(checkin("1"));
            spool.add(checkin("Ä2"));
        }
        try (Spool spool = Spool.open(folder)) {
            assertThat(items(spool.waiting())).containsExactly("1", "Ä2");
            assertThat(spool.waiting().getFirst().message()).isEqualTo(checkin("1"));
            spool.settle(spool.waiting().getFirst().id());
            spool.refuse(spool.waiting().getFirst().id());
            assertThat(spool.size()).isZero();
            assertThat(items(spool.refused())).containsExactly("Ä2");
        }
    }

    private static Checkout loan(String card, String item) {
        return new Checkout(
                false,
                true,
                new Timestamp("20261124    193000"),
                new Timestamp("20261208    235900"),
                "TURKU",
                card,
                item,
                Optional.empty(),
                Optional.of("owner=FI-Turku"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void keepsLoansAmongTheReturnsInTheOrderInWhichTheyHappened() {
        try (Spool spool = Spool.open(folder)) {
            spool.add(checkin("1"));
            spool.add(loan("2000012345", "1"));
            spool.add(loan("2000012345", "1"));
            spool.add(checkin("1"));
            spool.add(loan("2000012345", "1"));
            spool.add(loan("2000012353", "2"));
        }
        try (Spool spool = Spool.open(folder)) {
            assertThat(spool.waiting())
                    .as("a loan that stands there already is not written twice, one after a return is")
                    .extracting(Spool.Entry::message)
                    .containsExactly(
                            checkin("1"),
                            loan("2000012345", "1"),
                            checkin("1"),
                            loan("2000012345", "1"),
                            loan("2000012353", "2"));
            assertThat(spool.size()).isEqualTo(5);
            assertThat(spool.loans()).isEqualTo(3);
            assertThat(spool.loansOf("2000012345")).isEqualTo(2);
            assertThat(spool.lent("1")).contains(true);
            assertThat(spool.lent("3")).isEmpty();
        }
    }

    @Test
    void remembersOverARestartThatALoanWasSent() {
        try (Spool spool = Spool.open(folder)) {
            spool.add(loan("2000012345", "1"));
            spool.tell(spool.waiting().getFirst().id(), false);
        }
        try (Spool spool = Spool.open(folder)) {
            assertThat(spool.waiting()).singleElement().matches(Spool.Entry::told);
            spool.untold(spool.waiting().getFirst().id());
            assertThat(spool.waiting()).singleElement().matches(entry -> !entry.told());
        }
    }

    @Test
    void keepsWhatIsWithStaffButNotWhoseItWas() {
        try (Spool spool = Spool.open(folder)) {
            spool.add(checkin("1"));
            spool.add(loan("2000012345", "1"));
            spool.waiting().forEach(entry -> spool.refuse(entry.id()));
            ZoneId zone = ZoneId.of("Europe/Helsinki");
            spool.forgetLoans(Instant.parse("2026-11-24T17:30:00Z"), zone);
            assertThat(spool.refused()).hasSize(2);
            spool.forgetLoans(Instant.parse("2026-11-24T17:30:01Z"), zone);
            assertThat(spool.refused()).extracting(Spool.Entry::message).containsExactly(checkin("1"));
        }
    }

    @Test
    void takesNoPin() {
        Checkout bare = loan("2000012345", "1");
        Checkout withPin = new Checkout(
                bare.scRenewalPolicy(),
                bare.noBlock(),
                bare.transactionDate(),
                bare.nbDueDate(),
                bare.institutionId(),
                bare.patronIdentifier(),
                bare.itemIdentifier(),
                bare.terminalPassword(),
                bare.itemProperties(),
                Optional.of(Secret.of("1234")),
                bare.feeAcknowledged(),
                bare.cancel(),
                bare.extras());
        try (Spool spool = Spool.open(folder)) {
            assertThatThrownBy(() -> spool.add(withPin)).isInstanceOf(IllegalArgumentException.class);
            assertThat(spool.size()).isZero();
        }
    }

    @Test
    void tellsNothingToWhoeverReadsTheDiskWithoutTheKey() throws IOException {
        try (Spool spool = Spool.open(folder)) {
            spool.add(checkin("853N06240600"));
            spool.add(loan("2000012345", "853N06240601"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("returns.key"))))
                    .isEqualTo("rw-------");
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("853N0624060")
                            .doesNotContain("2000012345")
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
