package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.simulator.VirtualCard;
import fi.kimppa.device.simulator.VirtualTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A reader for storage cards on which things go wrong as a seed draws it, shown as a link of PC/SC shows it: one command, then its answer
 * or a silence; a command given while no card is there waits for one; and what was said to one card is never carried over to the next
 * without a silence between. It takes no time. For one thread.
 */
final class CardReaderWithFaults {
    private static final int PER_MILLE = 1_000;
    private static final int STATUS_BYTES = 2;
    private static final int BLOCK = 4;
    /** First byte of a status: nothing was changed, because no tag answered. */
    private static final int NOT_DONE = 0x63;
    /** How the tag's own command begins that writes the AFI: high data rate, addressed. */
    private static final byte[] WRITE_AFI = {0x22, 0x27};

    private static final int NOBODY = -1;
    private static final List<Fault> FAULTS = List.of(Fault.values());
    /** Of PC/SC part 3 and ISO/IEC 7816-4: no information, failed, memory failure, not allowed, wrong length, address or class. */
    private static final List<Integer> ERROR_WORDS =
            List.of(0x6300, 0x6400, 0x6F00, 0x6581, 0x6281, 0x6981, 0x6982, 0x6700, 0x6A81, 0x6A82, 0x6282, 0x6B00);

    private final Random random;
    private final int perMille;
    private final List<VirtualTag> tags;
    private final List<VirtualCard> cards;
    private final List<String> faults = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    /** The card that lies there, or {@link #NOBODY}. */
    private int lying = NOBODY;
    /** Counts the times that a card was laid down: a connection is to one of them. */
    private int laid;

    private int connected = NOBODY;
    private byte[] waiting = new byte[0];
    private byte[] response = new byte[0];
    private boolean gone;
    private boolean ended;

    /** What happens to one command. */
    enum Fault {
        COMMAND_LOST,
        ANSWER_LOST,
        REFUSED,
        DONE_AND_REFUSED,
        PULLED_BEFORE,
        PULLED_AFTERWARDS,
        PULLED_AND_LAID,
        SWAPPED_BEFORE,
        SWAPPED_AFTERWARDS,
        TOO_SHORT,
        TOO_LONG,
        ONE_BYTE,
        READER_GONE
    }

    /** A reader before which these tags lie ready; the first is on it. */
    CardReaderWithFaults(Random random, int perMille, List<VirtualTag> tags) {
        this.random = random;
        this.perMille = perMille;
        this.tags = tags;
        this.cards = tags.stream().map(VirtualCard::tag).toList();
        lay(0);
    }

    /** Lays this card down, and whatever lay there aside. */
    void lay(int card) {
        cards.get(card).reset();
        lying = card;
        laid++;
    }

    /** Nothing goes wrong any more. */
    void end() {
        ended = true;
    }

    /** What has gone wrong so far. */
    List<String> faults() {
        return faults;
    }

    /** The tags that were changed since this was asked last, by their UIDs. */
    List<String> takeChanges() {
        List<String> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    /** The tags as they are now, whether they lie there or not. */
    List<VirtualTag> tags() {
        List<VirtualTag> now = new ArrayList<>();
        for (int i = 0; i < cards.size(); i++) {
            VirtualCard card = cards.get(i);
            VirtualTag tag = tags.get(i);
            for (int at = 0; at < tag.memory().length; at += BLOCK) {
                tag = tag.withMemory(at, Arrays.copyOf(card.answer(CardCommand.read(at / BLOCK, BLOCK)), BLOCK));
            }
            byte[] information = card.answer(HexFormat.of().parseHex("FFFB00000A222B" + onTheAir(tag.uid())));
            now.add(tag.withAfi(information[11] & 0xFF));
        }
        return now;
    }

    private static String onTheAir(Uid uid) {
        return HexFormat.of().formatHex(UidOrder.LSB.turned(uid.bytes()));
    }

    /** A new link to it. */
    ByteLink link(DeviceAddress address) {
        gone = false;
        connected = NOBODY;
        return new ByteLink() {
            @Override
            public DeviceAddress address() {
                return address;
            }

            @Override
            public int read(byte[] buffer, Duration timeout) {
                here(address, Phase.READ);
                if (waiting.length > 0 && !timeout.isZero()) {
                    // Somebody may lay a card down while the reader waits for one.
                    if (lying == NOBODY && random.nextInt(3) == 0) {
                        lay(random.nextInt(cards.size()));
                    }
                    byte[] command = waiting;
                    waiting = new byte[0];
                    transmit(command);
                    here(address, Phase.READ);
                }
                int count = Math.min(buffer.length, response.length);
                System.arraycopy(response, 0, buffer, 0, count);
                response = new byte[0];
                return count;
            }

            @Override
            public void write(byte[] bytes) {
                here(address, Phase.WRITE);
                response = new byte[0];
                waiting = new byte[0];
                if (connected == NOBODY) {
                    waiting = bytes.clone();
                } else {
                    transmit(bytes);
                    here(address, Phase.WRITE);
                }
            }

            @Override
            public void close() {
                connected = NOBODY;
            }
        };
    }

    private void here(DeviceAddress address, Phase phase) {
        if (gone) {
            throw new LinkException(address, phase, Duration.ZERO, StatusReason.UNPLUGGED, "pulled by script");
        }
    }

    private void transmit(byte[] command) {
        boolean wrong = random.nextInt(PER_MILLE) < perMille;
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        if (!wrong || ended) {
            response = executed(command);
            return;
        }
        faults.add(String.format("%02X: %s", command[1], fault));
        response = switch (fault) {
            case COMMAND_LOST -> silence();
            case ANSWER_LOST -> {
                executed(command);
                yield silence();
            }
            case REFUSED -> errorWord();
            case DONE_AND_REFUSED -> executed(command).length == 0 ? silence() : errorWord();
            case PULLED_BEFORE -> {
                lying = NOBODY;
                yield executed(command);
            }
            case PULLED_AFTERWARDS -> {
                byte[] answer = executed(command);
                lying = NOBODY;
                yield answer;
            }
            case PULLED_AND_LAID -> {
                lay(Math.max(0, lying));
                yield executed(command);
            }
            case SWAPPED_BEFORE -> {
                lay(random.nextInt(cards.size()));
                yield executed(command);
            }
            case SWAPPED_AFTERWARDS -> {
                byte[] answer = executed(command);
                lay(random.nextInt(cards.size()));
                yield answer;
            }
            case TOO_SHORT -> resized(executed(command), -1 - random.nextInt(4));
            case TOO_LONG -> resized(executed(command), 1 + random.nextInt(4));
            case ONE_BYTE -> {
                executed(command);
                silence();
                throw new FormatException("a response of at least 2 bytes", "1 byte", 1);
            }
            case READER_GONE -> {
                gone = true;
                yield silence();
            }
        };
    }

    /** What the card answers that lies there, if it is the one that the reader is connected to, or may connect to now. */
    private byte[] executed(byte[] command) {
        if (lying == NOBODY || (connected != NOBODY && connected != laid)) {
            return silence();
        }
        connected = laid;
        byte[] answer = cards.get(lying).answer(command);
        boolean writesAfi = command.length > 7 && Arrays.equals(command, 5, 7, WRITE_AFI, 0, 2);
        if ((writesAfi || (command[1] & 0xFF) == CardCommand.WRITE) && (answer[0] & 0xFF) != NOT_DONE) {
            changes.add(tags.get(lying).uid().toString());
        }
        return answer;
    }

    /** Nothing comes back, and the connection is at an end. */
    private byte[] silence() {
        connected = NOBODY;
        return new byte[0];
    }

    private byte[] errorWord() {
        int word = ERROR_WORDS.get(random.nextInt(ERROR_WORDS.size()));
        return new byte[] {(byte) (word >> 8), (byte) word};
    }

    /** With fewer or more bytes before the status. */
    private static byte[] resized(byte[] answer, int by) {
        if (answer.length == 0) {
            return answer;
        }
        int data = Math.max(0, answer.length - STATUS_BYTES + by);
        byte[] other = Arrays.copyOf(Arrays.copyOf(answer, answer.length - STATUS_BYTES), data + STATUS_BYTES);
        System.arraycopy(answer, answer.length - STATUS_BYTES, other, data, STATUS_BYTES);
        return other;
    }
}
