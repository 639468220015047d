package fi.kimppa.device.link;

/**
 * The commands that a PC/SC reader itself carries out on a contactless storage card, as the bytes of a command APDU (PC/SC part 3,
 * section 3.2.2.1). Class FF tells them from the commands of a card with a processor.
 */
public final class CardCommand {
    /** The class of all of them. */
    public static final int CLASS = 0xFF;
    /** Get data: the UID. */
    public static final int GET_DATA = 0xCA;
    /** Load a key into the reader. */
    public static final int LOAD_KEY = 0x82;
    /** Authenticate a block with a loaded key. */
    public static final int AUTHENTICATE = 0x86;
    /** Read a block. */
    public static final int READ = 0xB0;
    /** Write a block. */
    public static final int WRITE = 0xD6;

    /** The reader's place for our key; it is loaded anew for each card. */
    private static final int KEY_PLACE = 0;

    private CardCommand() {}

    /** Which of the two keys of a sector of a Mifare Classic card is meant. */
    public enum KeyType {
        /** The first, usually for reading. */
        A(0x60),
        /** The second, usually for writing. */
        B(0x61);

        private final int code;

        KeyType(int code) {
            this.code = code;
        }

        /** Its byte in the command. */
        public int code() {
            return code;
        }
    }

    /** Asks for the UID; the answer has 4, 7 or 10 bytes from ISO/IEC 14443 cards and 8 from ISO/IEC 15693 tags. */
    public static byte[] uid() {
        return bytes(GET_DATA, 0, 0, 0);
    }

    /** Loads a key of 6 bytes into the reader's volatile memory. The bytes are a secret: no trace may show this command. */
    public static byte[] loadKey(byte[] key) {
        byte[] command = new byte[5 + key.length];
        System.arraycopy(bytes(LOAD_KEY, 0, KEY_PLACE, key.length), 0, command, 0, 5);
        System.arraycopy(key, 0, command, 5, key.length);
        return command;
    }

    /** Authenticates the sector of a block with the loaded key. */
    public static byte[] authenticate(int block, KeyType type) {
        return bytes(AUTHENTICATE, 0, 0, 5, 1, 0, block, type.code(), KEY_PLACE);
    }

    /** Reads {@code length} bytes of a block, 1 to 255; 0 stands for 256. */
    public static byte[] read(int block, int length) {
        return bytes(READ, 0, block, length);
    }

    /** Writes a block, whole. */
    public static byte[] write(int block, byte[] content) {
        byte[] command = new byte[5 + content.length];
        System.arraycopy(bytes(WRITE, 0, block, content.length), 0, command, 0, 5);
        System.arraycopy(content, 0, command, 5, content.length);
        return command;
    }

    private static byte[] bytes(int... afterClass) {
        byte[] command = new byte[afterClass.length + 1];
        command[0] = (byte) CLASS;
        for (int i = 0; i < afterClass.length; i++) {
            command[i + 1] = (byte) afterClass[i];
        }
        return command;
    }
}
