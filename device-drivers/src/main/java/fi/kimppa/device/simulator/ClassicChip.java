package fi.kimppa.device.simulator;

import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.link.CardCommand.KeyType;
import java.util.Arrays;

/**
 * A Mifare Classic 1K chip whose sector 1 the library keeps under keys of its own; all other sectors are as delivered. Together with
 * the place for a key that is the reader's. Threads: one.
 */
final class ClassicChip {
    private static final int BLOCK = 16;
    private static final int BLOCKS = 64;
    private static final int BLOCKS_OF_SECTOR = 4;
    private static final int LIBRARY_SECTOR = 1;
    private static final int KEY_BYTES = 6;
    private static final int NONE = -1;

    private final byte[] memory = new byte[BLOCK * BLOCKS];
    private final byte[] keyA;
    private final byte[] keyB;
    private byte[] loaded = new byte[0];
    private int openSector = NONE;

    ClassicChip(byte[] content, byte[] keyA, byte[] keyB) {
        if (content.length != BLOCK * 3 || keyA.length != KEY_BYTES || keyB.length != KEY_BYTES) {
            throw new IllegalArgumentException("Expected a sector of 48 bytes and keys of 6");
        }
        System.arraycopy(content, 0, memory, LIBRARY_SECTOR * BLOCKS_OF_SECTOR * BLOCK, content.length);
        this.keyA = keyA.clone();
        this.keyB = keyB.clone();
    }

    /** Leaving the field, or a reset, closes all sectors. */
    void reset() {
        openSector = NONE;
    }

    /** The response to one command APDU of class FF. */
    byte[] answer(byte[] command) {
        return switch (command[1] & 0xFF) {
            case CardCommand.LOAD_KEY -> load(command);
            case CardCommand.AUTHENTICATE -> authenticate(command);
            case CardCommand.READ -> read(command);
            default -> VirtualCard.status(VirtualCard.NOT_SUPPORTED);
        };
    }

    private byte[] load(byte[] command) {
        if (command.length != 5 + KEY_BYTES || command[4] != KEY_BYTES) {
            return VirtualCard.status(VirtualCard.WRONG_LENGTH);
        }
        loaded = Arrays.copyOfRange(command, 5, command.length);
        return VirtualCard.status(VirtualCard.DONE);
    }

    private byte[] authenticate(byte[] command) {
        if (command.length != 10 || command[4] != 5 || command[5] != 1) {
            return VirtualCard.status(VirtualCard.WRONG_LENGTH);
        }
        int sector = (command[7] & 0xFF) / BLOCKS_OF_SECTOR;
        boolean fits = Arrays.equals(loaded, key(sector, (command[8] & 0xFF) == KeyType.A.code()));
        openSector = fits ? sector : NONE;
        return VirtualCard.status(fits ? VirtualCard.DONE : VirtualCard.NO_INFORMATION);
    }

    private byte[] key(int sector, boolean first) {
        byte[] delivered = new byte[KEY_BYTES];
        Arrays.fill(delivered, (byte) 0xFF);
        return sector != LIBRARY_SECTOR ? delivered : first ? keyA : keyB;
    }

    private byte[] read(byte[] command) {
        int block = command[3] & 0xFF;
        if (block >= BLOCKS) {
            return VirtualCard.status(VirtualCard.WRONG_ADDRESS);
        }
        if (command.length != 5 || command[4] != BLOCK) {
            return VirtualCard.status(VirtualCard.WRONG_LENGTH);
        }
        return block / BLOCKS_OF_SECTOR == openSector
                ? VirtualCard.ok(Arrays.copyOfRange(memory, block * BLOCK, (block + 1) * BLOCK))
                : VirtualCard.status(VirtualCard.NOT_AUTHENTICATED);
    }
}
