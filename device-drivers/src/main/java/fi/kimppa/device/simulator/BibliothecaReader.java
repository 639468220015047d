package fi.kimppa.device.simulator;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.BibliothecaCommand;
import fi.kimppa.device.rfid.BibliothecaFrame;
import fi.kimppa.device.rfid.BibliothecaFrame.Start;
import fi.kimppa.device.rfid.BibliothecaFrameParser;
import fi.kimppa.device.rfid.TagError;
import fi.kimppa.device.rfid.Uid;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a Bibliotheca / 3M model 210 pad does with the requests of one host. Its error bytes are our own choice, because none are
 * published: the tag's own error, or one of ours. One per link.
 */
final class BibliothecaReader {
    private static final int UID_BYTES = 8;
    /** The tag does not answer. */
    private static final int SILENCE = 0xE1;
    /** The radio link was too poor to write. */
    private static final int WRITE_FAILED = 0xE2;
    /** The reader does not know the command, or its length is wrong. */
    private static final int BAD_REQUEST = 0xE3;
    /** As a published client saw it on a line: vendor 3M, 5.1.25. */
    private static final byte[] VERSION = {BibliothecaCommand.VENDOR_3M, 5, 1, 0x19};

    private final PadField field;
    private final Set<Uid> quiet = new HashSet<>();

    BibliothecaReader(PadField field) {
        this.field = field;
    }

    void serve(ByteLink link) {
        FrameServer.serve(link, new BibliothecaFrameParser(), request -> Optional.of(answer(request)));
    }

    /** The answer to a request. */
    BibliothecaFrame answer(BibliothecaFrame request) {
        byte[] data = request.rest();
        // At start-up the version is asked for behind another number, and told without an error byte.
        if (request.start() == Start.WAKE) {
            byte[] rest = Arrays.copyOf(new byte[] {0, BibliothecaCommand.VERSION}, 2 + VERSION.length);
            System.arraycopy(VERSION, 0, rest, 2, VERSION.length);
            return new BibliothecaFrame(Start.WAKE, request.command(), rest);
        }
        byte[] rest = switch (request.command()) {
            case BibliothecaCommand.VERSION -> joined(BibliothecaCommand.OK, VERSION);
            case BibliothecaCommand.SETTINGS -> joined(BibliothecaCommand.OK);
            case BibliothecaCommand.INVENTORY -> data.length == 2 ? inventory(data[0], data[1]) : joined(BAD_REQUEST);
            default -> data.length < UID_BYTES ? joined(BAD_REQUEST) : addressed(request.command(), data);
        };
        return new BibliothecaFrame(Start.COMMAND, request.command(), rest);
    }

    private byte[] inventory(int afi, int options) {
        List<VirtualTag> tags = field.tags().stream()
                .filter(tag -> afi == 0 || tag.afi() == (afi & 0xFF))
                .filter(tag -> !quiet.contains(tag.uid()))
                .toList();
        var out = new ByteArrayOutputStream();
        out.write(BibliothecaCommand.OK);
        out.write(afi);
        out.write(options);
        out.write(tags.size());
        for (VirtualTag tag : tags) {
            if ((options & BibliothecaCommand.WITH_DSFID) != 0) {
                out.write(tag.dsfid());
            }
            if ((options & BibliothecaCommand.WITH_UID) != 0) {
                out.writeBytes(field.uidOrder(tag.uid().bytes()));
            }
        }
        return out.toByteArray();
    }

    /** Error byte, UID, and what the command tells. */
    private byte[] addressed(int command, byte[] data) {
        byte[] named = Arrays.copyOf(data, UID_BYTES);
        byte[] result = execute(command, Uid.of(field.uidOrder(named)), Arrays.copyOfRange(data, 8, data.length));
        var out = new ByteArrayOutputStream();
        out.write(result[0]);
        out.writeBytes(named);
        out.write(result, 1, result.length - 1);
        return out.toByteArray();
    }

    private byte[] execute(int command, Uid uid, byte[] arguments) {
        return switch (command) {
            case BibliothecaCommand.QUIET ->
                ask(uid, arguments, 0, _ -> {
                    quiet.add(uid);
                    return joined(BibliothecaCommand.OK);
                });
            case BibliothecaCommand.READ_BLOCKS ->
                ask(uid, arguments, 3, tag -> read(tag, arguments[0] & 0xFF, arguments[1] & 0xFF));
            case BibliothecaCommand.WRITE_BLOCKS -> write(uid, arguments);
            case BibliothecaCommand.LOCK_BLOCK -> change(uid, arguments, 1, tag -> tag.lockBlock(arguments[0] & 0xFF));
            case BibliothecaCommand.GET_AFI ->
                ask(uid, arguments, 0, tag -> joined(BibliothecaCommand.OK, (byte) tag.afi()));
            case BibliothecaCommand.WRITE_AFI -> security(uid, arguments, 1, tag -> tag.writeAfi(arguments[0]));
            case BibliothecaCommand.LOCK_AFI -> change(uid, arguments, 0, VirtualTag::lockAfi);
            case BibliothecaCommand.CHECK_EAS ->
                ask(uid, arguments, 0, tag -> joined(BibliothecaCommand.OK, (byte) (tag.eas() ? 1 : 0)));
            case BibliothecaCommand.EAS_CONTROL -> security(uid, arguments, 1, tag -> tag.writeEas(arguments[0] != 0));
            case BibliothecaCommand.GET_DSFID ->
                ask(uid, arguments, 0, tag -> joined(BibliothecaCommand.OK, (byte) tag.dsfid()));
            case BibliothecaCommand.WRITE_DSFID -> change(uid, arguments, 1, tag -> tag.writeDsfid(arguments[0]));
            case BibliothecaCommand.LOCK_DSFID -> change(uid, arguments, 0, VirtualTag::lockDsfid);
            case BibliothecaCommand.TAG_INFORMATION -> ask(uid, arguments, 1, tag -> information(tag, arguments[0]));
            default -> joined(BAD_REQUEST);
        };
    }

    private byte[] ask(Uid uid, byte[] arguments, int length, Function<VirtualTag, byte[]> question) {
        return arguments.length != length
                ? joined(BAD_REQUEST)
                : field.told(uid).map(question).orElseGet(() -> joined(SILENCE));
    }

    private byte[] read(VirtualTag tag, int first, int count) {
        if (count == 0 || first + count > tag.blocks()) {
            return joined(TagError.NO_SUCH_BLOCK);
        }
        var out = new ByteArrayOutputStream();
        out.write(BibliothecaCommand.OK);
        out.write(first);
        out.write(count);
        for (int block = first; block < first + count; block++) {
            out.write(tag.locked(block) ? 1 : 0);
            out.writeBytes(field.wireOrder(tag.block(block)));
        }
        return out.toByteArray();
    }

    private static byte[] information(VirtualTag tag, int wanted) {
        int there = wanted & (BibliothecaCommand.DSFID | BibliothecaCommand.AFI | BibliothecaCommand.MEMORY);
        var out = new ByteArrayOutputStream();
        out.write(BibliothecaCommand.OK);
        out.write(there);
        if ((there & BibliothecaCommand.DSFID) != 0) {
            out.write(tag.dsfid());
        }
        if ((there & BibliothecaCommand.AFI) != 0) {
            out.write(tag.afi());
        }
        if ((there & BibliothecaCommand.MEMORY) != 0) {
            out.write(tag.blockSize() - 1);
            out.write(tag.blocks() - 1);
        }
        return out.toByteArray();
    }

    /** First block, count, 00, bytes; answered with the block behind the last that was written. */
    private byte[] write(Uid uid, byte[] arguments) {
        int count = arguments.length < 3 ? 0 : arguments[1] & 0xFF;
        if (count == 0 || arguments.length == 3 || (arguments.length - 3) % count != 0) {
            return joined(BAD_REQUEST);
        }
        int size = (arguments.length - 3) / count;
        int first = arguments[0] & 0xFF;
        for (int i = 0; i < count; i++) {
            int block = first + i;
            int at = 3 + i * size;
            byte[] bytes = field.wireOrder(Arrays.copyOfRange(arguments, at, at + size));
            int error = error(field.changeMemory(uid, tag -> tag.write(block, bytes)));
            if (error != BibliothecaCommand.OK) {
                return joined(error, (byte) block);
            }
        }
        return joined(BibliothecaCommand.OK, (byte) (first + count));
    }

    private byte[] change(Uid uid, byte[] arguments, int length, Function<VirtualTag, TagOutcome> command) {
        return joined(arguments.length == length ? error(field.change(uid, command)) : BAD_REQUEST);
    }

    private byte[] security(Uid uid, byte[] arguments, int length, Function<VirtualTag, TagOutcome> command) {
        return joined(arguments.length == length ? error(field.changeSecurity(uid, command)) : BAD_REQUEST);
    }

    private static int error(TagOutcome outcome) {
        return switch (outcome) {
            case TagOutcome.Changed _ -> BibliothecaCommand.OK;
            case TagOutcome.Silent _ -> SILENCE;
            case TagOutcome.WriteFailed _ -> WRITE_FAILED;
            case TagOutcome.Refused(int error) -> error;
        };
    }

    private static byte[] joined(int error, byte... data) {
        byte[] rest = new byte[1 + data.length];
        rest[0] = (byte) error;
        System.arraycopy(data, 0, rest, 1, data.length);
        return rest;
    }
}
