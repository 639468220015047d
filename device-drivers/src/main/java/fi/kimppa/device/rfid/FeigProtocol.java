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
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final DeviceAddress address;
    private final FeigLine line;
    private final Mode mode;
    private final FeigBufferMode buffer;
    private boolean refusesHostCommands;
    private DeviceIdentity identity = DeviceIdentity.UNKNOWN;

    /** Who asks for tags: the host, or the reader by itself. */
    private enum Mode {
        AUTO,
        HOST,
        BUFFER
    }

    FeigProtocol(DeviceAddress address) {
        this.address = address.expect(DRIVER, SETTINGS);
        this.line = new FeigLine(address);
        this.buffer = new FeigBufferMode(line);
        this.mode = address.setting("mode", Mode.AUTO);
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

    // --- the reader

    @Override
    public Optional<StatusReason> greet(ByteLink link) {
        byte[] version = line.greet(link).data();
        identity = FeigReaderType.identity(version, deviceId(link));
        LOG.info("{}: {}, {} frames", address, identity, line.format());
        recognise();
        return complaint();
    }

    /** Empty when the reader has none to tell, or does not know the question and stays silent. */
    private byte[] deviceId(ByteLink link) {
        try {
            FeigAnswer answer = line.ask(link, FeigCommand.READER_INFORMATION, (byte) FeigCommand.DEVICE_ID);
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
            line.ask(link, FeigCommand.VERSION);
        }
        return complaint();
    }

    @Override
    public Optional<StatusReason> complaint() {
        boolean useless = mode == Mode.BUFFER ? buffer.namesNoTags() : refusesHostCommands;
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
        return line.inStep(link);
    }

    /**
     * Switches lamps, beeper or outputs on for a while. Which bit is which differs from model to model, so all are set: two bits
     * each, 01 is "on" (H60301 page 54; on MR200 relay and outputs have the same form, H40801 page 83).
     */
    @Override
    public boolean signal(ByteLink link, Duration time) {
        int tenths = Math.clamp(time.toMillis() / 100, 1, 0xFFFF);
        return line.ask(
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
        buffer.forgetAll();
        if (mode == Mode.BUFFER) {
            return buffer.inventory(link);
        }
        for (int tries = 0; tries < TRIES; tries++) {
            FeigAnswer first = host(link, FeigCommand.INVENTORY, (byte) 0);
            if (first.status() == FeigCommand.NOT_AVAILABLE && mode == Mode.AUTO) {
                return buffer.inventory(link);
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
    private Optional<Map<Uid, Integer>> parts(ByteLink link, FeigAnswer first) {
        Map<Uid, Integer> seen = new LinkedHashMap<>();
        FeigAnswer answer = first;
        for (int round = 0; answer.hasData() && round < MOST_ROUNDS; round++) {
            FeigInventory part = FeigInventory.parse(answer.data());
            seen.putAll(part.dsfids());
            if (!part.complete()) {
                LOG.warn("{}: a transponder of an unknown type hides the rest of an inventory", address);
            }
            if (answer.status() != FeigCommand.MORE_DATA) {
                break;
            }
            Optional<FeigAnswer> next = line.hostOnce(link, FeigCommand.INVENTORY, (byte) FeigCommand.MORE);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            answer = next.get();
        }
        return Optional.of(seen);
    }

    @Override
    public TagAnswer<TagInformation> information(ByteLink link, Uid uid) {
        for (int tries = 0; tries < TRIES; tries++) {
            FeigAnswer answer = host(link, FeigCommand.SYSTEM_INFORMATION, FeigLine.addressed(uid));
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
        Optional<Blocks> known = first == 0 ? buffer.memory(uid) : Optional.empty();
        if (known.isPresent()) {
            return new TagAnswer.Given<>(known.get());
        }
        return host(link, FeigCommand.READ_BLOCKS, FeigLine.addressed(uid, (byte) first, (byte) count))
                .to(FeigProtocol::blocks);
    }

    /** Takes the security status out of {@code count, size, count times (status, block)}. */
    private static Blocks blocks(byte[] data) {
        int count = data.length < 2 ? 0 : data[0] & 0xFF;
        int size = data.length < 2 ? 0 : data[1] & 0xFF;
        if (count == 0 || size == 0 || data.length != 2 + count * (size + 1)) {
            throw new FormatException(count + " blocks of " + size + " bytes", data.length + " bytes", data.length);
        }
        return Blocks.behindStatus(data, 2, count, size);
    }

    @Override
    public TagAnswer<Done> write(ByteLink link, Uid uid, int first, int blockSize, byte[] bytes) {
        buffer.forget(uid);
        byte[] more = new byte[3 + bytes.length];
        more[0] = (byte) first;
        more[1] = (byte) (bytes.length / blockSize);
        more[2] = (byte) blockSize;
        System.arraycopy(bytes, 0, more, 3, bytes.length);
        return host(link, FeigCommand.WRITE_BLOCKS, FeigLine.addressed(uid, more))
                .done();
    }

    @Override
    public TagAnswer<Done> writeAfi(ByteLink link, Uid uid, int afi) {
        return host(link, FeigCommand.WRITE_AFI, FeigLine.addressed(uid, (byte) afi))
                .done();
    }

    @Override
    public TagAnswer<Done> writeDsfid(ByteLink link, Uid uid, int dsfid) {
        return host(link, FeigCommand.WRITE_DSFID, FeigLine.addressed(uid, (byte) dsfid))
                .done();
    }

    /**
     * A tag whose bit is set answers the alarm command. One whose bit is reset keeps silent, and so does one that was lifted: what it is
     * shows only when it is asked something else.
     */
    @Override
    public TagAnswer<Boolean> eas(ByteLink link, Uid uid) {
        TagAnswer<Boolean> alarm = line.custom(link, FeigCommand.EAS_ALARM, uid).to(_ -> true);
        return alarm instanceof TagAnswer.Gone<Boolean> ? information(link, uid).map(_ -> false) : alarm;
    }

    @Override
    public TagAnswer<Done> writeEas(ByteLink link, Uid uid, boolean alarm) {
        return line.custom(link, alarm ? FeigCommand.SET_EAS : FeigCommand.RESET_EAS, uid)
                .done();
    }

    private FeigAnswer host(ByteLink link, int subCommand, byte... arguments) {
        FeigAnswer answer = line.host(link, subCommand, arguments);
        refusesHostCommands = answer.status() == FeigCommand.NOT_AVAILABLE;
        return answer;
    }
}
