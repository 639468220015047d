package fi.kimppa.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fi.kimppa.kiosk.KioskConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/install-kiosk} lays down, below another folder. */
class KioskSetUpTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path DIST = TOP.resolve("deploy/src/main/dist/kiosk");

    @TempDir
    private Path folder;

    /** What a command said, and how it ended. */
    private record Said(int code, String words) {}

    private static Said run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), words);
    }

    private Said install(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(TOP.resolve("deploy/install-kiosk").toString(), "--into", folder.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private Map<String, FileTime> laid() throws IOException {
        Map<String, FileTime> laid = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                laid.put("/" + folder.relativize(file), Files.getLastModifiedTime(file));
            }
        }
        return laid;
    }

    @Test
    void liesThereAfterTheFirstRunAndStaysAsItIsAfterTheSecond() throws Exception {
        assertThat(install("--display", "1280x800@217x135.6").code()).isZero();
        Map<String, FileTime> first = laid();
        assertThat(first)
                .containsKeys(
                        "/etc/systemd/system/kimppa-kiosk.service",
                        "/etc/sysusers.d/kimppa-kiosk.conf",
                        "/etc/tmpfiles.d/kimppa-kiosk.conf",
                        "/etc/udev/rules.d/60-kimppa-devices.rules",
                        "/etc/kimppa/kiosk.json");
        assertThat(folder.resolve("etc/kimppa/kiosk.env")).content().contains("KIMPPA_DISPLAY=1280x800@217x135.6\n");
        assertThat(install("--display", "1280x800@217x135.6").words()).isEqualTo("Nothing to do.\n");
        assertThat(laid()).isEqualTo(first);
    }

    @Test
    void keepsWhatSomebodyHasFilledIn() throws Exception {
        install();
        Path configuration = Files.writeString(folder.resolve("etc/kimppa/kiosk.json"), "{}");
        install();
        assertThat(configuration).hasContent("{}");
        assertThat(install("--undo").code()).isZero();
        assertThat(laid().keySet())
                .containsExactlyInAnyOrder(
                        "/etc/kimppa/kiosk.env", "/etc/kimppa/kiosk.json", "/etc/udev/rules.d/60-kimppa-devices.rules");
        assertThat(install("--undo", "--purge").code()).isZero();
        assertThat(laid().keySet()).containsExactly("/etc/udev/rules.d/60-kimppa-devices.rules");
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        Said said = install("--dry-run");
        assertThat(said.code()).isZero();
        assertThat(said.words()).contains("/etc/systemd/system/kimppa-kiosk.service");
        assertThat(laid()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithItsCommandLine() throws Exception {
        assertThat(install("--sideways").code()).isEqualTo(2);
        assertThat(install("--purge").words()).contains("--purge goes with --undo.");
        assertThat(install("--display", "large").words()).contains("expected pixels and millimetres");
    }

    @Test
    void hasASampleThatAKioskUnderstands() {
        KioskConfiguration sample = KioskConfiguration.read(DIST.resolve("kiosk.json"));
        assertThat(sample.data()).isEqualTo(Path.of("/var/lib/kimppa/kiosk"));
    }

    /** The programs that it starts are not on this machine; the rest must hold. */
    @Test
    void isAServiceThatSystemdUnderstands() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd is here");
        String unit = Files.readString(DIST.resolve("kimppa-kiosk.service")).replace("/usr/bin/cage", "/bin/true");
        Path copy = Files.writeString(folder.resolve("kimppa-kiosk.service"), unit);
        assertThat(run("/usr/bin/systemd-analyze", "verify", copy.toString()).words())
                .isEmpty();
    }

    /** A patron's memory is never written to disk, and whatever happens it comes back. */
    @Test
    void keepsTheLinesThatPrivacyAndServiceHangOn() throws Exception {
        assertThat(DIST.resolve("kimppa-kiosk.service"))
                .content()
                .contains("\nLimitCORE=0\n", "\nMemorySwapMax=0\n", "\nRestart=always\n", "\nWatchdogSec=20\n")
                .contains("\nNotifyAccess=all\n", "\nStartLimitIntervalSec=0\n", "\nNoNewPrivileges=yes\n")
                .doesNotContain("PAMName");
    }
}
