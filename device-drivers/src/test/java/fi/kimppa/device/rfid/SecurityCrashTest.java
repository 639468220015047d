package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.link.LinkTap;
import fi.kimppa.device.link.TcpListener;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed, as by kill -9, between any two steps from the promise to the tag; the next start makes it good. */
class SecurityCrashTest {
    private static final String ITEM = "853N06240600";
    private static final String OPERATION = "loan-1";
    private static final VirtualTag BOOK =
            DemoTags.tag(ItemTag.single(ITEM, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED);
    private static final VirtualTag OTHER =
            DemoTags.tag(ItemTag.single("3000000011", "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
    private Path folder;

    /** The program that is killed: promises, writes, and forgets the promise. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            try (SecurityLedger ledger = SecurityLedger.open(Path.of(arguments[1]));
                    RfidPad pad = RfidPad.open(DeviceAddress.parse(arguments[0]))) {
                eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
                ledger.owe(OPERATION, BOOK.uid(), ITEM, TagSecurity.UNSECURED);
                System.out.println("promised");
                if (pad.setSecurity(BOOK.uid(), ITEM, TagSecurity.UNSECURED) instanceof SecurityWrite.Verified) {
                    ledger.settle(OPERATION, BOOK.uid());
                    System.out.println("settled");
                }
            }
        }
    }

    @Test
    void makesGoodWhatWasPromisedBeforeTheWriteAndAfterIt() throws Exception {
        assertThat(killedAt(
                        "the write",
                        (_, frame) -> frame.command() == FeigCommand.HOST && frame.rest()[0] == FeigCommand.WRITE_AFI))
                .isTrue();
    }

    @Tag("long")
    @Test
    void makesGoodWhatWasPromisedWhereverItIsKilled() throws Exception {
        int frames = 1;
        while (killedAt(frames)) {
            frames++;
        }
        assertThat(frames).as("frames of the whole").isGreaterThan(8);
    }

    /** Which frame the program does not outlive. */
    private interface Fatal {
        boolean is(int number, FeigFrame frame);
    }

    private boolean killedAt(int frames) throws Exception {
        return killedAt("frame " + frames, (number, _) -> number == frames);
    }

    /**
     * Kills the program when the pad has received a frame, before and after the pad has done what it asks for.
     *
     * @return false when the program came to its end before
     */
    private boolean killedAt(String name, Fatal fatal) throws Exception {
        boolean killed = false;
        for (boolean afterwards : new boolean[] {false, true}) {
            Path file = folder.resolve("ledger of " + name + afterwards + ".db");
            try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
                desk.pad().lay(BOOK);
                desk.pad().lay(OTHER);
                String said = killed(desk, file, fatal, afterwards);
                killed |= !said.contains("settled");
                repair(desk, file);
                int wanted = said.contains("promised") ? 0xC2 : BOOK.afi();
                assertThat(afi(desk, BOOK))
                        .as("killed at %s, %s", name, afterwards ? "done" : "not done")
                        .isEqualTo(wanted);
                assertThat(afi(desk, OTHER)).isEqualTo(OTHER.afi());
            }
        }
        return killed;
    }

    private static String killed(VirtualDesk desk, Path file, Fatal fatal, boolean afterwards) throws IOException {
        var program = new AtomicReference<@Nullable Process>();
        var received = new AtomicInteger();
        var killer = new LinkTap() {
            private final FeigFrameParser parser = new FeigFrameParser();
            private boolean now;

            @Override
            public void received(byte[] bytes) {
                now = parser.feed(bytes, bytes.length).stream()
                        .anyMatch(frame -> fatal.is(received.incrementAndGet(), frame));
                kill(now && !afterwards);
            }

            @Override
            public void sent(byte[] bytes) {
                kill(now && afterwards);
            }

            private void kill(boolean reached) {
                Process running = program.get();
                if (reached && running != null) {
                    running.destroyForcibly();
                    running.onExit().join();
                }
            }
        };
        try (TcpListener listener =
                TcpListener.listen("feig", 0, link -> desk.pad().serve(killer.on(link)))) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            "feig:tcp:127.0.0.1:" + listener.port(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            program.set(process);
            try (BufferedReader output = process.inputReader()) {
                return String.join(" ", output.lines().toList());
            } finally {
                process.destroyForcibly();
                process.onExit().join();
            }
        }
    }

    /** What the next start does. */
    private static void repair(VirtualDesk desk, Path file) {
        try (SecurityLedger ledger = SecurityLedger.open(file);
                RfidPad pad = RfidPad.open(desk.pad().address())) {
            eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
            for (PendingSecurity owed : ledger.pending()) {
                assertThat(pad.setSecurity(owed.uid(), owed.identifier(), owed.target()))
                        .isInstanceOf(SecurityWrite.Verified.class);
                ledger.settle(owed.operation(), owed.uid());
            }
            assertThat(ledger.pending()).isEmpty();
        }
    }

    private static int afi(VirtualDesk desk, VirtualTag tag) {
        Optional<VirtualTag> now = desk.snapshot().pad().tags().stream()
                .filter(lying -> lying.uid().equals(tag.uid()))
                .findFirst();
        return now.orElseThrow().afi();
    }
}
