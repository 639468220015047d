package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.FeigCommand;
import fi.kimppa.device.rfid.FeigFrame;
import fi.kimppa.device.rfid.FeigFrame.Format;
import fi.kimppa.device.rfid.FeigFrameParser;
import fi.kimppa.device.rfid.TagError;
import fi.kimppa.device.rfid.Uid;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a FEIG reader in ISO-Host mode does with the requests of one host: answers what it knows and refuses the rest with a status.
 * One per link.
 */
final class FeigReader {
    private static final int ADDRESS = 0;
    /** Tags in one inventory answer; a real reader's buffer ends somewhere, too. */
    private static final int TAGS_PER_ANSWER = 8;
    /** Version 3.3.0, MR200-like, as in the published answer of a reader. */
    private static final byte[] VERSION = {3, 3, 0, 0x44, 0x53, 0x0D, 0x30};

    private static final int CONFIGURATION_BYTES = 14;
    /** Device identifier (4), then licence numbers (4, 2, 2, 2) and 2 reserved bytes (H60301 page 51). */
    private static final int DEVICE_ID_BYTES = 16;

    private static final int OUTPUT_BYTES = 8;
    private static final int LONGEST_STANDARD = 0xFF - 5;
    private static final int COLLISION = 0x0B;

    private final PadField field;
    private final FeigState state;
    private final Deque<VirtualTag> remaining = new ArrayDeque<>();
    private boolean output = true;

    FeigReader(PadField field, FeigState state) {
        this.field = field;
        this.state = state;
    }

    void serve(ByteLink link) {
        FrameServer.serve(link, new FeigFrameParser(), this::answer);
    }

    /** The answer to a request; none to one for another reader. */
    Optional<FeigFrame> answer(FeigFrame request) {
        if (request.address() != ADDRESS && request.address() != FeigFrame.ANY_READER) {
            return Optional.empty();
        }
        byte[] rest = execute(request);
        // What is too long for a standard frame goes out in an advanced one, however it was asked for (H40801 page 20).
        Format format = rest.length > LONGEST_STANDARD ? Format.ADVANCED : request.format();
        return Optional.of(new FeigFrame(format, ADDRESS, request.command(), rest));
    }

    private byte[] execute(FeigFrame request) {
        byte[] data = request.rest();
        return switch (request.command()) {
            case FeigCommand.VERSION -> sized(data, 0, () -> ok(VERSION));
            case FeigCommand.READER_INFORMATION -> sized(data, 1, () -> readerInformation(data[0] & 0xFF));
            case FeigCommand.CPU_RESET, FeigCommand.RF_RESET -> sized(data, 0, this::reset);
            case FeigCommand.RF_OUTPUT -> sized(data, 1, () -> output(data[0]));
            case FeigCommand.SET_OUTPUT -> sized(data, OUTPUT_BYTES, () -> light(ByteBuffer.wrap(data)));
            case FeigCommand.READ_CONFIGURATION -> sized(data, 1, () -> ok(new byte[CONFIGURATION_BYTES]));
            case FeigCommand.READ_BUFFER ->
                sized(data, 2, () -> buffer(ByteBuffer.wrap(data).getShort() & 0xFFFF));
            case FeigCommand.CLEAR_BUFFER -> sized(data, 0, this::clearBuffer);
            case FeigCommand.HOST -> state.scanning() ? status(FeigCommand.NOT_AVAILABLE) : host(data);
            case FeigCommand.CUSTOM -> state.scanning() ? status(FeigCommand.NOT_AVAILABLE) : custom(data);
            default -> status(FeigCommand.UNKNOWN_COMMAND);
        };
    }

    private interface Work {
        byte[] result();
    }

    private static byte[] sized(byte[] arguments, int length, Work work) {
        return arguments.length == length ? work.result() : status(FeigCommand.LENGTH_ERROR);
    }

    // --- the reader

    private byte[] readerInformation(int mode) {
        return mode == FeigCommand.DEVICE_ID
                ? ok(ByteBuffer.allocate(DEVICE_ID_BYTES)
                        .putInt(state.deviceId())
                        .array())
                : status(FeigCommand.PARAMETER_RANGE);
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

    /** States (2), flashing frequencies (2), time in 100 ms (2), 0000. */
    private byte[] light(ByteBuffer data) {
        state.light(new PadSignal(data.getShort(0) & 0xFFFF, Duration.ofMillis(100L * (data.getShort(4) & 0xFFFF))));
        return status(FeigCommand.OK);
    }

    private byte[] buffer(int sets) {
        return state.scanning() ? state.readBuffer(field, sets) : status(FeigCommand.NOT_AVAILABLE);
    }

    private byte[] clearBuffer() {
        if (!state.scanning()) {
            return status(FeigCommand.NOT_AVAILABLE);
        }
        state.clearBuffer();
        return status(FeigCommand.OK);
    }

    // --- tags

    private byte[] host(byte[] data) {
        if (data.length < 2) {
            return status(FeigCommand.LENGTH_ERROR);
        }
        int command = data[0] & 0xFF;
        if (command == FeigCommand.INVENTORY) {
            return sized(data, 2, () -> inventory(data[1] & 0xFF));
        }
        return addressed(Arrays.copyOfRange(data, 1, data.length), (uids, arguments) -> switch (command) {
            case FeigCommand.SYSTEM_INFORMATION -> sized(arguments, 0, () -> information(uids));
            case FeigCommand.READ_BLOCKS ->
                sized(arguments, 2, () -> read(uids, arguments[0] & 0xFF, arguments[1] & 0xFF));
            case FeigCommand.WRITE_BLOCKS -> write(uids, arguments);
            case FeigCommand.LOCK_BLOCKS ->
                sized(arguments, 2, () -> lock(uids, arguments[0] & 0xFF, arguments[1] & 0xFF));
            case FeigCommand.WRITE_AFI -> sized(arguments, 1, () -> security(uids, tag -> tag.writeAfi(arguments[0])));
            case FeigCommand.LOCK_AFI -> sized(arguments, 0, () -> change(uids, VirtualTag::lockAfi));
            case FeigCommand.WRITE_DSFID ->
                sized(arguments, 1, () -> change(uids, tag -> tag.writeDsfid(arguments[0])));
            case FeigCommand.LOCK_DSFID -> sized(arguments, 0, () -> change(uids, VirtualTag::lockDsfid));
            default -> status(FeigCommand.NOT_AVAILABLE);
        });
    }

    /** The maker's code, a sub-command, then as a host command. */
    private byte[] custom(byte[] data) {
        if (data.length < 3) {
            return status(FeigCommand.LENGTH_ERROR);
        }
        if (data[0] != FeigCommand.NXP) {
            return status(FeigCommand.NOT_AVAILABLE);
        }
        int command = data[1] & 0xFF;
        return addressed(Arrays.copyOfRange(data, 2, data.length), (uids, arguments) -> switch (command) {
            case FeigCommand.SET_EAS -> sized(arguments, 0, () -> security(uids, tag -> tag.writeEas(true)));
            case FeigCommand.RESET_EAS -> sized(arguments, 0, () -> security(uids, tag -> tag.writeEas(false)));
            case FeigCommand.EAS_ALARM -> sized(arguments, 0, () -> alarm(uids));
            default -> status(FeigCommand.NOT_AVAILABLE);
        });
    }

    /** A command to tags. */
    private interface TagCommand {
        byte[] execute(List<Uid> uids, byte[] arguments);
    }

    /**
     * Finds out which tags are meant.
     *
     * @param data mode, UID if the mode says so, arguments
     */
    private byte[] addressed(byte[] data, TagCommand command) {
        int addressing = data[0] & 0x07;
        if (addressing > FeigCommand.ADDRESSED) {
            return status(FeigCommand.PARAMETER_RANGE);
        }
        int head = addressing == FeigCommand.ADDRESSED ? 9 : 1;
        if (data.length < head) {
            return status(FeigCommand.LENGTH_ERROR);
        }
        List<Uid> uids = addressing == FeigCommand.ADDRESSED
                ? List.of(Uid.of(Arrays.copyOfRange(data, 1, 9)))
                : field.tags().stream().map(VirtualTag::uid).toList();
        return command.execute(output ? uids : List.of(), Arrays.copyOfRange(data, head, data.length));
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

    /** What the one tag tells that was meant; two at once cannot be told apart. */
    private byte[] ask(List<Uid> uids, Function<VirtualTag, byte[]> question) {
        return uids.size() > 1
                ? status(COLLISION)
                : uids.stream()
                        .findFirst()
                        .flatMap(field::told)
                        .map(question)
                        .orElseGet(() -> status(FeigCommand.NO_TRANSPONDER));
    }

    private byte[] information(List<Uid> uids) {
        return ask(uids, tag -> {
            var out = new ByteArrayOutputStream();
            out.write(tag.dsfid());
            out.writeBytes(tag.uid().bytes());
            out.write(tag.afi());
            out.write(tag.blockSize() - 1);
            out.write(tag.blocks() - 1);
            out.write(1);
            return ok(out.toByteArray());
        });
    }

    private byte[] read(List<Uid> uids, int first, int count) {
        return ask(uids, tag -> {
            if (count == 0 || first + count > tag.blocks()) {
                return new byte[] {(byte) FeigCommand.TAG_ERROR, TagError.NO_SUCH_BLOCK};
            }
            var out = new ByteArrayOutputStream();
            out.write(count);
            out.write(tag.blockSize());
            for (int block = first; block < first + count; block++) {
                out.write(tag.locked(block) ? 1 : 0);
                out.writeBytes(field.wireOrder(tag.block(block)));
            }
            return ok(out.toByteArray());
        });
    }

    /** A tag whose alarm bit is set answers; another keeps silent. */
    private byte[] alarm(List<Uid> uids) {
        return ask(uids, tag -> status(tag.eas() ? FeigCommand.OK : FeigCommand.NO_TRANSPONDER));
    }

    /** First block, count, size, bytes. */
    private byte[] write(List<Uid> uids, byte[] arguments) {
        if (arguments.length < 3 || arguments.length != 3 + (arguments[1] & 0xFF) * (arguments[2] & 0xFF)) {
            return status(FeigCommand.LENGTH_ERROR);
        }
        int size = arguments[2] & 0xFF;
        return blocks(arguments[0] & 0xFF, arguments[1] & 0xFF, (block, index) -> {
            int at = 3 + index * size;
            byte[] bytes = field.wireOrder(Arrays.copyOfRange(arguments, at, at + size));
            return changed(uids.stream()
                    .map(uid -> field.changeMemory(uid, tag -> tag.write(block, bytes)))
                    .toList());
        });
    }

    private byte[] lock(List<Uid> uids, int first, int count) {
        return blocks(first, count, (block, _) -> change(uids, tag -> tag.lockBlock(block)));
    }

    /** Something that is done to one block after the other. */
    private interface BlockCommand {
        byte[] execute(int block, int index);
    }

    /** Ends at the first block that fails; its number stands behind the error. */
    private static byte[] blocks(int first, int count, BlockCommand command) {
        if (count == 0) {
            return status(FeigCommand.PARAMETER_RANGE);
        }
        for (int i = 0; i < count; i++) {
            byte[] result = command.execute(first + i, i);
            if (result[0] != FeigCommand.OK) {
                boolean named = result[0] == (byte) FeigCommand.TAG_ERROR || result[0] == FeigCommand.WRITE_ERROR;
                byte[] failed = Arrays.copyOf(result, result.length + (named ? 1 : 0));
                failed[failed.length - 1] = named ? (byte) (first + i) : failed[failed.length - 1];
                return failed;
            }
        }
        return status(FeigCommand.OK);
    }

    private byte[] change(List<Uid> uids, Function<VirtualTag, TagOutcome> command) {
        return changed(uids.stream().map(uid -> field.change(uid, command)).toList());
    }

    private byte[] security(List<Uid> uids, Function<VirtualTag, TagOutcome> command) {
        return changed(
                uids.stream().map(uid -> field.changeSecurity(uid, command)).toList());
    }

    /** Without an address a command changes every tag in the field, as at a real reader; the first failure is told. */
    private static byte[] changed(List<TagOutcome> outcomes) {
        boolean any = false;
        for (TagOutcome outcome : outcomes) {
            switch (outcome) {
                case TagOutcome.Changed _ -> any = true;
                case TagOutcome.Silent _ -> {
                    // Nobody answered for this one.
                }
                case TagOutcome.WriteFailed _ -> {
                    return status(FeigCommand.WRITE_ERROR);
                }
                case TagOutcome.Refused(int error) -> {
                    return new byte[] {(byte) FeigCommand.TAG_ERROR, (byte) error};
                }
            }
        }
        return status(any ? FeigCommand.OK : FeigCommand.NO_TRANSPONDER);
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
