package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that connects by itself and tells what it reads. */
@Timeout(60)
class FeigNotificationsTest {
    private static final Uid UID = Uid.parse("E00401500A1B2C3D");
    private static final String ITEM = "853N06240600";

    /** Published by rfid-harava: two records of 6 blocks without a UID. */
    private static final String WITHOUT_UIDS = "020045002200 0A 0002"
            + "001D 0006 04 D1000DD9DB0F3D6C593362C18376CC3F0201A80501106702"
            + "001D 0006 04 D1000DD9DB0F3D6C593362C18376CC3F0201A80501106702 89ED";

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static DeviceAddress address(int port, String settings) {
        return DeviceAddress.parse("feig:listen:127.0.0.1:" + port + "?mode=notify&hold=400" + settings);
    }

    /** TR-DATA1 with identifier, blocks and byte order; one record: type 03, information 00, length 8, UID; 8 blocks of 4. */
    private static byte[] notification() {
        byte[] memory = Arrays.copyOf(TagCodec.encode(ItemTag.single(ITEM, "FI-Turku", TagModel.FINNISH_2005)), 32);
        var data = new ByteArrayOutputStream();
        data.writeBytes(HexFormat.of().parseHex("00" + "0B" + "0001" + "0030" + "030008"));
        data.writeBytes(UID.bytes());
        data.writeBytes(HexFormat.of().parseHex("0008" + "04"));
        data.writeBytes(memory);
        return new FeigFrame(FeigFrame.Format.ADVANCED, 0, FeigCommand.READ_BUFFER, data.toByteArray()).bytes();
    }

    private static Socket call(int port, RfidPad pad) throws IOException {
        eventually("waits for calls", () -> pad.lastFailure().orElse("").contains("no device has called yet"));
        var reader = new Socket(InetAddress.getLoopbackAddress(), port);
        eventually("ready", () -> pad.status() instanceof DeviceStatus.Ready);
        return reader;
    }

    @Test
    void knowsWhatTheReaderToldAndForgetsItAfterAWhile() throws Exception {
        int port = freePort();
        List<PadEvent> events = new CopyOnWriteArrayList<>();
        try (RfidPad pad = RfidPad.open(address(port, "&ack=clear"));
                Socket reader = call(port, pad);
                PadWatch _ = PadWatch.start(pad, events::add)) {
            reader.getOutputStream().write(notification());
            eventually("stable", () -> events.stream().anyMatch(PadEvent.Stable.class::isInstance));
            PadEvent.Stable stable = (PadEvent.Stable) events.get(1);
            assertThat(stable.tag().uid()).isEqualTo(UID);
            assertThat(stable.tag().item().orElseThrow().identifier()).isEqualTo(ITEM);
            // The acknowledgement: clear buffer, as published.
            assertThat(reader.getInputStream().readNBytes(7)).startsWith(0x02, 0x00, 0x07, 0x00, 0x32);
            assertThat(pad.setSecurity(UID, ITEM, TagSecurity.UNSECURED))
                    .isEqualTo(new SecurityWrite.Failed(SecurityWrite.Reason.REJECTED));
            eventually("left", () -> events.stream().anyMatch(PadEvent.Left.class::isInstance));
        }
    }

    @Test
    void isAbsentWhileNobodyCallsAndReadyAgainAfterTheNextCall() throws Exception {
        int port = freePort();
        try (RfidPad pad = RfidPad.open(address(port, ""))) {
            call(port, pad).close();
            eventually("away", () -> pad.status() instanceof DeviceStatus.Absent);
            try (Socket again = call(port, pad)) {
                again.getOutputStream().write(notification());
                eventually("told", () -> !pad.inventory().isEmpty());
            }
        }
    }

    @Test
    void saysThatAReaderIsSetUpToNameNoTags() throws Exception {
        int port = freePort();
        try (RfidPad pad = RfidPad.open(address(port, ""));
                Socket reader = call(port, pad)) {
            reader.getOutputStream().write(HexFormat.of().parseHex(WITHOUT_UIDS.replace(" ", "")));
            eventually(
                    "in a wrong mode",
                    () -> pad.inventory().isEmpty() && pad.status().why().equals(Optional.of(StatusReason.WRONG_MODE)));
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> RfidPad.open(address(1, "&ack=maybe"))).hasMessageContaining("expected ack");
        assertThatThrownBy(() -> RfidPad.open(address(1, "&baud=9600&speed=1"))).hasMessageContaining("speed");
    }
}
