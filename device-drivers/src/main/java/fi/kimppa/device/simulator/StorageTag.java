package fi.kimppa.device.simulator;

import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.rfid.TagError;
import fi.kimppa.device.rfid.Uid;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A tag of a field as a PC/SC reader for storage cards shows it: commands of PC/SC part 3, and under the instruction FB, which is of
 * no maker's, the tag's own commands (ISO/IEC 15693-3) as they go over the air.
 */
record StorageTag(PadField field, Uid uid) {
    private static final int PASS_THROUGH = 0xFB;
    private static final int WRITE_AFI = 0x27;
    private static final int SYSTEM_INFORMATION = 0x2B;
    /** High data rate, addressed. */
    private static final byte ADDRESSED = 0x22;

    private static final byte ERROR = 0x01;

    /** The response to one command APDU of class FF. */
    byte[] answer(byte[] command) {
        Optional<VirtualTag> tag = field.told(uid);
        if (tag.isEmpty()) {
            return VirtualCard.status(VirtualCard.NO_INFORMATION);
        }
        int block = command[3] & 0xFF;
        return switch (command[1] & 0xFF) {
            case CardCommand.READ -> read(tag.get(), block, command);
            case CardCommand.WRITE -> write(tag.get(), block, command);
            case PASS_THROUGH -> heard(passThrough(tag.get(), command));
            default -> VirtualCard.status(VirtualCard.NOT_SUPPORTED);
        };
    }

    private byte[] read(VirtualTag tag, int block, byte[] command) {
        if (block >= tag.blocks()) {
            return VirtualCard.status(VirtualCard.WRONG_ADDRESS);
        }
        return command.length == 5 && command[4] == tag.blockSize()
                ? VirtualCard.ok(field.wireOrder(tag.block(block)))
                : VirtualCard.status(VirtualCard.WRONG_LENGTH);
    }

    private byte[] write(VirtualTag tag, int block, byte[] command) {
        if (block >= tag.blocks()) {
            return VirtualCard.status(VirtualCard.WRONG_ADDRESS);
        }
        if (command.length != 5 + tag.blockSize() || command[4] != tag.blockSize()) {
            return VirtualCard.status(VirtualCard.WRONG_LENGTH);
        }
        byte[] bytes = field.wireOrder(Arrays.copyOfRange(command, 5, command.length));
        boolean changed = field.change(uid, lying -> lying.write(block, bytes)) instanceof TagOutcome.Changed;
        return VirtualCard.status(changed ? VirtualCard.DONE : VirtualCard.NO_INFORMATION);
    }

    private static byte[] heard(byte[] onTheAir) {
        return onTheAir.length == 0 ? VirtualCard.status(VirtualCard.NO_INFORMATION) : VirtualCard.ok(onTheAir);
    }

    /** What the tag answers on the air: flags, then data or an error; nothing to a command for another tag. */
    private byte[] passThrough(VirtualTag tag, byte[] command) {
        byte[] request = Arrays.copyOfRange(command, Math.min(5, command.length), command.length);
        if (request.length < 10
                || request[0] != ADDRESSED
                || !Arrays.equals(onTheAir(), Arrays.copyOfRange(request, 2, 10))) {
            return new byte[0];
        }
        return switch (request[1] & 0xFF) {
            case WRITE_AFI -> request.length == 11 ? writeAfi(request[10] & 0xFF) : error(TagError.UNNAMED);
            case SYSTEM_INFORMATION -> information(tag);
            default -> error(TagError.NOT_SUPPORTED);
        };
    }

    private byte[] writeAfi(int afi) {
        return switch (field.changeSecurity(uid, tag -> tag.writeAfi(afi))) {
            case TagOutcome.Changed _ -> new byte[] {0};
            case TagOutcome.Refused(int error) -> error(error);
            case TagOutcome.WriteFailed _, TagOutcome.Silent _ -> new byte[0];
        };
    }

    private byte[] information(VirtualTag tag) {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.write(0x0F);
        out.writeBytes(onTheAir());
        out.write(tag.dsfid());
        out.write(tag.afi());
        out.write(tag.blocks() - 1);
        out.write(tag.blockSize() - 1);
        out.write(1);
        return out.toByteArray();
    }

    private static byte[] error(int error) {
        return new byte[] {ERROR, (byte) error};
    }

    private byte[] onTheAir() {
        byte[] bytes = uid.bytes();
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
