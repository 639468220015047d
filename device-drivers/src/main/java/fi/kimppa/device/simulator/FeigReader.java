package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.FeigCommand;
import fi.kimppa.device.rfid.FeigFrame;
import fi.kimppa.device.rfid.FeigFrameParser;
import fi.kimppa.device.rfid.TagError;
import fi.kimppa.device.rfid.Uid;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a FEIG reader in ISO-Host mode does with the bytes of one host: looks for frames, passes over rubbish in silence, answers what
 * it knows and refuses the rest with a status. One per link.
 */
final class FeigReader {
    private static final int ADDRESS = 0;
    /** Tags in one inventory answer; a real reader's buffer ends somewhere, too. */
    private static final int TAGS_PER_ANSWER = 8;
    /** Version 3.3.0, MR200-like, as in the published answer of a reader. */
    private static final byte[] VERSION = {3, 3, 0, 0x44, 0x53, 0x0D, 0x30};

    private static final int CONFIGURATION_BYTES = 14;
    private static final int COLLISION = 0x0B;
    private static final Duration GAP = Duration.ofMillis(60);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PadField field;
    private final Deque<VirtualTag> remaining = new ArrayDeque<>();
    private boolean output = true;

    FeigReader(PadField field) {
        this.field = field;
    }

    void serve(ByteLink link) {
        var parser = new FeigFrameParser();
        byte[] buffer = new byte[512];
        while (true) {
            int count = link.read(buffer, parser.unfinished() ? GAP : PATIENCE);
            List<FeigFrame> frames = count > 0 ? parser.feed(buffer, count) : parser.gap();
            for (FeigFrame frame : frames) {
                answer(frame).ifPresent(answer -> link.write(answer.bytes()));
            }
        }
    }

    /** The answer to a request; none to one for another reader. */
    Optional<FeigFrame> answer(FeigFrame request) {
        if (request.address() != ADDRESS && request.address() != FeigFrame.ANY_READER) {
            return Optional.empty();
        }
        byte[] rest = execute(request);
        // An answer too long for the envelope it was asked in is an error of the request.
        boolean fits = request.format() == FeigFrame.Format.ADVANCED || rest.length <= 250;
        return Optional.of(new FeigFrame(
                request.format(), ADDRESS, request.command(), fits ? rest : status(FeigCommand.PARAMETER_RANGE)));
    }

    private byte[] execute(FeigFrame request) {
        byte[] data = request.rest();
        return switch (request.command()) {
            case FeigCommand.VERSION -> data.length == 0 ? ok(VERSION) : status(FeigCommand.LENGTH_ERROR);
            case FeigCommand.CPU_RESET, FeigCommand.RF_RESET ->
                data.length == 0 ? reset() : status(FeigCommand.LENGTH_ERROR);
            case FeigCommand.RF_OUTPUT -> data.length == 1 ? output(data[0]) : status(FeigCommand.LENGTH_ERROR);
            case FeigCommand.READ_CONFIGURATION ->
                data.length == 1 ? ok(new byte[CONFIGURATION_BYTES]) : status(FeigCommand.LENGTH_ERROR);
            case FeigCommand.HOST -> data.length < 2 ? status(FeigCommand.LENGTH_ERROR) : host(data);
            default -> status(FeigCommand.UNKNOWN_COMMAND);
        };
    }

    private byte[] reset() {
        remaining.clear();
        output = true;
        return status(FeigCommand.OK);
    }

    private byte[] output(int on) {
        if (on != 0 && on != 1) {
            return status(FeigCommand.PARAMETER_RANGE);
        }
        output = on == 1;
        return status(FeigCommand.OK);
    }

    private byte[] host(byte[] data) {
        int command = data[0] & 0xFF;
        int mode = data[1] & 0xFF;
        if (command == FeigCommand.INVENTORY) {
            return data.length == 2 ? inventory(mode) : status(FeigCommand.LENGTH_ERROR);
        }
        int addressing = mode & 0x07;
        int head = addressing == FeigCommand.ADDRESSED ? 10 : 2;
        if (addressing > FeigCommand.ADDRESSED) {
            return status(FeigCommand.PARAMETER_RANGE);
        }
        if (data.length < head) {
            return status(FeigCommand.LENGTH_ERROR);
        }
        List<Uid> addressed = addressing == FeigCommand.ADDRESSED
                ? List.of(Uid.of(Arrays.copyOfRange(data, 2, 10)))
                : field.tags().stream().map(VirtualTag::uid).toList();
        byte[] arguments = Arrays.copyOfRange(data, head, data.length);
        return switch (command) {
            case FeigCommand.SYSTEM_INFORMATION -> sized(arguments, 0, () -> information(addressed));
            case FeigCommand.READ_BLOCKS ->
                sized(arguments, 2, () -> read(addressed, arguments[0] & 0xFF, arguments[1] & 0xFF));
            case FeigCommand.WRITE_BLOCKS -> write(addressed, arguments);
            case FeigCommand.WRITE_AFI -> sized(arguments, 1, () -> writeAfi(addressed, arguments[0] & 0xFF));
            default -> status(FeigCommand.NOT_AVAILABLE);
        };
    }

    private interface Work {
        byte[] result();
    }

    private static byte[] sized(byte[] arguments, int length, Work work) {
        return arguments.length == length ? work.result() : status(FeigCommand.LENGTH_ERROR);
    }

    private byte[] inventory(int mode) {
        if (mode != FeigCommand.MORE) {
            remaining.clear();
            remaining.addAll(output ? field.tags() : List.of());
        }
        if (remaining.isEmpty()) {
            return status(FeigCommand.NO_TRANSPONDER);
        }
        List<VirtualTag> told = new ArrayList<>();
        while (!remaining.isEmpty() && told.size() < TAGS_PER_ANSWER) {
            told.add(remaining.removeFirst());
        }
        var out = new ByteArrayOutputStream();
        out.write(remaining.isEmpty() ? FeigCommand.OK : FeigCommand.MORE_DATA);
        out.write(told.size());
        for (VirtualTag tag : told) {
            out.write(FeigCommand.ISO_15693);
            out.write(tag.dsfid());
            out.writeBytes(tag.uid().bytes());
        }
        return out.toByteArray();
    }

    /** The one tag that was meant, if it lies there and the field is on. */
    private Optional<VirtualTag> only(List<Uid> addressed) {
        return output && addressed.size() == 1 ? field.tag(addressed.getFirst()) : Optional.empty();
    }

    private static byte[] missing(List<Uid> addressed) {
        return status(addressed.size() > 1 ? COLLISION : FeigCommand.NO_TRANSPONDER);
    }

    private byte[] information(List<Uid> addressed) {
        return only(addressed)
                .map(tag -> {
                    var out = new ByteArrayOutputStream();
                    out.write(tag.dsfid());
                    out.writeBytes(tag.uid().bytes());
                    out.write(tag.afi());
                    out.write(VirtualTag.BLOCK - 1);
                    out.write(tag.blocks() - 1);
                    out.write(1);
                    return ok(out.toByteArray());
                })
                .orElseGet(() -> missing(addressed));
    }

    private byte[] read(List<Uid> addressed, int first, int count) {
        return only(addressed)
                .map(tag -> {
                    if (count == 0 || first + count > tag.blocks()) {
                        return new byte[] {(byte) FeigCommand.TAG_ERROR, TagError.NO_SUCH_BLOCK};
                    }
                    var out = new ByteArrayOutputStream();
                    out.write(count);
                    out.write(VirtualTag.BLOCK);
                    for (int block = first; block < first + count; block++) {
                        out.write(0);
                        out.writeBytes(field.wireOrder(tag.block(block)));
                    }
                    return ok(out.toByteArray());
                })
                .orElseGet(() -> missing(addressed));
    }

    private byte[] write(List<Uid> addressed, byte[] arguments) {
        if (arguments.length < 3 || arguments.length != 3 + (arguments[1] & 0xFF) * (arguments[2] & 0xFF)) {
            return status(FeigCommand.LENGTH_ERROR);
        }
        int first = arguments[0] & 0xFF;
        int count = arguments[1] & 0xFF;
        if (arguments[2] != VirtualTag.BLOCK || count == 0) {
            return status(FeigCommand.PARAMETER_RANGE);
        }
        return only(addressed)
                .map(tag -> {
                    if (first + count > tag.blocks()) {
                        return new byte[] {(byte) FeigCommand.TAG_ERROR, TagError.NO_SUCH_BLOCK, (byte) first};
                    }
                    for (int i = 0; i < count; i++) {
                        int at = 3 + i * VirtualTag.BLOCK;
                        field.write(
                                tag.uid(),
                                first + i,
                                field.wireOrder(Arrays.copyOfRange(arguments, at, at + VirtualTag.BLOCK)));
                    }
                    return status(FeigCommand.OK);
                })
                .orElseGet(() -> missing(addressed));
    }

    /** Without an address it changes every tag in the field, as a real reader does. */
    private byte[] writeAfi(List<Uid> addressed, int afi) {
        int status = FeigCommand.NO_TRANSPONDER;
        for (Uid uid : output ? addressed : List.<Uid>of()) {
            switch (field.writeAfi(uid, afi)) {
                case WRITTEN -> status = FeigCommand.OK;
                case FAILED -> {
                    return status(FeigCommand.WRITE_ERROR);
                }
                case LOCKED -> {
                    return new byte[] {(byte) FeigCommand.TAG_ERROR, TagError.LOCKED};
                }
                case GONE -> {
                    // The status stays as it is: nobody answered.
                }
            }
        }
        return status(status);
    }

    private static byte[] status(int status) {
        return new byte[] {(byte) status};
    }

    private static byte[] ok(byte[] data) {
        byte[] rest = new byte[data.length + 1];
        System.arraycopy(data, 0, rest, 1, data.length);
        return rest;
    }
}
