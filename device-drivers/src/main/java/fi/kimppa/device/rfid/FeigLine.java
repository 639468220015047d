package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.FeigFrame.Format;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Requests to one FEIG reader, in the envelope that it understands, and its answers.
 *
 * <p>Settings of the address: {@code timeout} and {@code frames}. Threads: one at a time.
 */
final class FeigLine {
    private final Exchange<FeigFrame> exchange;
    private final List<Format> formats;
    private Format format;

    /** Which envelopes are tried. */
    private enum Frames {
        AUTO,
        STANDARD,
        ADVANCED
    }

    FeigLine(DeviceAddress address) {
        this.exchange = new Exchange<>(
                address, Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000)), FeigFrameParser::new);
        this.formats = switch (address.setting("frames", Frames.AUTO)) {
            case AUTO -> List.of(Format.ADVANCED, Format.STANDARD);
            case STANDARD -> List.of(Format.STANDARD);
            case ADVANCED -> List.of(Format.ADVANCED);
        };
        this.format = formats.getFirst();
    }

    /** The envelope that the reader answered in last. */
    Format format() {
        return format;
    }

    /** Asks a reader for its version, in each envelope until it answers. */
    FeigAnswer greet(ByteLink link) {
        LinkException silence = null;
        for (Format candidate : formats) {
            format = candidate;
            try {
                return ask(link, FeigCommand.VERSION);
            } catch (LinkException e) {
                if (e.reason() != StatusReason.NO_ANSWER) {
                    throw e;
                }
                silence = e;
            }
        }
        throw Objects.requireNonNull(silence);
    }

    /** One request and its answer. */
    FeigAnswer ask(ByteLink link, int command, byte... data) {
        return FeigAnswer.of(exchange.ask(link, request(command, data), name(command), answers(command)));
    }

    /** A host command. */
    FeigAnswer host(ByteLink link, int subCommand, byte... arguments) {
        return ask(link, FeigCommand.HOST, joined(new byte[] {(byte) subCommand}, arguments));
    }

    /** A host command that may not be repeated; empty when no whole answer comes. */
    Optional<FeigAnswer> hostOnce(ByteLink link, int subCommand, byte... arguments) {
        byte[] request = request(FeigCommand.HOST, joined(new byte[] {(byte) subCommand}, arguments));
        return exchange.once(link, request, answers(FeigCommand.HOST)).map(FeigAnswer::of);
    }

    /** A command that NXP's tags know beside those of the standard. */
    FeigAnswer custom(ByteLink link, int subCommand, Uid uid) {
        return ask(link, FeigCommand.CUSTOM, joined(new byte[] {FeigCommand.NXP, (byte) subCommand}, addressed(uid)));
    }

    /** What a command to one tag begins with, and what follows. */
    static byte[] addressed(Uid uid, byte... more) {
        return joined(new byte[] {FeigCommand.ADDRESSED}, uid.bytes(), more);
    }

    /** Whether every question since this was asked last got one answer and no other came. */
    boolean inStep(ByteLink link) {
        // Nothing else is answered with this command's number.
        int command = FeigCommand.VERSION;
        return exchange.inStep(link, request(command), name(command), answers(command));
    }

    private byte[] request(int command, byte... data) {
        return new FeigFrame(format, FeigFrame.ANY_READER, command, data).bytes();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String name(int command) {
        return "command " + Integer.toHexString(command);
    }

    private static Predicate<FeigFrame> answers(int command) {
        return frame -> frame.command() == command && frame.rest().length > 0;
    }
}
