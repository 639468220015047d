package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CardCommand;
import fi.kimppa.device.link.CardMask;
import fi.kimppa.device.link.CardResponse;
import fi.kimppa.device.link.FrameMask;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Card readers of the PC/SC service that take ISO/IEC 15693 tags for storage cards (ACR1552U, Omnikey 5022 and 5427), as a pad for
 * one tag at a time: for a staff desk, or a kiosk that takes one item after the other.
 *
 * <p>Address: {@code pcsc:pcsc:ACS ACR1552}; settings beside those of every pad: {@code uid}, in which order the reader tells its
 * bytes: {@code auto} (the end that is E0 is the first byte), {@code msb} or {@code lsb}; {@code block-size} of the tags in bytes (4);
 * {@code afi-command} and {@code afi-read-command}, see {@link TransparentCommand}.
 *
 * <p>Part 3 of PC/SC has no command for AFI, DSFID or EAS. A reader that passes a tag's own commands through does it in a way of its
 * maker's, so those are settings: without {@code afi-read-command} a tag tells no AFI, without {@code afi-command} its security cannot
 * be written; both are refusals, not errors.
 *
 * <p>Nothing in a command says which tag is meant. So the UID is asked for before each write and after each read, and what another tag
 * said is thrown away; a link of PC/SC never carries a command over from one tag to the next without a silence between.
 */
final class StorageCardProtocol implements Protocol {
    static final String DRIVER = "pcsc";

    private static final SerialLine NO_SERIAL_LINE = new SerialLine(9_600, SerialLine.Parity.NONE, 1);
    private static final List<String> SETTINGS = Stream.of(
                    RfidPad.SETTINGS, Set.of("uid", "block-size", "afi-command", "afi-read-command"))
            .flatMap(Set::stream)
            .toList();
    /** How long an inventory waits for a tag that is being laid down. */
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** How long the cheapest question waits; a tag that is there answers in the reader's own time. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    private static final int UID_BYTES = 8;
    /** Response flags of ISO/IEC 15693-3: an error code follows. */
    private static final byte AIR_ERROR = 0x01;

    private final DeviceAddress address;
    private final UidOrder order;
    private final int blockSize;
    private final Optional<TransparentCommand> afiCommand;
    private final Optional<TransparentCommand> afiReadCommand;

    StorageCardProtocol(DeviceAddress address) {
        this.address = address.expect(DRIVER, SETTINGS);
        this.order = address.setting("uid", UidOrder.AUTO);
        this.blockSize = address.setting("block-size", 4, 1, 32);
        this.afiCommand = TransparentCommand.of(address, "afi-command", TransparentCommand.UID, TransparentCommand.AFI);
        this.afiReadCommand = TransparentCommand.of(address, "afi-read-command", TransparentCommand.UID);
    }

    static RfidPad open(DeviceId id, DeviceAddress address) {
        return open(id, address, () -> ByteLink.open(address, NO_SERIAL_LINE));
    }

    static RfidPad open(DeviceId id, DeviceAddress address, LinkOpener opener) {
        return new RfidPad(id, address, new StorageCardProtocol(address), opener);
    }

    // --- the reader

    /** Opening the link has found the reader; without a card there is nothing that it could be asked. */
    @Override
    public Optional<StatusReason> greet(ByteLink link) {
        return Optional.empty();
    }

    @Override
    public Optional<StatusReason> poll(ByteLink link) {
        uid(link, GLANCE);
        return Optional.empty();
    }

    @Override
    public Optional<StatusReason> complaint() {
        return Optional.empty();
    }

    @Override
    public DeviceIdentity identity() {
        return new DeviceIdentity("PC/SC reader " + address.link(), "", Optional.empty());
    }

    /** Answers come one to a command; one that nobody asked for is the only sign that this was not so. */
    @Override
    public FrameMask mask() {
        return new CardMask();
    }

    @Override
    public boolean inStep(ByteLink link) {
        return link.read(new byte[1], Duration.ZERO) == 0;
    }

    @Override
    public boolean signal(ByteLink link, Duration time) {
        return false;
    }

    // --- the tag

    @Override
    public Map<Uid, Integer> inventory(ByteLink link) {
        return uid(link, PATIENCE).map(uid -> Map.of(uid, 0)).orElseGet(Map::of);
    }

    /** The tag that is there; cards of other kinds have shorter UIDs and are none. */
    private Optional<Uid> uid(ByteLink link, Duration patience) {
        return CardResponse.to(link, CardCommand.uid(), patience)
                .filter(answer -> answer.ok() && answer.data().length == UID_BYTES)
                .map(answer -> Uid.of(order.turned(answer.data())));
    }

    private boolean there(ByteLink link, Uid uid) {
        return uid(link, PATIENCE).filter(uid::equals).isPresent();
    }

    @Override
    public TagAnswer<TagInformation> information(ByteLink link, Uid uid) {
        if (!there(link, uid)) {
            return new TagAnswer.Gone<>();
        }
        Optional<TagInformation> told = afiReadCommand.flatMap(
                command -> command.exchange(link, uid, 0).flatMap(data -> command.information(uid, data)));
        if (!there(link, uid)) {
            return new TagAnswer.Gone<>();
        }
        return new TagAnswer.Given<>(told.orElseGet(() ->
                new TagInformation(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(blockSize))));
    }

    @Override
    public TagAnswer<Blocks> read(ByteLink link, Uid uid, int first, int count) {
        var memory = new ByteArrayOutputStream();
        TagAnswer<Blocks> end = new TagAnswer.Gone<>();
        for (int block = first; block < first + count; block++) {
            Optional<CardResponse> answer = CardResponse.to(link, CardCommand.read(block, blockSize), PATIENCE);
            if (answer.isEmpty() || !answer.get().ok() || answer.get().data().length != blockSize) {
                end = failure(answer);
                break;
            }
            memory.writeBytes(answer.get().data());
        }
        if (!there(link, uid)) {
            return new TagAnswer.Gone<>();
        }
        return memory.size() == 0 ? end : new TagAnswer.Given<>(new Blocks(blockSize, memory.toByteArray()));
    }

    @Override
    public TagAnswer<Done> write(ByteLink link, Uid uid, int first, int size, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += size) {
            if (!there(link, uid)) {
                return new TagAnswer.Gone<>();
            }
            byte[] command = CardCommand.write(first + at / size, Arrays.copyOfRange(bytes, at, at + size));
            Optional<CardResponse> answer = CardResponse.to(link, command, PATIENCE);
            if (answer.isEmpty() || !answer.get().ok()) {
                return failure(answer);
            }
        }
        return new TagAnswer.Given<>(Done.DONE);
    }

    /** What the status says (PC/SC part 3, tables of read binary and update binary). */
    private static <T> TagAnswer<T> failure(Optional<CardResponse> answer) {
        return switch (answer.map(CardResponse::status).orElse(0)) {
            case 0 -> new TagAnswer.Gone<>();
            // No information given; part of the data may be corrupted; unsuccessful, cause unknown.
            case 0x6300, 0x6400, 0x6281, 0x6F00 -> new TagAnswer.Hesitant<>();
            case 0x6581 -> new TagAnswer.WriteError<>();
            // End reached before; wrong address.
            case 0x6282, 0x6A82, 0x6B00 -> new TagAnswer.Refused<>(TagError.NO_SUCH_BLOCK);
            case 0x6981, 0x6A81, 0x6D00, 0x6E00 -> new TagAnswer.Refused<>(TagError.NOT_SUPPORTED);
            default -> new TagAnswer.Refused<>(TagError.UNNAMED);
        };
    }

    @Override
    public TagAnswer<Done> writeAfi(ByteLink link, Uid uid, int afi) {
        if (afiCommand.isEmpty()) {
            return new TagAnswer.Refused<>(TagError.NOT_SUPPORTED);
        }
        if (!there(link, uid)) {
            return new TagAnswer.Gone<>();
        }
        Optional<byte[]> answered = afiCommand.get().exchange(link, uid, afi);
        if (answered.isEmpty()) {
            return new TagAnswer.Hesitant<>();
        }
        // A maker may wrap the tag's own answer in a form that is not known here; then only what is read back tells.
        byte[] air = answered.get();
        return air.length == 2 && air[0] == AIR_ERROR
                ? new TagAnswer.Refused<>(air[1] & 0xFF)
                : new TagAnswer.Given<>(Done.DONE);
    }

    @Override
    public TagAnswer<Done> writeDsfid(ByteLink link, Uid uid, int dsfid) {
        return new TagAnswer.Refused<>(TagError.NOT_SUPPORTED);
    }

    @Override
    public TagAnswer<Boolean> eas(ByteLink link, Uid uid) {
        return new TagAnswer.Refused<>(TagError.NOT_SUPPORTED);
    }

    @Override
    public TagAnswer<Done> writeEas(ByteLink link, Uid uid, boolean alarm) {
        return new TagAnswer.Refused<>(TagError.NOT_SUPPORTED);
    }
}
