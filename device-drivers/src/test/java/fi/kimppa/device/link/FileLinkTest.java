package fi.kimppa.device.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.simulator.Pty;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of devices, with a pseudo-terminal in place of the device. */
@EnabledOnOs(OS.LINUX)
class FileLinkTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final SerialLine LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final int NOBODY = 65_534;

    private final Pty pty = Pty.open("test");
    private final String path = ((DeviceAddress.Link.Serial) pty.address().link()).port();

    @AfterEach
    void close() {
        pty.close();
    }

    @Test
    void passesEveryByteBothWaysUnchanged() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        try (ByteLink link = open("file")) {
            link.write(all);
            assertThat(readFully(pty, all.length)).isEqualTo(all);
            pty.write(all);
            assertThat(readFully(link, all.length)).isEqualTo(all);
            assertThat(link.read(new byte[8], Duration.ofMillis(30))).isZero();
        }
    }

    @Test
    void writesMoreThanTheSystemTakesAtOnce() throws Exception {
        byte[] much = new byte[200_000];
        Arrays.fill(much, (byte) 'x');
        try (ByteLink link = open("file")) {
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> readFully(pty, much.length));
            link.write(much);
            assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(much);
        }
    }

    @Test
    void noticesThatTheDeviceIsGone() {
        try (ByteLink link = open("file")) {
            pty.close();
            assertThatThrownBy(() -> link.read(new byte[8], LONG)).isInstanceOfSatisfying(LinkException.class, e -> {
                assertThat(e.reason()).isEqualTo(StatusReason.UNPLUGGED);
                assertThat(e.phase()).isEqualTo(Phase.READ);
            });
            assertThatThrownBy(() -> link.write(new byte[8])).isInstanceOf(LinkException.class);
        }
    }

    @Test
    void endsAWriteThatWaitsWhenItIsClosed() {
        ByteLink link = open("file");
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> link.write(new byte[1_000_000]));
        // The write is under way when its first bytes have come.
        readFully(pty, 1);
        link.close();
        assertThatThrownBy(() -> write.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(LinkException.class);
    }

    @Test
    void namesTheFileThatIsNotThere() {
        assertThatThrownBy(() -> ByteLink.open(DeviceAddress.parse("test:file:/dev/usb/no-such-printer"), LINE))
                .isInstanceOfSatisfying(
                        LinkException.class, e -> assertThat(e.reason()).isEqualTo(StatusReason.UNREACHABLE))
                .hasMessageContaining("/dev/usb/no-such-printer")
                .hasMessageContaining("system error 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "serial"})
    void namesTheGroupWhenTheSystemRefusesToOpenIt(String kind) throws IOException {
        Path port = Path.of(path);
        Files.setPosixFilePermissions(port, PosixFilePermissions.fromString("---------"));
        String group = Files.getAttribute(port, "posix:group").toString();
        asNobody(() -> assertThatThrownBy(() -> open(kind))
                .isInstanceOfSatisfying(LinkException.class, e -> {
                    assertThat(e.reason()).isEqualTo(StatusReason.ACCESS_DENIED);
                    assertThat(e.reason().blocking()).isTrue();
                    assertThat(e.phase()).isEqualTo(Phase.OPEN);
                })
                .hasMessageContaining(path)
                .hasMessageContaining("the group " + group)
                .hasMessageContaining("kimppa-devices.rules"));
    }

    @Test
    void namesTheUsualGroupsWhereTheFileSaysNothing(@TempDir Path directory) {
        DeviceAddress address = DeviceAddress.parse("test:file:/dev/usb/lp0");
        assertThat(AccessDenied.to(directory.resolve("gone").toString(), address, Duration.ZERO))
                .hasMessageContaining("the group dialout or lp");
    }

    @Test
    void holdsBackWhileTheDeviceSaysXoff() {
        var address = new DeviceAddress("test", pty.address().link(), Map.of("flow", "xonxoff"));
        try (ByteLink link = ByteLink.open(address, LINE)) {
            pty.write(new byte[] {0x13, 'x'});
            // Bytes are taken in order: with the second the first has been obeyed.
            assertThat(readFully(link, 1)).containsExactly('x');
            CompletableFuture<Void> write =
                    CompletableFuture.runAsync(() -> link.write("held".getBytes(StandardCharsets.US_ASCII)));
            assertThat(pty.read(new byte[8], Duration.ofMillis(100))).isZero();
            pty.write(new byte[] {0x11});
            assertThat(readFully(pty, 4)).isEqualTo("held".getBytes(StandardCharsets.US_ASCII));
            assertThat(write).succeedsWithin(LONG);
        }
    }

    private ByteLink open(String kind) {
        return ByteLink.open(DeviceAddress.parse("test:" + kind + ":" + path), LINE);
    }

    private static byte[] readFully(ByteLink link, int count) {
        byte[] all = new byte[count];
        int have = 0;
        while (have < count) {
            byte[] part = new byte[count - have];
            int got = link.read(part, LONG);
            assertThat(got).isPositive();
            System.arraycopy(part, 0, all, have, got);
            have += got;
        }
        return all;
    }

    /** Opens files with the rights of a user that has none, on this thread only; root may open anything. */
    @SuppressWarnings("restricted")
    private static void asNobody(Runnable opening) {
        Linker linker = Linker.nativeLinker();
        MethodHandle become = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setfsuid"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int before = (int) become.invokeExact(NOBODY);
            try {
                opening.run();
            } finally {
                int _ = (int) become.invokeExact(before);
            }
        } catch (RuntimeException | AssertionError e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
