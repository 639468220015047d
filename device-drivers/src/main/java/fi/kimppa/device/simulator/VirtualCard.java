package fi.kimppa.device.simulator;

import fi.kimppa.device.card.SectorCard;
import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

/**
 * A contactless card together with the PC/SC reader that it lies on: what comes back to a command APDU (PC/SC part 3). Threads: any.
 *
 * <p>Sources: PC/SC part 3, section 3.1.3.2.3 (answer to reset of storage cards) and 3.2.2.1 (commands and status).
 */
public final class VirtualCard {
    static final int DONE = 0x9000;
    /** Also the wrong key. */
    static final int NO_INFORMATION = 0x6300;

    static final int WRONG_LENGTH = 0x6700;
    static final int NOT_AUTHENTICATED = 0x6982;
    static final int NOT_SUPPORTED = 0x6A81;
    static final int WRONG_ADDRESS = 0x6A82;
    private static final int UNKNOWN_CLASS = 0x6E00;

    private static final int HEADER = 4;
    /** Of cards as they leave the factory. */
    private static final String TRANSPORT_KEY = "FFFFFFFFFFFF";

    /** Registered application provider of the PC/SC workgroup. */
    private static final String PROVIDER = "A000000306";
    /** A card with a processor that tells nothing of itself. */
    private static final byte[] PROCESSOR = HexFormat.of().parseHex("3B80800101");

    private final byte[] atr;
    private final Chip chip;
    private byte[] uid;

    /** What differs from card to card. */
    private sealed interface Chip {
        /** Tells its UID and no more. */
        record Silent() implements Chip {}

        /** Tells another UID each time that it comes into the field. */
        record Fickle(Random random) implements Chip {}

        /** A Mifare Classic 1K. */
        record Classic(ClassicChip chip) implements Chip {}

        /** A tag for books. */
        record Storage(StorageTag tag) implements Chip {}
    }

    private VirtualCard(byte[] atr, Chip chip, byte[] uid) {
        this.atr = atr;
        this.chip = chip;
        this.uid = uid;
    }

    /**
     * A card that tells its UID and no more.
     *
     * @param uid 4, 7 or 10 bytes in hexadecimal
     */
    public static VirtualCard withUid(String uid) {
        byte[] bytes = HexFormat.of().parseHex(uid);
        if (bytes.length != 4 && bytes.length != 7 && bytes.length != 10) {
            throw new IllegalArgumentException("Expected a UID of 4, 7 or 10 bytes, found " + bytes.length);
        }
        return new VirtualCard(PROCESSOR, new Chip.Silent(), bytes);
    }

    /** A telephone: at each touch another UID of 4 bytes, the first of them 08. */
    public static VirtualCard telephone(long seed) {
        var card = new VirtualCard(PROCESSOR, new Chip.Fickle(new Random(seed)), new byte[] {8, 0, 0, 0});
        card.reset();
        return card;
    }

    /**
     * A Mifare Classic 1K card with something in sector 1.
     *
     * @param uid 4 or 7 bytes in hexadecimal
     * @param sector the 48 bytes of blocks 4 to 6
     * @param keyA 12 hexadecimal digits
     * @param keyB 12 hexadecimal digits
     */
    public static VirtualCard classic(String uid, byte[] sector, String keyA, String keyB) {
        var hex = HexFormat.of();
        return new VirtualCard(
                storageAtr(0x03, 0x0001),
                new Chip.Classic(new ClassicChip(sector, hex.parseHex(keyA), hex.parseHex(keyB))),
                hex.parseHex(uid));
    }

    /**
     * A Finnish library card: a Mifare Classic 1K with the keys of the factory and the number in sector 1.
     *
     * @param uid 4 or 7 bytes in hexadecimal
     * @param number the patron's card number
     */
    public static VirtualCard library(String uid, String number) {
        byte[] content = TagCodec.encode(
                new ItemTag(number, Optional.empty(), 1, 1, Optional.of(TypeOfUsage.PATRON), TagModel.ISO_28560_3));
        return classic(uid, Arrays.copyOf(content, SectorCard.BYTES), TRANSPORT_KEY, TRANSPORT_KEY);
    }

    /** A tag for books, as a reader for storage cards takes it. */
    public static VirtualCard tag(VirtualTag tag) {
        var field = new PadField(() -> {});
        field.lay(tag);
        var chip = new Chip.Storage(new StorageTag(field, tag.uid()));
        return new VirtualCard(storageAtr(0x0B, 0x0014), chip, tag.uid().bytes());
    }

    /**
     * The answer to reset of a storage card.
     *
     * @param standard 03 for ISO/IEC 14443 A part 3, 0B for ISO/IEC 15693 part 3
     * @param name of the card: 0001 Mifare Classic 1K, 0014 ICODE SLI
     */
    private static byte[] storageAtr(int standard, int name) {
        byte[] atr =
                HexFormat.of().parseHex(String.format("3B8F8001804F0C%s%02X%04X0000000000", PROVIDER, standard, name));
        for (int i = 1; i < atr.length - 1; i++) {
            atr[atr.length - 1] ^= atr[i];
        }
        return atr;
    }

    /** The UID that it told last, or would tell now, in hexadecimal. */
    public synchronized String uid() {
        return HexFormat.of().withUpperCase().formatHex(uid);
    }

    /** Its answer to reset; a copy. */
    public byte[] atr() {
        return atr.clone();
    }

    /** It comes into the field, or is reset there. */
    public synchronized void reset() {
        switch (chip) {
            case Chip.Classic(ClassicChip classic) -> classic.reset();
            case Chip.Fickle(Random random) -> {
                random.nextBytes(uid);
                uid[0] = 8;
            }
            case Chip.Silent _, Chip.Storage _ -> {
                // They remember nothing.
            }
        }
    }

    /** The response to one command. */
    public synchronized byte[] answer(byte[] command) {
        if (command.length <= HEADER || (command[0] & 0xFF) != CardCommand.CLASS) {
            return status(command.length <= HEADER ? WRONG_LENGTH : UNKNOWN_CLASS);
        }
        if ((command[1] & 0xFF) == CardCommand.GET_DATA) {
            return command[2] == 0 ? ok(uid) : status(NOT_SUPPORTED);
        }
        return switch (chip) {
            case Chip.Classic(ClassicChip classic) -> classic.answer(command);
            case Chip.Storage(StorageTag tag) -> tag.answer(command);
            case Chip.Silent _, Chip.Fickle _ -> status(NOT_SUPPORTED);
        };
    }

    static byte[] status(int status) {
        return new byte[] {(byte) (status >> 8), (byte) status};
    }

    static byte[] ok(byte[] data) {
        byte[] response = Arrays.copyOf(data, data.length + 2);
        response[data.length] = (byte) (DONE >> 8);
        return response;
    }
}
