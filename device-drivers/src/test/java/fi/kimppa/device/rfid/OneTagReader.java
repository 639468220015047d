package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.MemoryLink;
import fi.kimppa.device.rfid.TagAnswer.Done;
import fi.kimppa.device.simulator.VirtualPad;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A PC/SC reader for storage cards that takes what lies on a virtual pad for its one tag, so that the contract of every pad can be asked of
 * it: each command becomes one to the pad's own reader.
 */
final class OneTagReader {
    private final FeigProtocol field =
            new FeigProtocol(new DeviceAddress("feig", new DeviceAddress.Link.Memory("field"), Map.of()));
    private final ByteLink host;
    private final ByteLink pad;

    private OneTagReader(ByteLink host, ByteLink pad) {
        this.host = host;
        this.pad = pad;
    }

    /** The driver's end of a link to it. */
    static ByteLink on(VirtualPad virtualPad, DeviceAddress address) {
        MemoryLink.Pair below = MemoryLink.pair(address);
        MemoryLink.Pair above = MemoryLink.pair(address);
        Thread.ofVirtual().start(() -> virtualPad.serve(below.device()));
        Thread.ofVirtual().start(new OneTagReader(above.device(), below.host())::serve);
        return above.host();
    }

    private void serve() {
        byte[] buffer = new byte[300];
        try (host;
                pad) {
            field.greet(pad);
            while (true) {
                int count = host.read(buffer, Duration.ofMillis(20));
                Optional<Uid> tag = field.inventory(pad).keySet().stream().findFirst();
                if (count > 0 && tag.isPresent()) {
                    host.write(answer(tag.get(), Arrays.copyOf(buffer, count)));
                }
            }
        } catch (DeviceException _) {
            // One of the ends hung up, and so does this.
        }
    }

    private byte[] answer(Uid tag, byte[] command) {
        return switch (command[1] & 0xFF) {
            case 0xCA -> response(tag.bytes(), 0x9000);
            case 0xB0 -> read(field.read(pad, tag, command[3] & 0xFF, 1));
            case 0xD6 -> done(field.write(pad, tag, command[3] & 0xFF, 4, Arrays.copyOfRange(command, 5, 9)));
            case 0xFB -> command[6] == 0x27 ? air(field.writeAfi(pad, tag, command[15] & 0xFF)) : information(tag);
            default -> response(new byte[0], 0x6A81);
        };
    }

    private static byte[] read(TagAnswer<Blocks> answer) {
        return answer instanceof TagAnswer.Given<Blocks>(Blocks blocks)
                ? response(blocks.bytes(), 0x9000)
                : response(new byte[0], 0x6A82);
    }

    private static byte[] done(TagAnswer<Done> answer) {
        return response(new byte[0], answer instanceof TagAnswer.Given<Done> ? 0x9000 : 0x6581);
    }

    private static byte[] air(TagAnswer<Done> answer) {
        return switch (answer) {
            case TagAnswer.Given<Done> _ -> response(new byte[] {0}, 0x9000);
            case TagAnswer.Refused<Done>(int error) -> response(new byte[] {1, (byte) error}, 0x9000);
            case TagAnswer.Gone<Done> _, TagAnswer.Hesitant<Done> _, TagAnswer.WriteError<Done> _ ->
                response(new byte[0], 0x6400);
        };
    }

    private byte[] information(Uid tag) {
        if (!(field.information(pad, tag) instanceof TagAnswer.Given<TagInformation>(TagInformation told))) {
            return response(new byte[0], 0x6400);
        }
        var air = new ByteArrayOutputStream();
        air.write(0);
        air.write(0x0F);
        air.writeBytes(Blocks.reversed(tag.bytes(), 8));
        air.write(told.dsfid().orElseThrow());
        air.write(told.afi().orElseThrow());
        air.write(told.blocks().orElseThrow() - 1);
        air.write(told.blockSize().orElseThrow() - 1);
        return response(air.toByteArray(), 0x9000);
    }

    private static byte[] response(byte[] data, int status) {
        byte[] bytes = Arrays.copyOf(data, data.length + 2);
        bytes[data.length] = (byte) (status >> 8);
        bytes[data.length + 1] = (byte) status;
        return bytes;
    }
}
