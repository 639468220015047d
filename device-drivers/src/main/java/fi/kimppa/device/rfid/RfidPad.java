package fi.kimppa.device.rfid;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pad that reads and secures many tags at a time, whatever make its reader is.
 *
 * <p>Usual order of calls: {@link #inventory()} again and again, {@link #identify(Collection)} for the tags that are new,
 * {@link #setSecurity(Uid, String, TagSecurity)} for each loan or return. {@link PadWatch} does the first two.
 *
 * <p>Settings of every pad's address: {@code security} (afi, eas, afi+eas or none), {@code secured} and {@code unsecured} AFI in
 * hexadecimal (07, C2), {@code blocks} (auto, memory or reversed: in which order the reader delivers the bytes of a block), and
 * those of {@link PadWatch}. Each make has its own besides.
 *
 * <p>All methods throw {@link fi.kimppa.device.DeviceException} when the reader itself is not there; the status is then
 * {@link fi.kimppa.device.DeviceStatus.Absent} until the driver has found it again. Same threads as {@link Device}.
 */
public final class RfidPad extends LineDevice {
    /** What the address of a pad may carry, whatever its make. */
    static final Set<String> SETTINGS = Stream.of(
                    SecurityMode.SETTINGS, TagTracking.Settings.SETTINGS, Set.of("blocks", "pause"))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Duration POLL_INTERVAL = Duration.ofMillis(700);
    /** How long the sign of a self-test lasts. */
    private static final Duration SIGN = Duration.ofMillis(500);

    private final DeviceLine line;
    private final Protocol protocol;
    private final TagReading reading;
    private final TagWriting writing;
    private final TagSecuring securing;

    RfidPad(DeviceId id, DeviceAddress address, Protocol protocol, LinkOpener opener) {
        this.protocol = protocol;
        this.line = new DeviceLine(
                id,
                address,
                opener,
                new DeviceLine.Manners(protocol::greet, protocol::poll, POLL_INTERVAL, protocol.mask()),
                Clock.systemUTC());
        SecurityMode security = SecurityMode.of(address);
        this.reading = new TagReading(protocol, security, address, line::count);
        this.writing = new TagWriting(protocol, reading);
        this.securing = new TagSecuring(protocol, reading, security, line::count);
        line.start();
    }

    /**
     * Opens the driver that the address names, under the name {@code pad}.
     *
     * @throws IllegalArgumentException for an address that no driver understands
     */
    public static RfidPad open(DeviceAddress address) {
        return open(DeviceId.of(DeviceKind.PAD), address);
    }

    /**
     * Opens the driver that the address names. The list of drivers is here.
     *
     * @throws IllegalArgumentException for an address that no driver understands
     */
    public static RfidPad open(DeviceId id, DeviceAddress address) {
        return switch (address.driver()) {
            case FeigProtocol.DRIVER -> FeigProtocol.open(id, address);
            case BibliothecaProtocol.DRIVER -> BibliothecaProtocol.open(id, address);
            case StorageCardProtocol.DRIVER -> StorageCardProtocol.open(id, address);
            default ->
                throw new IllegalArgumentException("Device address '" + address
                        + "': expected the driver feig, bibliotheca or pcsc, found '" + address.driver() + "'");
        };
    }

    /** What a reader that answers complains about shows at once, not only at the next poll. */
    private <T> T talk(Function<ByteLink, T> conversation) {
        return line.talk(link -> {
            T result = conversation.apply(link);
            line.report(protocol.complaint());
            return result;
        });
    }

    /** The tags in the field now, each once, in no order. Takes 50 to 300 ms on a real reader. */
    public List<Uid> inventory() {
        return talk(reading::inventory);
    }

    /**
     * Reads what some tags say, without their security: the fastest way from an inventory to items. A tag that does not answer any
     * more is left out.
     */
    public Map<Uid, PadTag> identify(Collection<Uid> uids) {
        return talk(link -> reading.identify(link, uids));
    }

    /**
     * Reads memory and security of one tag, addressed by its UID.
     *
     * @return empty when the tag does not answer any more
     */
    public Optional<PadTag> read(Uid uid) {
        return talk(link -> reading.read(link, uid));
    }

    /**
     * Reads everything that a tag tells, byte by byte, for installers and their reports.
     *
     * @return empty when the tag does not answer any more
     */
    public Optional<TagDump> dump(Uid uid) {
        return talk(link -> reading.dump(link, uid));
    }

    /**
     * Writes an item into the memory of one tag, block by block, and reads each back; blocks that already say it are left alone.
     * Bytes are turned round for a reader or a tag that has them so. The security is not touched.
     *
     * @param dsfid of the model; written last, so that a tag that was lifted half-way does not pass for a whole one
     * @param memory in memory order, in whole blocks of 4 bytes, as {@link fi.kimppa.device.tag.TagCodec#encode} makes it
     */
    public TagWrite write(Uid uid, int dsfid, byte[] memory) {
        return talk(link -> writing.write(link, uid, dsfid, memory));
    }

    /**
     * Brings one tag to the wanted security: checks that it still carries the identifier, writes addressed to this UID alone
     * if it must, reads back, and tries again at most twice while the tag answers. Never writes without an address, because
     * that would change every tag in the field. Where the site's gates look at nothing on the tag, nothing is written.
     *
     * @param identifier the primary item identifier that was read from this UID before
     */
    public SecurityWrite setSecurity(Uid uid, String identifier, TagSecurity target) {
        return talk(link -> securing.secure(link, uid, identifier, target));
    }

    /** Shows a sign of life at the reader; false when it has none. */
    public boolean signal(Duration time) {
        return talk(link -> protocol.signal(link, time));
    }

    // --- health

    @Override
    public DeviceIdentity identity() {
        return protocol.identity();
    }

    @Override
    protected List<Trial> exercise() {
        return List.of(
                new Trial(
                        "shows a sign",
                        () -> signal(SIGN)
                                ? Finding.passed("lamp or beeper for " + SIGN.toMillis() + " ms")
                                : Finding.skipped("this reader has none")),
                new Trial("reads what lies on it", this::readable));
    }

    private Finding readable() {
        List<Uid> uids = inventory();
        if (uids.isEmpty()) {
            return Finding.skipped("no tag lies on it");
        }
        long understood = identify(uids).values().stream()
                .filter(tag -> tag.item().isPresent())
                .count();
        String detail = understood + " of " + uids.size() + " tags are library tags";
        return understood > 0 ? Finding.passed(detail) : Finding.failed(detail);
    }

    @Override
    protected DeviceLine line() {
        return line;
    }
}
