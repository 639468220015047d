package fi.kimppa.device.simulator;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.door.DoorLock;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VirtualDeskTest {
    @Test
    void showsEachChangeToThoseWhoLook() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            var seen = new AtomicReference<>(desk.snapshot());
            desk.onChange(seen::set);
            VirtualTag tag = DemoTags.items().getFirst().tags().getFirst();
            desk.pad().lay(tag);
            eventually("tag", () -> seen.get().pad().tags().equals(List.of(tag)));
            assertThat(desk.pad().lift(tag.uid())).contains(tag);
            assertThat(desk.pad().lift(tag.uid())).isEmpty();
            eventually("no tag", () -> seen.get().pad().tags().isEmpty());
            desk.printer().setPaper(Paper.LOW);
            desk.printer().setCoverOpen(true);
            eventually(
                    "paper",
                    () -> seen.get().printer().paper() == Paper.LOW
                            && seen.get().printer().coverOpen());
            desk.door().force();
            eventually("door", () -> seen.get().door().open());
            desk.scanner().unplug();
            eventually("scanner", () -> !seen.get().scanner().plugged());
            try (RfidPad _ = RfidPad.open(desk.pad().address())) {
                eventually("host", () -> seen.get().pad().hosts() == 1);
            }
            eventually("no host", () -> seen.get().pad().hosts() == 0);
        }
    }

    @Test
    void showsWhenATimedReleaseEnds() {
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
                DoorLock lock = DoorLock.connect(desk.door().address())) {
            var seen = new AtomicReference<>(desk.snapshot());
            desk.onChange(seen::set);
            eventually("ready", () -> lock.status() instanceof DeviceStatus.Ready);
            lock.open(Duration.ofMillis(300));
            eventually("released", () -> seen.get().door().released());
            eventually("locked", () -> !seen.get().door().released());
        }
    }

    @Test
    void namesThePortThatIsTakenAndClosesWhatItHadOpened() {
        try (VirtualDesk first = VirtualDesk.start(DeskPorts.any())) {
            int taken = port(first.printer().address());
            int free;
            try (VirtualDesk other = VirtualDesk.start(DeskPorts.any())) {
                free = port(other.pad().address());
            }
            assertThatThrownBy(() -> VirtualDesk.start(new DeskPorts(free, taken, 0, 0)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("escpos")
                    .hasMessageContaining(Integer.toString(taken));
            try (VirtualDesk again = VirtualDesk.start(new DeskPorts(free, 0, 0, 0))) {
                assertThat(port(again.pad().address())).isEqualTo(free);
            }
        }
    }

    /** Hosts that send rubbish, hang up in mid-frame and never read the answers. */
    @Test
    void survivesAnythingAHostDoes() throws IOException {
        var random = new Random(42);
        try (VirtualDesk desk = VirtualDesk.start(DeskPorts.any())) {
            VirtualTag tag = DemoTags.items().getFirst().tags().getFirst();
            desk.pad().lay(tag);
            List<Socket> rude = new ArrayList<>();
            for (DeviceAddress address : List.of(
                    desk.pad().address(),
                    desk.printer().address(),
                    desk.scanner().address(),
                    desk.door().address())) {
                for (int i = 0; i < 15; i++) {
                    var socket = new Socket(InetAddress.getLoopbackAddress(), port(address));
                    byte[] rubbish = new byte[random.nextInt(6_000)];
                    random.nextBytes(rubbish);
                    try {
                        socket.getOutputStream().write(rubbish);
                    } catch (IOException e) {
                        // A board that lost the frame hangs up; that is right.
                        assertThat(address.driver()).isEqualTo("modbus").as("%s", e);
                    }
                    if (i % 2 == 0) {
                        socket.close();
                    } else {
                        rude.add(socket);
                    }
                }
            }
            try (RfidPad pad = RfidPad.open(desk.pad().address());
                    ReceiptPrinter printer = ReceiptPrinter.open(desk.printer().address());
                    DoorLock lock = DoorLock.connect(desk.door().address())) {
                eventually("pad", () -> pad.status() instanceof DeviceStatus.Ready);
                eventually("printer", () -> printer.status() instanceof DeviceStatus.Ready);
                eventually("door", () -> lock.status() instanceof DeviceStatus.Ready);
                assertThat(pad.inventory()).containsExactly(tag.uid());
                // A printer prints what all its hosts send; the last of the rubbish may still be on its way.
                eventually("a slip without rubbish in it", () -> {
                    assertThat(printer.print(
                                    Receipt.builder().text("still here").build()))
                            .isEqualTo(new PrintOutcome.Printed());
                    return desk.printer().slips().getLast().text().contains("still here");
                });
            }
            for (Socket socket : rude) {
                socket.close();
            }
            eventually(
                    "all gone",
                    () -> desk.snapshot().pad().hosts() == 0
                            && desk.snapshot().scanner().hosts() == 0
                            && desk.snapshot().door().hosts() == 0);
        }
    }

    @Test
    void carriesTheDemoItems() {
        List<DemoItem> items = DemoTags.items();
        assertThat(items).hasSize(10);
        List<Uid> uids = items.stream()
                .flatMap(item -> item.tags().stream())
                .map(VirtualTag::uid)
                .toList();
        assertThat(uids).hasSize(12).doesNotHaveDuplicates();
        assertThat(items.getFirst().tags().getFirst().uid()).hasToString("E0040150B2D05E0B");
        for (DemoItem item : items) {
            for (VirtualTag tag : item.tags()) {
                assertThat(TagCodec.decode(tag.dsfid(), tag.memory()))
                        .isInstanceOfSatisfying(TagContent.Decoded.class, decoded -> {
                            assertThat(decoded.item().identifier()).isEqualTo(item.identifier());
                            assertThat(decoded.item().owner()).contains(item.owner());
                            assertThat(decoded.item().model())
                                    .isEqualTo(
                                            item.identifier().startsWith("853N")
                                                    ? TagModel.ISO_28560_3
                                                    : TagModel.ISO_28560_2);
                        });
                boolean lent = item.identifier().equals("3000000042")
                        || item.identifier().equals("3000000097");
                assertThat(tag.afi()).isEqualTo(lent ? 0xC2 : 0x07);
            }
        }
        assertThat(DemoTags.item("611N00576578", "FI-Turku", "x")
                        .tags()
                        .getFirst()
                        .uid())
                .isNotEqualTo(DemoTags.item("611N00576579", "FI-Turku", "x")
                        .tags()
                        .getFirst()
                        .uid());
    }

    private static int port(DeviceAddress address) {
        return ((DeviceAddress.Link.Tcp) address.link()).port();
    }
}
