package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FrameMask;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.PortSearch;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.BibliothecaFrame.Start;
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Bibliotheca / 3M model 210 pad, at a serial port or behind a serial device server (source: {@link BibliothecaFrame}).
 *
 * <p>Address: {@code bibliotheca:serial:/dev/ttyUSB0}; settings beside those of every pad: {@code timeout} in ms for one answer (1000);
 * {@code uid}: in which order the reader gives the bytes of a UID, {@code msb}, {@code lsb} or {@code auto}, which goes by the byte E0
 * that every UID begins with; {@code information}: {@code auto} asks a tag for everything at once and for single values where that is
 * refused, {@code single} only for single values, for a reader that keeps silent; for serial lines {@code baud}, {@code parity},
 * {@code stopbits} (19200 8N1).
 *
 * <p>What the numbers of its error byte mean is not published. So any error to a command for one tag is a tag that is gone when the next
 * inventory does not hold it, and otherwise a refusal without a reason ({@link TagError#UNNAMED}): a locked block shows as rejected. Its
 * answers name the tag they are about, and those with blocks the first of them; one that names another is passed over.
 */
final class BibliothecaProtocol implements Protocol {
    static final String DRIVER = "bibliotheca";
    static final SerialLine USUAL_LINE = new SerialLine(19_200, SerialLine.Parity.NONE, 1);

    private static final Logger LOG = LoggerFactory.getLogger(BibliothecaProtocol.class);
    private static final List<String> SETTINGS = Stream.of(
                    RfidPad.SETTINGS, SerialLine.SETTINGS, Set.of("timeout", "uid", "information"))
            .flatMap(Set::stream)
            .toList();
    /** What the published client sends at start-up, byte for byte; found by its authors on a line, meaning unknown. */
    private static final byte[] PUBLISHED_SETTINGS = {6, 1, 0, 2, 0, 3, 0, 4, 0, 0x0B, 0, 0x0A, 0};

    private static final int UID_BYTES = 8;

    private final DeviceAddress address;
    private final Exchange<BibliothecaFrame> exchange;
    private final boolean singleValues;
    private final boolean findsOrder;
    /** How this reader gives UIDs, as set or as last seen. */
    private UidOrder order;

    private boolean failsInventory;
    private DeviceIdentity identity = DeviceIdentity.UNKNOWN;

    /** How a tag is asked about itself. */
    private enum Asking {
        AUTO,
        SINGLE
    }

    BibliothecaProtocol(DeviceAddress address) {
        this.address = address.expect(DRIVER, SETTINGS);
        this.exchange = new Exchange<>(
                address, Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000)), BibliothecaFrameParser::new);
        UidOrder set = address.setting("uid", UidOrder.AUTO);
        this.findsOrder = set == UidOrder.AUTO;
        this.order = findsOrder ? UidOrder.MSB : set;
        this.singleValues = address.setting("information", Asking.AUTO) == Asking.SINGLE;
    }

    static RfidPad open(DeviceId id, DeviceAddress address) {
        return open(id, address, new PortSearch(address, USUAL_LINE));
    }

    static RfidPad open(DeviceId id, DeviceAddress address, LinkOpener opener) {
        return new RfidPad(id, address, new BibliothecaProtocol(address), opener);
    }

    // --- the reader

    @Override
    public Optional<StatusReason> greet(ByteLink link) {
        // A reader that is awake already may keep silent to the first two; what counts is that it tells its version.
        politely(link, new BibliothecaFrame(Start.WAKE, BibliothecaCommand.WAKE, (byte) 0, (byte)
                BibliothecaCommand.VERSION));
        politely(link, command(BibliothecaCommand.SETTINGS, PUBLISHED_SETTINGS));
        identity = identified(version(link).rest());
        LOG.info("{}: {}", address, identity);
        return complaint();
    }

    private void politely(ByteLink link, BibliothecaFrame question) {
        try {
            exchange.ask(
                    link,
                    question.bytes(),
                    name(question.command()),
                    frame -> frame.start() == question.start() && frame.command() == question.command());
        } catch (LinkException e) {
            if (e.reason() != StatusReason.NO_ANSWER && e.reason() != StatusReason.NONSENSE) {
                throw e;
            }
            LOG.debug("{}: no answer to {}", address, question);
        }
    }

    /** Error byte, vendor, major, minor, build. */
    private static DeviceIdentity identified(byte[] version) {
        if (version.length < 5) {
            return DeviceIdentity.UNKNOWN;
        }
        int vendor = version[1] & 0xFF;
        return new DeviceIdentity(
                vendor == BibliothecaCommand.VENDOR_3M
                        ? "Bibliotheca / 3M model 210"
                        : "reader of vendor " + Integer.toHexString(vendor),
                (version[2] & 0xFF) + "." + (version[3] & 0xFF) + "." + (version[4] & 0xFF),
                Optional.empty());
    }

    private BibliothecaFrame version(ByteLink link) {
        int command = BibliothecaCommand.VERSION;
        return exchange.ask(link, command(command).bytes(), name(command), answers(command));
    }

    @Override
    public Optional<StatusReason> poll(ByteLink link) {
        version(link);
        return complaint();
    }

    @Override
    public Optional<StatusReason> complaint() {
        return failsInventory ? Optional.of(StatusReason.DEVICE_ERROR) : Optional.empty();
    }

    @Override
    public DeviceIdentity identity() {
        return identity;
    }

    @Override
    public FrameMask mask() {
        return new BibliothecaMask();
    }

    @Override
    public boolean inStep(ByteLink link) {
        // Nothing else is answered with this command's number.
        int command = BibliothecaCommand.VERSION;
        return exchange.inStep(link, command(command).bytes(), name(command), answers(command));
    }

    /** No lamp and no sound is published. */
    @Override
    public boolean signal(ByteLink link, Duration time) {
        return false;
    }

    // --- tags

    @Override
    public Map<Uid, Integer> inventory(ByteLink link) {
        int command = BibliothecaCommand.INVENTORY;
        byte options = BibliothecaCommand.WITH_UID | BibliothecaCommand.WITH_DSFID | BibliothecaCommand.AS_PUBLISHED;
        byte[] answer = exchange.ask(link, command(command, (byte) 0, options).bytes(), name(command), answers(command))
                .rest();
        failsInventory = answer[0] != BibliothecaCommand.OK;
        return failsInventory ? Map.of() : tags(answer);
    }

    /** Error byte, AFI, options, count, and for each tag what the options say. */
    private Map<Uid, Integer> tags(byte[] answer) {
        int options = answer.length < 4 ? 0 : answer[2];
        int count = answer.length < 4 ? 0 : answer[3] & 0xFF;
        int dsfidBytes = (options & BibliothecaCommand.WITH_DSFID) != 0 ? 1 : 0;
        int record = dsfidBytes + UID_BYTES;
        if ((options & BibliothecaCommand.WITH_UID) == 0 || answer.length != 4 + count * record) {
            throw new FormatException(count + " tags with their UIDs", answer.length + " bytes", answer.length);
        }
        List<byte[]> uids = new ArrayList<>();
        for (int at = 4 + dsfidBytes; at < answer.length; at += record) {
            uids.add(Arrays.copyOfRange(answer, at, at + UID_BYTES));
        }
        if (findsOrder) {
            // A UID that shows nothing goes by the reader's other tags.
            order = uids.stream()
                    .flatMap(uid -> UidOrder.shownBy(uid).stream())
                    .findFirst()
                    .orElse(order);
        }
        Map<Uid, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            seen.put(Uid.of(order.turned(uids.get(i))), dsfidBytes == 0 ? 0 : answer[4 + i * record] & 0xFF);
        }
        return seen;
    }

    @Override
    public TagAnswer<TagInformation> information(ByteLink link, Uid uid) {
        TagAnswer<TagInformation> everything = singleValues
                ? new TagAnswer.Refused<>(TagError.UNNAMED)
                : tell(link, BibliothecaCommand.TAG_INFORMATION, uid, (byte)
                                (BibliothecaCommand.DSFID | BibliothecaCommand.AFI | BibliothecaCommand.MEMORY))
                        .map(BibliothecaProtocol::information);
        if (!(everything instanceof TagAnswer.Refused<TagInformation>)) {
            return everything;
        }
        TagAnswer<Optional<Integer>> dsfid = optional(value(link, BibliothecaCommand.GET_DSFID, uid));
        return dsfid instanceof TagAnswer.Given<Optional<Integer>>(Optional<Integer> known)
                ? optional(value(link, BibliothecaCommand.GET_AFI, uid))
                        .map(afi -> new TagInformation(known, afi, Optional.empty(), Optional.empty()))
                : dsfid.map(_ -> TagInformation.NONE);
    }

    /** What there is, then each of it in order. */
    private static TagInformation information(byte[] data) {
        int there = data.length == 0 ? 0 : data[0];
        int at = 1;
        Optional<Integer> dsfid =
                (there & BibliothecaCommand.DSFID) != 0 ? Optional.of(at(data, at++)) : Optional.empty();
        Optional<Integer> afi = (there & BibliothecaCommand.AFI) != 0 ? Optional.of(at(data, at++)) : Optional.empty();
        boolean memory = (there & BibliothecaCommand.MEMORY) != 0;
        return new TagInformation(
                dsfid,
                afi,
                memory ? Optional.of(at(data, at + 1) + 1) : Optional.empty(),
                memory ? Optional.of(at(data, at) + 1) : Optional.empty());
    }

    /** A value that a tag refuses to tell is one that it does not have. */
    private static TagAnswer<Optional<Integer>> optional(TagAnswer<Integer> answer) {
        return answer instanceof TagAnswer.Refused<Integer>
                ? new TagAnswer.Given<>(Optional.empty())
                : answer.map(Optional::of);
    }

    private TagAnswer<Integer> value(ByteLink link, int command, Uid uid) {
        return tell(link, command, uid).map(data -> at(data, 0));
    }

    private static int at(byte[] data, int index) {
        if (index >= data.length) {
            throw new FormatException("a value", "the end of the data", index);
        }
        return data[index] & 0xFF;
    }

    @Override
    public TagAnswer<Blocks> read(ByteLink link, Uid uid, int first, int count) {
        Predicate<byte[]> fromFirst = data -> data.length > 0 && (data[0] & 0xFF) == first;
        return switch (tell(link, BibliothecaCommand.READ_BLOCKS, uid, fromFirst, (byte) first, (byte) count, (byte)
                BibliothecaCommand.WITH_LOCKS)) {
            // No blocks at all: there are none from there on.
            case TagAnswer.Given<byte[]>(byte[] data)
            when at(data, 1) == 0 -> new TagAnswer.Refused<>(TagError.NO_SUCH_BLOCK);
            case TagAnswer<byte[]> answer -> answer.map(BibliothecaProtocol::blocks);
        };
    }

    /** First, count, and for each block a lock byte and its bytes. */
    private static Blocks blocks(byte[] data) {
        int count = at(data, 1);
        int record = (data.length - 2) / count;
        if (record < 2 || data.length != 2 + count * record) {
            throw new FormatException(count + " blocks", data.length + " bytes", data.length);
        }
        return Blocks.behindStatus(data, 2, count, record - 1);
    }

    @Override
    public TagAnswer<Done> write(ByteLink link, Uid uid, int first, int blockSize, byte[] bytes) {
        byte[] more = new byte[3 + bytes.length];
        more[0] = (byte) first;
        more[1] = (byte) (bytes.length / blockSize);
        System.arraycopy(bytes, 0, more, 3, bytes.length);
        return tell(link, BibliothecaCommand.WRITE_BLOCKS, uid, more).map(_ -> Done.DONE);
    }

    @Override
    public TagAnswer<Done> writeAfi(ByteLink link, Uid uid, int afi) {
        return tell(link, BibliothecaCommand.WRITE_AFI, uid, (byte) afi).map(_ -> Done.DONE);
    }

    @Override
    public TagAnswer<Done> writeDsfid(ByteLink link, Uid uid, int dsfid) {
        return tell(link, BibliothecaCommand.WRITE_DSFID, uid, (byte) dsfid).map(_ -> Done.DONE);
    }

    @Override
    public TagAnswer<Boolean> eas(ByteLink link, Uid uid) {
        return value(link, BibliothecaCommand.CHECK_EAS, uid).map(bit -> bit != 0);
    }

    @Override
    public TagAnswer<Done> writeEas(ByteLink link, Uid uid, boolean alarm) {
        return tell(link, BibliothecaCommand.EAS_CONTROL, uid, (byte) (alarm ? 1 : 0))
                .map(_ -> Done.DONE);
    }

    // --- the line

    private static BibliothecaFrame command(int command, byte... rest) {
        return new BibliothecaFrame(Start.COMMAND, command, rest);
    }

    private static String name(int command) {
        return "command " + Integer.toHexString(command);
    }

    private static Predicate<BibliothecaFrame> answers(int command) {
        return frame -> frame.start() == Start.COMMAND && frame.command() == command && frame.rest().length > 0;
    }

    private TagAnswer<byte[]> tell(ByteLink link, int command, Uid uid, byte... more) {
        return tell(link, command, uid, _ -> true, more);
    }

    /**
     * One command to one tag.
     *
     * @param fits whether the data of an answer without error belong to this command
     * @return what follows the UID
     */
    private TagAnswer<byte[]> tell(ByteLink link, int command, Uid uid, Predicate<byte[]> fits, byte... more) {
        byte[] named = order.turned(uid.bytes());
        byte[] request = Arrays.copyOf(named, UID_BYTES + more.length);
        System.arraycopy(more, 0, request, UID_BYTES, more.length);
        Predicate<BibliothecaFrame> about = frame -> {
            byte[] rest = frame.rest();
            boolean failed = rest[0] != BibliothecaCommand.OK;
            boolean names = rest.length > UID_BYTES && Arrays.equals(named, Arrays.copyOfRange(rest, 1, 1 + UID_BYTES));
            // Whether an error names its tag is not published.
            return failed ? names || rest.length == 1 : names && fits.test(data(rest));
        };
        byte[] answer = exchange.ask(
                        link,
                        command(command, request).bytes(),
                        name(command),
                        answers(command).and(about))
                .rest();
        if (answer[0] == BibliothecaCommand.OK) {
            return new TagAnswer.Given<>(data(answer));
        }
        return inventory(link).containsKey(uid) ? new TagAnswer.Refused<>(TagError.UNNAMED) : new TagAnswer.Gone<>();
    }

    /** What follows the error byte and the UID. */
    private static byte[] data(byte[] answer) {
        return Arrays.copyOfRange(answer, 1 + UID_BYTES, answer.length);
    }
}
