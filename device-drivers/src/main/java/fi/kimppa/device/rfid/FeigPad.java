package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.FeigFrame.Format;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FEIG OBID i-scan readers in ISO-Host mode (ID ISC.MR101, MR102, MR200, PRH200, LR200, LR1002, LR2500).
 *
 * <p>Address: {@code feig:tcp:192.0.2.7:10001}; settings {@code timeout} in ms for one answer (1000), {@code secured} and
 * {@code unsecured} AFI in hexadecimal (07, C2), {@code frames}: {@code auto}, {@code standard} or {@code advanced}; for serial lines
 * {@code baud}, {@code parity}, {@code stopbits} (38400 8E1).
 */
final class FeigPad extends LineDevice implements RfidPad {
    static final String DRIVER = "feig";

    private static final Logger LOG = LoggerFactory.getLogger(FeigPad.class);
    private static final SerialLine USUAL_LINE = new SerialLine(38_400, SerialLine.Parity.EVEN, 1);
    private static final Set<String> SETTINGS =
            Set.of("timeout", "secured", "unsecured", "frames", "baud", "parity", "stopbits");
    /** A silence this long ends an unfinished frame; a slow line needs at least twice the time of a byte. */
    private static final Duration GAP = Duration.ofMillis(60);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(700);
    /** Tries of one exchange when the answer is damaged, and of one radio command when the tag hesitates. */
    private static final int TRIES = 3;
    /** Blocks asked for at a time: with the fixed layout, eight are nearly always enough. */
    private static final int BLOCKS = 8;
    /** Reading stops here: the largest common chip for books has 112 bytes and a descriptor is shorter. */
    private static final int MOST_BYTES = 128;
    /** An inventory of more rounds than this is a reader that says "more" for ever. */
    private static final int MOST_ROUNDS = 64;

    private static final int MOST_DSFIDS = 1_000;

    private final DeviceLine line;
    private final Duration timeout;
    private final AfiPair afis;
    private final List<Format> formats;
    private final Map<Uid, Integer> dsfids = new ConcurrentHashMap<>();
    private volatile Format format;
    private volatile boolean wrongMode;

    FeigPad(DeviceId id, DeviceAddress address) {
        this(id, address, () -> ByteLink.open(address, USUAL_LINE));
    }

    FeigPad(DeviceId id, DeviceAddress address, LinkOpener opener) {
        address.expect(DRIVER, SETTINGS);
        this.timeout = Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000));
        this.afis = new AfiPair(
                afi(address, "secured", AfiPair.STANDARD.secured()),
                afi(address, "unsecured", AfiPair.STANDARD.unsecured()));
        this.formats = formats(address);
        this.format = formats.getFirst();
        this.line = new DeviceLine(
                id, address, opener, new DeviceLine.Manners(this::greet, this::poll, POLL_INTERVAL), Clock.systemUTC());
        line.start();
    }

    private static int afi(DeviceAddress address, String name, int usual) {
        return address.setting(name)
                .map(text -> {
                    if (!text.matches("[0-9A-Fa-f]{2}")) {
                        throw new IllegalArgumentException("Device address '" + address + "': expected " + name
                                + " as two hexadecimal digits, found '" + text + "'");
                    }
                    return Integer.parseInt(text, 16);
                })
                .orElse(usual);
    }

    private static List<Format> formats(DeviceAddress address) {
        return switch (address.setting("frames").orElse("auto")) {
            case "auto" -> List.of(Format.ADVANCED, Format.STANDARD);
            case "standard" -> List.of(Format.STANDARD);
            case "advanced" -> List.of(Format.ADVANCED);
            default ->
                throw new IllegalArgumentException(
                        "Device address '" + address + "': expected frames auto, standard or advanced");
        };
    }

    /** What a reader answered. */
    private record Answer(int status, List<Byte> bytes) {
        byte[] data() {
            byte[] data = new byte[bytes.size()];
            for (int i = 0; i < data.length; i++) {
                data[i] = bytes.get(i);
            }
            return data;
        }

        boolean hasData() {
            return status == FeigCommand.OK || status == FeigCommand.RF_WARNING || status == FeigCommand.MORE_DATA;
        }

        /** The tag's own error, if it was the tag that refused. */
        Optional<Integer> tagError() {
            return status == FeigCommand.TAG_ERROR && !bytes.isEmpty()
                    ? Optional.of(bytes.getFirst() & 0xFF)
                    : Optional.empty();
        }

        /** Whether the radio link failed, which a second try may heal. */
        boolean hesitant() {
            return status == FeigCommand.RF_COMMUNICATION || status == FeigCommand.DATA_FALSE;
        }
    }

    // --- the line
    // -----------------------------------------------------------------------------------------------------------

    private Optional<StatusReason> greet(ByteLink link) {
        LinkException silence = null;
        for (Format candidate : formats) {
            format = candidate;
            try {
                Answer version = exchange(link, FeigCommand.VERSION);
                LOG.info(
                        "{} is a FEIG reader, {} frames, version data {}",
                        line.id(),
                        candidate,
                        HexFormat.of().formatHex(version.data()));
                return Optional.empty();
            } catch (LinkException e) {
                if (e.reason() != StatusReason.NO_ANSWER) {
                    throw e;
                }
                silence = e;
            }
        }
        throw java.util.Objects.requireNonNull(silence);
    }

    private Optional<StatusReason> poll(ByteLink link) {
        if (wrongMode) {
            host(link, FeigCommand.INVENTORY, new byte[] {0});
        } else {
            exchange(link, FeigCommand.VERSION);
        }
        return complaint();
    }

    private Optional<StatusReason> complaint() {
        return wrongMode ? Optional.of(StatusReason.WRONG_MODE) : Optional.empty();
    }

    private Answer host(ByteLink link, int subCommand, byte[] arguments) {
        byte[] data = new byte[arguments.length + 1];
        data[0] = (byte) subCommand;
        System.arraycopy(arguments, 0, data, 1, arguments.length);
        Answer answer = exchange(link, FeigCommand.HOST, data);
        boolean refused = answer.status() == FeigCommand.NOT_AVAILABLE;
        if (refused != wrongMode) {
            wrongMode = refused;
            line.report(complaint());
        }
        return answer;
    }

    /** One request and its answer; repeated when the answer is damaged, because every command used here may be. */
    private Answer exchange(ByteLink link, int command, byte... data) {
        byte[] request = new FeigFrame(format, FeigFrame.ANY_READER, command, data).bytes();
        LinkException last = null;
        boolean heard = false;
        for (int tries = 0; tries < TRIES; tries++) {
            drain(link);
            link.write(request);
            var listening = new Listening(link);
            Optional<FeigFrame> frame = listening.answer(command);
            if (frame.isPresent()) {
                byte[] rest = frame.get().rest();
                List<Byte> bytes = new ArrayList<>();
                for (int i = 1; i < rest.length; i++) {
                    bytes.add(rest[i]);
                }
                return new Answer(rest[0] & 0xFF, List.copyOf(bytes));
            }
            heard |= listening.heard;
            last = new LinkException(
                    line.address(),
                    Phase.READ,
                    timeout,
                    heard ? StatusReason.NONSENSE : StatusReason.NO_ANSWER,
                    "no whole answer to command " + Integer.toHexString(command));
            if (!listening.heard) {
                // Silence is not healed by asking again at once; the line reopens the link instead.
                break;
            }
        }
        throw java.util.Objects.requireNonNull(last);
    }

    /** Throws away what came too late for the request before. */
    private static void drain(ByteLink link) {
        byte[] buffer = new byte[256];
        int rounds = 0;
        while (rounds++ < 64 && link.read(buffer, Duration.ofMillis(1)) > 0) {
            LOG.debug("late bytes thrown away");
        }
    }

    /** Waits for one answer. */
    private final class Listening {
        private final ByteLink link;
        private final FeigFrameParser parser = new FeigFrameParser();
        private boolean heard;

        Listening(ByteLink link) {
            this.link = link;
        }

        Optional<FeigFrame> answer(int command) {
            byte[] buffer = new byte[512];
            long deadline = System.nanoTime() + timeout.toNanos();
            while (System.nanoTime() - deadline < 0) {
                long left = deadline - System.nanoTime();
                Duration wait =
                        Duration.ofNanos(parser.unfinished() ? Math.min(left, GAP.toNanos()) : Math.max(left, 1));
                int count = link.read(buffer, wait);
                heard |= count > 0;
                List<FeigFrame> frames = count > 0 ? parser.feed(buffer, count) : parser.gap();
                Optional<FeigFrame> answer = frames.stream()
                        .filter(frame -> frame.command() == command && frame.rest().length > 0)
                        .findFirst();
                if (answer.isPresent()) {
                    return answer;
                }
                if (count == 0 && heard && !parser.unfinished()) {
                    // What came was damaged and the reader has fallen silent: asking again is faster than waiting.
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    // --- tags
    // ---------------------------------------------------------------------------------------------------------------

    @Override
    public List<Uid> inventory() {
        return line.talk(link -> {
            Map<Uid, Integer> seen = new LinkedHashMap<>();
            Answer answer = host(link, FeigCommand.INVENTORY, new byte[] {0});
            for (int round = 0; answer.hasData() && round < MOST_ROUNDS; round++) {
                FeigInventory part = FeigInventory.parse(answer.data());
                seen.putAll(part.dsfids());
                if (!part.complete()) {
                    LOG.warn("{}: a transponder of an unknown type hides the rest of an inventory", line.id());
                }
                if (answer.status() != FeigCommand.MORE_DATA) {
                    break;
                }
                answer = host(link, FeigCommand.INVENTORY, new byte[] {(byte) FeigCommand.MORE});
            }
            if (dsfids.size() > MOST_DSFIDS) {
                dsfids.clear();
            }
            dsfids.putAll(seen);
            return List.copyOf(seen.keySet());
        });
    }

    @Override
    public Optional<PadTag> read(Uid uid) {
        return line.talk(link -> read(link, uid));
    }

    private Optional<PadTag> read(ByteLink link, Uid uid) {
        Optional<TagInformation> information = information(link, uid);
        if (information.isEmpty()) {
            return Optional.empty();
        }
        int dsfid = information.get().dsfid().orElseGet(() -> dsfids.getOrDefault(uid, 0));
        Optional<byte[]> memory = memory(link, uid, dsfid);
        return memory.map(bytes -> new PadTag(
                uid,
                dsfid,
                TagCodec.decode(dsfid, bytes),
                information.get().afi().flatMap(afis::meaning)));
    }

    /** Empty when the tag does not answer; {@link TagInformation#NONE} when it does not know the command. */
    private Optional<TagInformation> information(ByteLink link, Uid uid) {
        Answer answer = patiently(link, FeigCommand.SYSTEM_INFORMATION, addressed(uid));
        if (answer.hasData()) {
            return Optional.of(TagInformation.parse(uid, answer.data()));
        }
        return answer.tagError().isPresent() ? Optional.of(TagInformation.NONE) : Optional.empty();
    }

    private Optional<byte[]> memory(ByteLink link, Uid uid, int dsfid) {
        var memory = new ByteArrayOutputStream();
        int first = 0;
        int count = BLOCKS;
        while (count > 0 && memory.size() < MOST_BYTES && !TagCodec.suffices(dsfid, memory.toByteArray())) {
            Answer answer = patiently(link, FeigCommand.READ_BLOCKS, addressed(uid, (byte) first, (byte) count));
            if (answer.hasData()) {
                byte[] blocks = blocks(answer.data());
                memory.writeBytes(blocks);
                first += answer.data()[0] & 0xFF;
            } else if (answer.tagError().isPresent()) {
                // Beyond the last block: ask for fewer, down to none.
                count /= 2;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(memory.toByteArray());
    }

    /** Takes the security status out of {@code count, size, count times (status, block)}. */
    private static byte[] blocks(byte[] data) {
        int count = data.length < 2 ? 0 : data[0] & 0xFF;
        int size = data.length < 2 ? 0 : data[1] & 0xFF;
        if (count == 0 || size == 0 || data.length != 2 + count * (size + 1)) {
            throw new FormatException(count + " blocks of " + size + " bytes", data.length + " bytes", data.length);
        }
        byte[] blocks = new byte[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, 2 + i * (size + 1) + 1, blocks, i * size, size);
        }
        return blocks;
    }

    private Answer patiently(ByteLink link, int subCommand, byte[] arguments) {
        Answer answer = host(link, subCommand, arguments);
        for (int tries = 1; tries < TRIES && answer.hesitant(); tries++) {
            answer = host(link, subCommand, arguments);
        }
        return answer;
    }

    private static byte[] addressed(Uid uid, byte... more) {
        byte[] arguments = new byte[9 + more.length];
        arguments[0] = FeigCommand.ADDRESSED;
        System.arraycopy(uid.bytes(), 0, arguments, 1, 8);
        System.arraycopy(more, 0, arguments, 9, more.length);
        return arguments;
    }

    // --- security
    // -----------------------------------------------------------------------------------------------------------

    @Override
    public SecurityWrite setSecurity(Uid uid, String identifier, TagSecurity target) {
        return line.talk(link -> {
            Optional<PadTag> tag = read(link, uid);
            if (tag.isEmpty()) {
                return new SecurityWrite.TagGone();
            }
            if (!(tag.get().content() instanceof TagContent.Decoded(ItemTag item, boolean _))
                    || !item.identifier().equals(identifier)) {
                return new SecurityWrite.Failed(SecurityWrite.Reason.OTHER_ITEM);
            }
            return tag.get().security().equals(Optional.of(target))
                    ? new SecurityWrite.Verified(false)
                    : write(link, uid, target);
        });
    }

    private SecurityWrite write(ByteLink link, Uid uid, TagSecurity target) {
        SecurityWrite.Reason reason = SecurityWrite.Reason.NOT_VERIFIED;
        for (int tries = 0; tries < TRIES; tries++) {
            Answer answer = host(link, FeigCommand.WRITE_AFI, addressed(uid, (byte) afis.of(target)));
            // Whatever the answer was: only what is read back counts.
            Optional<TagInformation> now = information(link, uid);
            if (now.isEmpty()) {
                return new SecurityWrite.TagGone();
            }
            if (now.get().afi().flatMap(afis::meaning).equals(Optional.of(target))) {
                return new SecurityWrite.Verified(true);
            }
            if (answer.tagError().equals(Optional.of(FeigCommand.LOCKED))) {
                return new SecurityWrite.Failed(SecurityWrite.Reason.LOCKED);
            }
            reason = switch (answer.status()) {
                case FeigCommand.OK -> SecurityWrite.Reason.NOT_VERIFIED;
                case FeigCommand.TAG_ERROR -> SecurityWrite.Reason.REJECTED;
                default -> SecurityWrite.Reason.WRITE_ERROR;
            };
        }
        return new SecurityWrite.Failed(reason);
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}
