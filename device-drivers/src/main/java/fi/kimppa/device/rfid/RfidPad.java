package fi.kimppa.device.rfid;

import fi.kimppa.device.Counter;
import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.DeviceId;
import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.DeviceLine;
import fi.kimppa.device.link.LineDevice;
import fi.kimppa.device.link.LinkOpener;
import fi.kimppa.device.rfid.TagAnswer.Done;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
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
    /** Tries of one command to a tag that hesitates, and of one write that is not read back. */
    private static final int TRIES = 3;
    /** Blocks asked for at a time: with the fixed layout, eight are nearly always enough. */
    private static final int BLOCKS = 8;
    /** Reading stops here: the largest common chip for books has 112 bytes and a descriptor is shorter. */
    private static final int MOST_BYTES = 128;
    /** A dump stops here: ISO/IEC 15693-3 numbers blocks with one byte. */
    private static final int MOST_BLOCKS = 256;

    /** How long the sign of a self-test lasts. */
    private static final Duration SIGN = Duration.ofMillis(500);

    private static final int USUAL_BLOCK = 4;
    private static final int MOST_DSFIDS = 1_000;

    private final DeviceLine line;
    private final Protocol protocol;
    private final SecurityMode security;
    private final BlockOrder order;
    private final Map<Uid, Integer> dsfids = new ConcurrentHashMap<>();
    /** How many blocks were asked for last; within a conversation, one thread at a time. */
    private int lastCount;
    /** How the last library tag was found stored: a tag without content is written the same way. */
    private volatile boolean lastReversed;

    /** In which order the reader delivers the bytes of a block. */
    private enum BlockOrder {
        AUTO,
        MEMORY,
        REVERSED
    }

    RfidPad(DeviceId id, DeviceAddress address, Protocol protocol, LinkOpener opener) {
        this.protocol = protocol;
        this.security = SecurityMode.of(address);
        this.order = switch (address.setting("blocks").orElse("auto")) {
            case "auto" -> BlockOrder.AUTO;
            case "memory" -> BlockOrder.MEMORY;
            case "reversed" -> BlockOrder.REVERSED;
            default ->
                throw new IllegalArgumentException(
                        "Device address '" + address + "': expected blocks auto, memory or reversed");
        };
        this.line = new DeviceLine(
                id,
                address,
                opener,
                new DeviceLine.Manners(protocol::greet, protocol::poll, POLL_INTERVAL, protocol.mask()),
                Clock.systemUTC());
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

    // --- reading

    /** The tags in the field now, each once, in no order. Takes 50 to 300 ms on a real reader. */
    public List<Uid> inventory() {
        return talk(link -> {
            Map<Uid, Integer> seen = protocol.inventory(link);
            if (dsfids.size() > MOST_DSFIDS) {
                dsfids.clear();
            }
            dsfids.putAll(seen);
            return List.copyOf(seen.keySet());
        });
    }

    /**
     * Reads what some tags say, without their security: the fastest way from an inventory to items. A tag that does not answer any
     * more is left out.
     */
    public Map<Uid, PadTag> identify(Collection<Uid> uids) {
        return talk(link -> inStep(link, () -> contents(link, uids)));
    }

    /**
     * Reads until nothing was left over meanwhile. Answers of a reader do not all say which tag they are about: one that came late or
     * twice would pass for the next one's, and that for the one after it.
     */
    private <T> T inStep(ByteLink link, Supplier<T> reading) {
        for (int tries = 0; tries < TRIES; tries++) {
            lastCount = 0;
            T result = reading.get();
            if (protocol.inStep(link)) {
                return result;
            }
        }
        throw new FormatException("one answer to each question", "answers left over", 0);
    }

    /** Two tags in a row that say the same are asked again: the second answer may be the first come twice. */
    private Map<Uid, PadTag> contents(ByteLink link, Collection<Uid> uids) {
        Map<Uid, PadTag> found = new LinkedHashMap<>();
        byte[] before = new byte[0];
        for (Uid uid : uids) {
            int dsfid = dsfids.getOrDefault(uid, 0);
            Optional<byte[]> memory = memory(link, uid, dsfid);
            if (memory.isPresent() && Arrays.equals(memory.get(), before)) {
                memory = memory(link, uid, dsfid);
            }
            before = memory.orElse(before);
            memory.map(bytes -> tag(uid, dsfid, bytes, Optional.empty())).ifPresent(tag -> found.put(uid, tag));
            boolean understood = found.containsKey(uid) && found.get(uid).item().isPresent();
            line.count(understood ? Counter.READS_GOOD : Counter.READS_FAILED);
        }
        return found;
    }

    private PadTag tag(Uid uid, int dsfid, byte[] memory, Optional<TagSecurity> secured) {
        TagContent content = TagCodec.decode(dsfid, memory);
        if (content instanceof TagContent.Decoded(ItemTag _, boolean reversed)) {
            lastReversed = reversed;
        }
        return new PadTag(uid, dsfid, content, secured);
    }

    /**
     * Reads memory and security of one tag, addressed by its UID.
     *
     * @return empty when the tag does not answer any more
     */
    public Optional<PadTag> read(Uid uid) {
        return talk(link -> inStep(link, () -> read(link, uid)));
    }

    private Optional<PadTag> read(ByteLink link, Uid uid) {
        int assumed = dsfids.getOrDefault(uid, 0);
        Optional<byte[]> memory = memory(link, uid, assumed);
        // Asked for last, because its answer names the tag: whatever was read before it was read in step.
        Optional<TagInformation> information = memory.flatMap(_ -> information(link, uid));
        if (memory.isEmpty() || information.isEmpty()) {
            return Optional.empty();
        }
        int dsfid = information.get().dsfid().orElse(assumed);
        if (dsfid != assumed) {
            dsfids.put(uid, dsfid);
            memory = memory(link, uid, dsfid);
        }
        Optional<TagSecurity> secured = meaning(link, uid, information.get());
        return memory.map(bytes -> tag(uid, dsfid, bytes, secured));
    }

    private Optional<TagSecurity> meaning(ByteLink link, Uid uid, TagInformation information) {
        Optional<Boolean> eas = security.eas() ? given(patiently(() -> protocol.eas(link, uid))) : Optional.empty();
        return security.meaning(information.afi(), eas);
    }

    /** Empty when the tag does not answer; {@link TagInformation#NONE} when it does not know the question. */
    private Optional<TagInformation> information(ByteLink link, Uid uid) {
        return switch (patiently(() -> protocol.information(link, uid))) {
            case TagAnswer.Given<TagInformation>(TagInformation information) -> Optional.of(information);
            case TagAnswer.Refused<TagInformation> _ -> Optional.of(TagInformation.NONE);
            case TagAnswer.Gone<TagInformation> _,
                    TagAnswer.Hesitant<TagInformation> _,
                    TagAnswer.WriteError<TagInformation> _ -> Optional.empty();
        };
    }

    /** As much of the memory as decoding needs; empty when the tag does not answer. */
    private Optional<byte[]> memory(ByteLink link, Uid uid, int dsfid) {
        var memory = new ByteArrayOutputStream();
        int first = 0;
        int count = BLOCKS;
        while (count > 0 && memory.size() < MOST_BYTES && !TagCodec.suffices(dsfid, memory.toByteArray())) {
            switch (blocks(link, uid, first, count)) {
                case TagAnswer.Given<Blocks>(Blocks blocks) -> {
                    memory.writeBytes(inMemoryOrder(blocks).bytes());
                    first += blocks.count();
                }
                // Beyond the last block: ask for fewer, down to none.
                case TagAnswer.Refused<Blocks> _ -> count /= 2;
                case TagAnswer.Gone<Blocks> _, TagAnswer.Hesitant<Blocks> _, TagAnswer.WriteError<Blocks> _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(memory.toByteArray());
    }

    /**
     * Reads blocks. Another number of them is asked for than the time before; an answer with another number is asked for again, because
     * it may be the one before come twice.
     */
    private TagAnswer<Blocks> blocks(ByteLink link, Uid uid, int first, int count) {
        int many = count == BLOCKS && lastCount == BLOCKS ? BLOCKS + 1 : count;
        lastCount = many;
        TagAnswer<Blocks> answer = patiently(() -> protocol.read(link, uid, first, many));
        boolean doubtful = answer instanceof TagAnswer.Given<Blocks>(Blocks blocks) && blocks.count() != many;
        return doubtful ? patiently(() -> protocol.read(link, uid, first, many)) : answer;
    }

    private Blocks inMemoryOrder(Blocks blocks) {
        return order == BlockOrder.REVERSED ? blocks.reversed() : blocks;
    }

    private interface Command<T> {
        TagAnswer<T> answer();
    }

    private static <T> TagAnswer<T> patiently(Command<T> command) {
        TagAnswer<T> answer = command.answer();
        for (int tries = 1; tries < TRIES && answer instanceof TagAnswer.Hesitant<T>; tries++) {
            answer = command.answer();
        }
        return answer;
    }

    private static <T> Optional<T> given(TagAnswer<T> answer) {
        return answer instanceof TagAnswer.Given<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /**
     * Reads everything that a tag tells, byte by byte, for installers and their reports.
     *
     * @return empty when the tag does not answer any more
     */
    public Optional<TagDump> dump(Uid uid) {
        return talk(link -> inStep(link, () -> dump(link, uid)));
    }

    private Optional<TagDump> dump(ByteLink link, Uid uid) {
        Optional<TagInformation> information = information(link, uid);
        if (information.isEmpty()) {
            return Optional.empty();
        }
        TagInformation told = information.get();
        Optional<Blocks> memory = everything(link, uid, told.blocks().orElse(MOST_BLOCKS));
        return memory.map(blocks -> new TagDump(
                uid,
                told.dsfid().orElse(dsfids.getOrDefault(uid, 0)),
                told.afi(),
                meaning(link, uid, told),
                blocks.size(),
                blocks.bytes()));
    }

    private Optional<Blocks> everything(ByteLink link, Uid uid, int blocks) {
        var memory = new ByteArrayOutputStream();
        int size = USUAL_BLOCK;
        int first = 0;
        int count = Math.min(BLOCKS, blocks);
        while (count > 0 && first < blocks) {
            switch (blocks(link, uid, first, Math.min(count, blocks - first))) {
                case TagAnswer.Given<Blocks>(Blocks read) -> {
                    memory.writeBytes(inMemoryOrder(read).bytes());
                    size = read.size();
                    first += read.count();
                }
                case TagAnswer.Refused<Blocks> _ -> count /= 2;
                case TagAnswer.Gone<Blocks> _, TagAnswer.Hesitant<Blocks> _, TagAnswer.WriteError<Blocks> _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Blocks(size, memory.toByteArray()));
    }

    // --- writing

    /**
     * Writes an item into the memory of one tag, block by block, and reads each back; blocks that already say it are left alone.
     * Bytes are turned round for a reader or a tag that has them so. The security is not touched.
     *
     * @param dsfid of the model; written last, so that a tag that was lifted half-way does not pass for a whole one
     * @param memory in memory order, in whole blocks of 4 bytes, as {@link TagCodec#encode} makes it
     */
    public TagWrite write(Uid uid, int dsfid, byte[] memory) {
        return talk(link -> {
            var written = new AtomicInteger();
            return inStep(link, () -> write(link, uid, dsfid, memory, written));
        });
    }

    /**
     * Goes through all blocks once.
     *
     * @param written counts the blocks that had to be written
     */
    private TagWrite write(ByteLink link, Uid uid, int dsfid, byte[] memory, AtomicInteger written) {
        Optional<TagInformation> information = information(link, uid);
        if (information.isEmpty()) {
            return new TagWrite.TagGone();
        }
        int size = blockSize(link, uid, information.get());
        int blocks = (memory.length + size - 1) / size;
        if (!holds(link, uid, information.get(), blocks)) {
            return new TagWrite.Failed(TagWrite.Reason.TOO_SMALL, 0);
        }
        byte[] wanted = Arrays.copyOf(memory, blocks * size);
        byte[] before = new byte[0];
        for (int block = 0; block < blocks; block++) {
            byte[] bytes = Arrays.copyOfRange(wanted, block * size, (block + 1) * size);
            if (Arrays.equals(bytes, before)) {
                // An answer here may be the one about the block before, come twice: it is heard and not believed.
                protocol.read(link, uid, block, 1);
            }
            before = bytes;
            TagWrite result = write(link, uid, block, inReaderOrder(bytes));
            if (!(result instanceof TagWrite.Written(int more))) {
                return result;
            }
            written.addAndGet(more);
        }
        return dsfid(link, uid, dsfid, information.get(), written.get());
    }

    /** What the tag tells, or else what its first block shows. */
    private int blockSize(ByteLink link, Uid uid, TagInformation told) {
        return told.blockSize()
                .or(() -> given(patiently(() -> protocol.read(link, uid, 0, 1))).map(Blocks::size))
                .orElse(USUAL_BLOCK);
    }

    /** A tag that does not tell how many blocks it has is asked for the last that is needed. */
    private boolean holds(ByteLink link, Uid uid, TagInformation told, int blocks) {
        return told.blocks()
                .map(count -> count >= blocks)
                .orElseGet(() -> !(patiently(() -> protocol.read(link, uid, blocks - 1, 1))
                        instanceof TagAnswer.Refused<Blocks>));
    }

    private byte[] inReaderOrder(byte[] block) {
        boolean turn = order == BlockOrder.REVERSED || (order == BlockOrder.AUTO && lastReversed);
        return turn ? Blocks.reversed(block, block.length) : block;
    }

    /** One block, as the reader takes it. */
    private TagWrite write(ByteLink link, Uid uid, int block, byte[] wanted) {
        TagWrite.Reason reason = TagWrite.Reason.NOT_VERIFIED;
        for (int tries = 0; tries <= TRIES; tries++) {
            switch (patiently(() -> protocol.read(link, uid, block, 1))) {
                case TagAnswer.Given<Blocks>(Blocks now)
                when Arrays.equals(now.bytes(), wanted) -> {
                    return new TagWrite.Written(Math.min(1, tries));
                }
                case TagAnswer.Given<Blocks> _, TagAnswer.Hesitant<Blocks> _ -> {
                    // To be written, or to be asked again.
                }
                case TagAnswer.Refused<Blocks> _, TagAnswer.WriteError<Blocks> _ -> {
                    return new TagWrite.Failed(TagWrite.Reason.REJECTED, block);
                }
                case TagAnswer.Gone<Blocks> _ -> {
                    return new TagWrite.TagGone();
                }
            }
            if (tries == TRIES) {
                break;
            }
            if (protocol.write(link, uid, block, wanted.length, wanted) instanceof TagAnswer.Refused<Done>(int error)) {
                if (error == TagError.LOCKED) {
                    return new TagWrite.Failed(TagWrite.Reason.LOCKED, block);
                }
                reason = TagWrite.Reason.REJECTED;
            }
        }
        return new TagWrite.Failed(reason, block);
    }

    private TagWrite dsfid(ByteLink link, Uid uid, int wanted, TagInformation before, int written) {
        if (before.dsfid().isEmpty() || before.dsfid().get() == wanted) {
            return new TagWrite.Written(written);
        }
        for (int tries = 0; tries < TRIES; tries++) {
            TagAnswer<Done> answer = protocol.writeDsfid(link, uid, wanted);
            Optional<TagInformation> now = information(link, uid);
            if (now.isEmpty()) {
                return new TagWrite.TagGone();
            }
            if (now.get().dsfid().equals(Optional.of(wanted))) {
                dsfids.put(uid, wanted);
                return new TagWrite.Written(written);
            }
            if (answer instanceof TagAnswer.Refused<Done>) {
                return new TagWrite.Failed(TagWrite.Reason.REJECTED, 0);
            }
        }
        return new TagWrite.Failed(TagWrite.Reason.NOT_VERIFIED, 0);
    }

    // --- security

    /**
     * Brings one tag to the wanted security: checks that it still carries the identifier, writes addressed to this UID alone
     * if it must, reads back, and tries again at most twice while the tag answers. Never writes without an address, because
     * that would change every tag in the field. Where the site's gates look at nothing on the tag, nothing is written.
     *
     * @param identifier the primary item identifier that was read from this UID before
     */
    public SecurityWrite setSecurity(Uid uid, String identifier, TagSecurity target) {
        return talk(link -> {
            Optional<PadTag> tag = inStep(link, () -> read(link, uid));
            if (tag.isEmpty()) {
                return new SecurityWrite.TagGone();
            }
            if (!(tag.get().content() instanceof TagContent.Decoded(ItemTag item, boolean _))
                    || !item.identifier().equals(identifier)) {
                return new SecurityWrite.Failed(SecurityWrite.Reason.OTHER_ITEM);
            }
            if (security.none() || tag.get().security().equals(Optional.of(target))) {
                return new SecurityWrite.Verified(false);
            }
            SecurityWrite result = secure(link, uid, target);
            line.count(result instanceof SecurityWrite.Verified ? Counter.WRITES_GOOD : Counter.WRITES_FAILED);
            return result;
        });
    }

    private SecurityWrite secure(ByteLink link, Uid uid, TagSecurity target) {
        SecurityWrite.Reason reason = SecurityWrite.Reason.NOT_VERIFIED;
        for (int tries = 0; tries < TRIES; tries++) {
            TagAnswer<Done> answer = writeSecurity(link, uid, target);
            // Whatever the answer was: only what is read back counts.
            Optional<TagInformation> now = information(link, uid);
            if (now.isEmpty()) {
                return new SecurityWrite.TagGone();
            }
            if (meaning(link, uid, now.get()).equals(Optional.of(target))) {
                return new SecurityWrite.Verified(true);
            }
            reason = switch (answer) {
                case TagAnswer.Given<Done> _ -> SecurityWrite.Reason.NOT_VERIFIED;
                case TagAnswer.Refused<Done>(int error) ->
                    error == TagError.LOCKED ? SecurityWrite.Reason.LOCKED : SecurityWrite.Reason.REJECTED;
                case TagAnswer.Gone<Done> _, TagAnswer.Hesitant<Done> _, TagAnswer.WriteError<Done> _ ->
                    SecurityWrite.Reason.WRITE_ERROR;
            };
            if (reason == SecurityWrite.Reason.LOCKED) {
                break;
            }
        }
        return new SecurityWrite.Failed(reason);
    }

    /** The answer that matters: the first that was not a success. */
    private TagAnswer<Done> writeSecurity(ByteLink link, Uid uid, TagSecurity target) {
        TagAnswer<Done> byAfi = security.afi()
                ? protocol.writeAfi(link, uid, security.afis().of(target))
                : protocol.writeEas(link, uid, target == TagSecurity.SECURED);
        return security.afi() && security.eas() && byAfi instanceof TagAnswer.Given<Done>
                ? protocol.writeEas(link, uid, target == TagSecurity.SECURED)
                : byAfi;
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
