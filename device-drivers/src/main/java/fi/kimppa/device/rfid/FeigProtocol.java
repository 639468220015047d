package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.CallWaiter;
import fi.kimppa.device.link.FrameMask;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.link.PortSearch;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.FeigFrame.Format;
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FEIG OBID i-scan readers in ISO-Host mode (ID ISC.MR101, MR102, MR200, PRH200, LR200, LR1002, LR2500), and as far as they allow it
 * in buffered read mode.
 *
 * <p>Address: {@code feig:tcp:192.0.2.7:10001}; settings beside those of every pad: {@code timeout} in ms for one answer (1000),
 * {@code frames}: {@code auto}, {@code standard} or {@code advanced}; {@code mode}: {@code auto}, {@code host} or {@code buffer};
 * {@code device}: the reader's own identifier in hexadecimal, without which it is not spoken to; for serial lines {@code baud},
 * {@code parity}, {@code stopbits} (38400 8E1).
 *
 * <p>A reader in buffered read mode refuses host commands with status 82. With {@code mode=auto} its buffer is read then; what
 * it will not do, such as writing, it answers with a refusal, and the pad is {@link StatusReason#WRONG_MODE}.
 */
final class FeigProtocol implements Protocol {
    static final String DRIVER = "feig";
    static final SerialLine USUAL_LINE = new SerialLine(38_400, SerialLine.Parity.EVEN, 1);

    private static final Logger LOG = LoggerFactory.getLogger(FeigProtocol.class);
    private static final List<String> SETTINGS = Stream.of(
                    RfidPad.SETTINGS, SerialLine.SETTINGS, Set.of("timeout", "frames", "mode", "device"))
            .flatMap(Set::stream)
            .toList();
    /** Times that an inventory is begun whose parts do not all arrive, and a tag asked about itself when another answers. */
    private static final int TRIES = 3;
    /** An inventory of more rounds than this is a reader that says "more" for ever. */
    private static final int MOST_ROUNDS = 64;

    private static final int DEVICE_ID_BYTES = 4;
    private static final byte[] WHOLE_BUFFER = {0, (byte) 0xFF};

    private final DeviceAddress address;
    private final Exchange<FeigFrame> exchange;
    private final List<Format> formats;
    private final Mode mode;
    private final Map<Uid, Blocks> buffered = new LinkedHashMap<>();
    private Format format;
    private boolean refusesHostCommands;
    private boolean namesNoTags;
    private DeviceIdentity identity = DeviceIdentity.UNKNOWN;

    /** Who asks for tags: the host, or the reader by itself. */
    private enum Mode {
        AUTO,
        HOST,
        BUFFER
    }

    FeigProtocol(DeviceAddress address) {
        this.address = address.expect(DRIVER, SETTINGS);
        this.exchange = new Exchange<>(
                address, Duration.ofMillis(address.setting("timeout", 1_000, 50, 60_000)), FeigFrameParser::new);
        this.formats = switch (address.setting("frames").orElse("auto")) {
            case "auto" -> List.of(Format.ADVANCED, Format.STANDARD);
            case "standard" -> List.of(Format.STANDARD);
            case "advanced" -> List.of(Format.ADVANCED);
            default ->
                throw new IllegalArgumentException(
                        "Device address '" + address + "': expected frames auto, standard or advanced");
        };
        this.mode = switch (address.setting("mode").orElse("auto")) {
            case "auto" -> Mode.AUTO;
            case "host" -> Mode.HOST;
            case "buffer" -> Mode.BUFFER;
            default ->
                throw new IllegalArgumentException(
                        "Device address '" + address + "': expected mode auto, host or buffer");
        };
        this.format = formats.getFirst();
    }

    static RfidPad open(DeviceId id, DeviceAddress address) {
        if (address.link() instanceof DeviceAddress.Link.Listen listen) {
            return new RfidPad(id, address, new FeigNotifications(address), new CallWaiter(address, listen));
        }
        return open(id, address, new PortSearch(address, USUAL_LINE));
    }

    static RfidPad open(DeviceId id, DeviceAddress address, LinkOpener opener) {
        return new RfidPad(id, address, new FeigProtocol(address), opener);
    }

    /** What a reader answered. {@code data} is not changed by anybody. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never leaves this class.
    private record Answer(int status, byte[] data) {
        boolean hasData() {
            return switch (status) {
                case FeigCommand.OK, FeigCommand.RF_WARNING, FeigCommand.MORE_DATA, FeigCommand.BUFFER_OVERFLOW -> true;
                default -> false;
            };
        }

        /** What it means for the one tag that was addressed. */
        <T> TagAnswer<T> to(Function<byte[], T> reading) {
            return switch (status) {
                case FeigCommand.OK, FeigCommand.RF_WARNING, FeigCommand.MORE_DATA ->
                    new TagAnswer.Given<>(reading.apply(data));
                case FeigCommand.NO_TRANSPONDER -> new TagAnswer.Gone<>();
                case FeigCommand.RF_COMMUNICATION, FeigCommand.DATA_FALSE -> new TagAnswer.Hesitant<>();
                case FeigCommand.WRITE_ERROR -> new TagAnswer.WriteError<>();
                case FeigCommand.TAG_ERROR ->
                    new TagAnswer.Refused<>(data.length > 0 ? data[0] & 0xFF : TagError.UNNAMED);
                default -> new TagAnswer.Refused<>(TagError.UNNAMED);
            };
        }

        TagAnswer<Done> done() {
            return to(_ -> Done.DONE);
        }
    }

    // --- the reader

    @Override
    public Optional<StatusReason> greet(ByteLink link) {
        LinkException silence = null;
        for (Format candidate : formats) {
            format = candidate;
            try {
                Answer version = exchange(link, FeigCommand.VERSION);
                identity = identified(link, version.data());
                LOG.info("{}: {}, {} frames", address, identity, candidate);
                recognise();
                return complaint();
            } catch (LinkException e) {
                if (e.reason() != StatusReason.NO_ANSWER) {
                    throw e;
                }
                silence = e;
            }
        }
        throw Objects.requireNonNull(silence);
    }

    /** Version data: software (2), developer (1), hardware (1), reader type (1), transponders (2) and more (H60301 page 50). */
    private DeviceIdentity identified(ByteLink link, byte[] version) {
        byte[] device = deviceId(link);
        String firmware = version.length < 2 ? "" : (version[0] & 0xFF) + "." + (version[1] & 0xFF);
        return new DeviceIdentity(
                "FEIG " + (version.length < 5 ? "reader" : FeigReaderType.name(version[4] & 0xFF)),
                firmware,
                device.length < DEVICE_ID_BYTES
                        ? Optional.empty()
                        : Optional.of(HexFormat.of().withUpperCase().formatHex(device, 0, DEVICE_ID_BYTES)));
    }

    /** Empty when the reader has none to tell, or does not know the question and stays silent. */
    private byte[] deviceId(ByteLink link) {
        try {
            Answer answer = exchange(link, FeigCommand.READER_INFORMATION, (byte) FeigCommand.DEVICE_ID);
            return answer.hasData() ? answer.data() : new byte[0];
        } catch (LinkException e) {
            if (e.reason() != StatusReason.NO_ANSWER) {
                throw e;
            }
            return new byte[0];
        }
    }

    /** A pad with a role of its own must not be taken for another that has got its port. */
    private void recognise() {
        Optional<String> wanted = address.setting("device");
        if (wanted.isPresent()
                && !identity.serial().map(wanted.get()::equalsIgnoreCase).orElse(false)) {
            throw new LinkException(
                    address,
                    Phase.OPEN,
                    Duration.ZERO,
                    StatusReason.OTHER_DEVICE,
                    "expected reader " + wanted.get() + ", found "
                            + identity.serial().orElse("one without identifier"));
        }
    }

    @Override
    public Optional<StatusReason> poll(ByteLink link) {
        if (refusesHostCommands && mode != Mode.BUFFER) {
            host(link, FeigCommand.INVENTORY, (byte) 0);
        } else {
            exchange(link, FeigCommand.VERSION);
        }
        return complaint();
    }

    @Override
    public Optional<StatusReason> complaint() {
        boolean useless = mode == Mode.BUFFER ? namesNoTags : refusesHostCommands;
        return useless ? Optional.of(StatusReason.WRONG_MODE) : Optional.empty();
    }

    @Override
    public DeviceIdentity identity() {
        return identity;
    }

    @Override
    public FrameMask mask() {
        return new FeigMask();
    }

    @Override
    public boolean inStep(ByteLink link) {
        // Nothing else is answered with this command's number.
        int command = FeigCommand.VERSION;
        return exchange.inStep(link, request(command), name(command), answers(command));
    }

    /**
     * Switches lamps, beeper or outputs on for a while. Which bit is which differs from model to model, so all are set: two bits
     * each, 01 is "on" (H60301 page 54; on MR200 relay and outputs have the same form, H40801 page 83).
     */
    @Override
    public boolean signal(ByteLink link, Duration time) {
        int tenths = Math.clamp(time.toMillis() / 100, 1, 0xFFFF);
        return exchange(
                                link,
                                FeigCommand.SET_OUTPUT,
                                (byte) 0x00,
                                (byte) 0x15,
                                (byte) 0,
                                (byte) 0,
                                (byte) (tenths >> 8),
                                (byte) tenths,
                                (byte) 0,
                                (byte) 0)
                        .status()
                == FeigCommand.OK;
    }

    // --- tags

    @Override
    public Map<Uid, Integer> inventory(ByteLink link) {
        buffered.clear();
        if (mode == Mode.BUFFER) {
            return fromBuffer(link);
        }
        for (int tries = 0; tries < TRIES; tries++) {
            Answer first = host(link, FeigCommand.INVENTORY, (byte) 0);
            if (first.status() == FeigCommand.NOT_AVAILABLE && mode == Mode.AUTO) {
                return fromBuffer(link);
            }
            Optional<Map<Uid, Integer>> seen = parts(link, first);
            if (seen.isPresent()) {
                return seen.get();
            }
        }
        throw new FormatException("all parts of an inventory", "damaged ones", 0);
    }

    /**
     * Fetches the rest of an inventory. The reader forgets a part that it has sent; so none can be asked for again.
     *
     * @return empty when a part did not arrive whole
     */
    private Optional<Map<Uid, Integer>> parts(ByteLink link, Answer first) {
        Map<Uid, Integer> seen = new LinkedHashMap<>();
        Answer answer = first;
        for (int round = 0; answer.hasData() && round < MOST_ROUNDS; round++) {
            FeigInventory part = FeigInventory.parse(answer.data());
            seen.putAll(part.dsfids());
            if (!part.complete()) {
                LOG.warn("{}: a transponder of an unknown type hides the rest of an inventory", address);
            }
            if (answer.status() != FeigCommand.MORE_DATA) {
                break;
            }
            byte[] request = request(FeigCommand.HOST, (byte) FeigCommand.INVENTORY, (byte) FeigCommand.MORE);
            Optional<Answer> next =
                    exchange.once(link, request, answers(FeigCommand.HOST)).map(FeigProtocol::answer);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            answer = next.get();
        }
        return Optional.of(seen);
    }

    /** What the reader read since it was asked last. It forgets what was read only when it is told that it arrived. */
    private Map<Uid, Integer> fromBuffer(ByteLink link) {
        Map<Uid, Integer> seen = new LinkedHashMap<>();
        Answer answer = exchange(link, FeigCommand.READ_BUFFER, WHOLE_BUFFER);
        for (int round = 0; answer.hasData() && answer.data().length > 0 && round < MOST_ROUNDS; round++) {
            List<FeigBuffer.Entry> records = FeigBuffer.parse(answer.data()).records();
            namesNoTags = !records.isEmpty()
                    && records.stream().allMatch(entry -> entry.uid().isEmpty());
            for (FeigBuffer.Entry entry : records) {
                entry.uid().ifPresent(uid -> {
                    seen.put(uid, 0);
                    entry.memory().ifPresent(blocks -> buffered.put(uid, blocks));
                });
            }
            exchange(link, FeigCommand.CLEAR_BUFFER);
            if (answer.status() != FeigCommand.MORE_DATA) {
                break;
            }
            answer = exchange(link, FeigCommand.READ_BUFFER, WHOLE_BUFFER);
        }
        return seen;
    }

    @Override
    public TagAnswer<TagInformation> information(ByteLink link, Uid uid) {
        for (int tries = 0; tries < TRIES; tries++) {
            Answer answer = host(link, FeigCommand.SYSTEM_INFORMATION, addressed(uid));
            if (!answer.hasData()) {
                return answer.to(_ -> TagInformation.NONE);
            }
            Optional<TagInformation> information = TagInformation.parse(uid, answer.data());
            if (information.isPresent()) {
                return new TagAnswer.Given<>(information.get());
            }
            LOG.debug("{}: an answer about another tag passed over", address);
        }
        throw new FormatException("information about the tag that was asked for", "about another", 0);
    }

    @Override
    public TagAnswer<Blocks> read(ByteLink link, Uid uid, int first, int count) {
        Blocks known = buffered.get(uid);
        if (first == 0 && known != null) {
            return new TagAnswer.Given<>(known);
        }
        return host(link, FeigCommand.READ_BLOCKS, addressed(uid, (byte) first, (byte) count))
                .to(FeigProtocol::blocks);
    }

    /** Takes the security status out of {@code count, size, count times (status, block)}. */
    private static Blocks blocks(byte[] data) {
        int count = data.length < 2 ? 0 : data[0] & 0xFF;
        int size = data.length < 2 ? 0 : data[1] & 0xFF;
        if (count == 0 || size == 0 || data.length != 2 + count * (size + 1)) {
            throw new FormatException(count + " blocks of " + size + " bytes", data.length + " bytes", data.length);
        }
        byte[] blocks = new byte[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, 2 + i * (size + 1) + 1, blocks, i * size, size);
        }
        return new Blocks(size, blocks);
    }

    @Override
    public TagAnswer<Done> write(ByteLink link, Uid uid, int first, int blockSize, byte[] bytes) {
        buffered.remove(uid);
        byte[] more = new byte[3 + bytes.length];
        more[0] = (byte) first;
        more[1] = (byte) (bytes.length / blockSize);
        more[2] = (byte) blockSize;
        System.arraycopy(bytes, 0, more, 3, bytes.length);
        return host(link, FeigCommand.WRITE_BLOCKS, addressed(uid, more)).done();
    }

    @Override
    public TagAnswer<Done> writeAfi(ByteLink link, Uid uid, int afi) {
        return host(link, FeigCommand.WRITE_AFI, addressed(uid, (byte) afi)).done();
    }

    @Override
    public TagAnswer<Done> writeDsfid(ByteLink link, Uid uid, int dsfid) {
        return host(link, FeigCommand.WRITE_DSFID, addressed(uid, (byte) dsfid)).done();
    }

    /**
     * A tag whose bit is set answers the alarm command. One whose bit is reset keeps silent, and so does one that was lifted: what it is
     * shows only when it is asked something else.
     */
    @Override
    public TagAnswer<Boolean> eas(ByteLink link, Uid uid) {
        TagAnswer<Boolean> alarm = custom(link, FeigCommand.EAS_ALARM, uid).to(_ -> true);
        return alarm instanceof TagAnswer.Gone<Boolean> ? information(link, uid).map(_ -> false) : alarm;
    }

    @Override
    public TagAnswer<Done> writeEas(ByteLink link, Uid uid, boolean alarm) {
        return custom(link, alarm ? FeigCommand.SET_EAS : FeigCommand.RESET_EAS, uid)
                .done();
    }

    private static byte[] addressed(Uid uid, byte... more) {
        byte[] arguments = new byte[9 + more.length];
        arguments[0] = FeigCommand.ADDRESSED;
        System.arraycopy(uid.bytes(), 0, arguments, 1, 8);
        System.arraycopy(more, 0, arguments, 9, more.length);
        return arguments;
    }

    private Answer custom(ByteLink link, int subCommand, Uid uid) {
        var data = new ByteArrayOutputStream();
        data.write(FeigCommand.NXP);
        data.write(subCommand);
        data.writeBytes(addressed(uid));
        return exchange(link, FeigCommand.CUSTOM, data.toByteArray());
    }

    private Answer host(ByteLink link, int subCommand, byte... arguments) {
        byte[] data = new byte[arguments.length + 1];
        data[0] = (byte) subCommand;
        System.arraycopy(arguments, 0, data, 1, arguments.length);
        Answer answer = exchange(link, FeigCommand.HOST, data);
        refusesHostCommands = answer.status() == FeigCommand.NOT_AVAILABLE;
        return answer;
    }

    /** One request and its answer. */
    private Answer exchange(ByteLink link, int command, byte... data) {
        return answer(exchange.ask(link, request(command, data), name(command), answers(command)));
    }

    private static Answer answer(FeigFrame frame) {
        byte[] rest = frame.rest();
        return new Answer(rest[0] & 0xFF, Arrays.copyOfRange(rest, 1, rest.length));
    }

    private byte[] request(int command, byte... data) {
        return new FeigFrame(format, FeigFrame.ANY_READER, command, data).bytes();
    }

    private static String name(int command) {
        return "command " + Integer.toHexString(command);
    }

    private static Predicate<FeigFrame> answers(int command) {
        return frame -> frame.command() == command && frame.rest().length > 0;
    }
}
