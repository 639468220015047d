package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FrameMask;
import fi.kimppa.device.link.SerialLine;
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FEIG readers in notification mode: the reader connects to this machine and tells by itself what it reads, in the form of answers to
 * "read buffer" (system manual H40801, 1.4 and 10.3). Nothing can be asked on this channel and nothing written, so such a pad knows
 * what lies on it and cannot secure it.
 *
 * <p>Address: {@code feig:listen:0.0.0.0:10005?mode=notify}; settings beside those of every pad: {@code hold} in ms for which a tag
 * counts as lying there after it was told (7000: the reader tells it again after its VALID-TIME, which is 5.5 s as delivered),
 * {@code ack}: {@code none} (as delivered) or {@code clear}: each notification is acknowledged by "clear buffer" (unconfirmed: the
 * manual says that an acknowledgement can be switched on and not how it looks).
 */
final class FeigNotifications implements Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(FeigNotifications.class);
    private static final List<String> SETTINGS = Stream.of(
                    RfidPad.SETTINGS, SerialLine.SETTINGS, Set.of("mode", "hold", "ack"))
            .flatMap(Set::stream)
            .toList();
    private static final Duration LISTENING = Duration.ofMillis(50);

    private final DeviceAddress address;
    private final long holdNanos;
    private final boolean acknowledged;
    private final Map<Uid, Told> told = new LinkedHashMap<>();
    private FeigFrameParser parser = new FeigFrameParser();
    private boolean namesNoTags;

    /** What a notification is answered with. */
    private enum Acknowledgement {
        NONE,
        CLEAR
    }

    /** What the reader told about a tag, and when. */
    private record Told(long nanos, Optional<Blocks> memory) {}

    FeigNotifications(DeviceAddress address) {
        this.address = address.expect(FeigProtocol.DRIVER, SETTINGS);
        this.holdNanos = Duration.ofMillis(address.setting("hold", 7_000, 100, 3_600_000))
                .toNanos();
        this.acknowledged = address.setting("ack", Acknowledgement.NONE) == Acknowledgement.CLEAR;
    }

    @Override
    public Optional<StatusReason> greet(ByteLink link) {
        parser = new FeigFrameParser();
        told.clear();
        return Optional.empty();
    }

    @Override
    public Optional<StatusReason> poll(ByteLink link) {
        listen(link);
        return complaint();
    }

    @Override
    public Optional<StatusReason> complaint() {
        return namesNoTags ? Optional.of(StatusReason.WRONG_MODE) : Optional.empty();
    }

    @Override
    public DeviceIdentity identity() {
        return new DeviceIdentity("FEIG reader in notification mode", "", Optional.empty());
    }

    @Override
    public Map<Uid, Integer> inventory(ByteLink link) {
        listen(link);
        long now = System.nanoTime();
        told.values().removeIf(tag -> now - tag.nanos() > holdNanos);
        Map<Uid, Integer> seen = new LinkedHashMap<>();
        told.keySet().forEach(uid -> seen.put(uid, 0));
        return seen;
    }

    private void listen(ByteLink link) {
        byte[] buffer = new byte[4096];
        int count = link.read(buffer, LISTENING);
        while (count > 0) {
            for (FeigFrame frame : parser.feed(buffer, count)) {
                notified(link, frame);
            }
            count = link.read(buffer, Duration.ZERO);
        }
    }

    private void notified(ByteLink link, FeigFrame frame) {
        byte[] rest = frame.rest();
        if (frame.command() != FeigCommand.READ_BUFFER || rest.length < 2) {
            // Keep-alives come on the same channel.
            LOG.debug("{}: passed over command {}", address, frame.command());
            return;
        }
        byte[] data = Arrays.copyOfRange(rest, 1, rest.length);
        FeigBuffer buffer = FeigBuffer.parse(data);
        namesNoTags = buffer.namesNoTags();
        long now = System.nanoTime();
        buffer.records().forEach(entry -> entry.uid().ifPresent(uid -> told.put(uid, new Told(now, entry.memory()))));
        if (acknowledged) {
            link.write(new FeigFrame(frame.format(), frame.address(), FeigCommand.CLEAR_BUFFER, new byte[0]).bytes());
        }
    }

    /** Nothing is asked, so nothing can be answered out of step. */
    @Override
    public boolean inStep(ByteLink link) {
        return true;
    }

    /** What the reader told of the tag's memory, which begins at block 0 when it is set up so; more cannot be had. */
    @Override
    public TagAnswer<Blocks> read(ByteLink link, Uid uid, int first, int count) {
        Told tag = told.get(uid);
        if (tag == null) {
            return new TagAnswer.Gone<>();
        }
        return first == 0 && tag.memory().isPresent()
                ? new TagAnswer.Given<>(tag.memory().get())
                : new TagAnswer.Refused<>(TagError.UNNAMED);
    }

    @Override
    public TagAnswer<TagInformation> information(ByteLink link, Uid uid) {
        return refused(uid);
    }

    @Override
    public TagAnswer<Done> write(ByteLink link, Uid uid, int first, int blockSize, byte[] bytes) {
        return refused(uid);
    }

    @Override
    public TagAnswer<Done> writeAfi(ByteLink link, Uid uid, int afi) {
        return refused(uid);
    }

    @Override
    public TagAnswer<Done> writeDsfid(ByteLink link, Uid uid, int dsfid) {
        return refused(uid);
    }

    @Override
    public TagAnswer<Boolean> eas(ByteLink link, Uid uid) {
        return refused(uid);
    }

    @Override
    public TagAnswer<Done> writeEas(ByteLink link, Uid uid, boolean alarm) {
        return refused(uid);
    }

    private <T> TagAnswer<T> refused(Uid uid) {
        return told.containsKey(uid) ? new TagAnswer.Refused<>(TagError.UNNAMED) : new TagAnswer.Gone<>();
    }

    @Override
    public FrameMask mask() {
        return new FeigMask();
    }

    @Override
    public boolean signal(ByteLink link, Duration time) {
        return false;
    }
}
