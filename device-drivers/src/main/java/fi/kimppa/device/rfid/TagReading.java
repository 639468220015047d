package fi.kimppa.device.rfid;

import fi.kimppa.device.Counter;
import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reading the tags of one pad: what is asked, in which order, and when an answer is believed.
 *
 * <p>Threads: within the conversations of the pad's line, one at a time.
 */
final class TagReading {
    /** Times that something is done which may go well the next time. */
    static final int TRIES = 3;
    /** Bytes of a block, where neither the tag nor its reader says it. */
    static final int USUAL_BLOCK = 4;

    /** Blocks asked for at a time: with the fixed layout, eight are nearly always enough. */
    private static final int BLOCKS = 8;
    /** Reading stops here: the largest common chip for books has 112 bytes and a descriptor is shorter. */
    private static final int MOST_BYTES = 128;
    /** ISO/IEC 15693-3 numbers blocks with one byte. */
    private static final int MOST_BLOCKS = 256;

    private static final int MOST_DSFIDS = 1_000;

    private final Protocol protocol;
    private final SecurityMode security;
    private final BlockOrder order;
    private final Consumer<Counter> counter;
    private final Map<Uid, Integer> dsfids = new HashMap<>();
    private final KnownTags known = new KnownTags();
    /** How many blocks were asked for last. */
    private int lastCount;
    /** Whether an answer to another question was seen since the last reading began. */
    private boolean outOfStep;

    /** Reading in this language; {@code counter} is told what came of it. */
    TagReading(Protocol protocol, SecurityMode security, DeviceAddress address, Consumer<Counter> counter) {
        this.protocol = protocol;
        this.security = security;
        this.order = BlockOrder.of(address);
        this.counter = counter;
    }

    /** The tags in the field. */
    List<Uid> inventory(ByteLink link) {
        Map<Uid, Integer> seen = protocol.inventory(link);
        if (dsfids.size() > MOST_DSFIDS) {
            dsfids.clear();
        }
        dsfids.putAll(seen);
        known.saw(seen.keySet());
        return List.copyOf(seen.keySet());
    }

    /** What some tags say; one that does not answer is left out. */
    Map<Uid, PadTag> identify(ByteLink link, Collection<Uid> uids) {
        Map<Uid, PadTag> found = inStep(link, () -> contents(link, uids));
        known.read(found);
        return found;
    }

    /** What one tag says, and its security; empty when it does not answer. */
    Optional<PadTag> read(ByteLink link, Uid uid) {
        return inStep(link, () -> tag(link, uid));
    }

    /**
     * As {@link #read}; but of a tag that was read and has lain there since, only what it tells of itself is asked: its answer names it
     * and holds all that may have changed.
     */
    Optional<PadTag> readAgain(ByteLink link, Uid uid) {
        Optional<PadTag> before = known.of(uid);
        if (before.isEmpty()) {
            return read(link, uid);
        }
        Optional<TagInformation> information = information(link, uid);
        if (information.isEmpty()) {
            return Optional.empty();
        }
        PadTag tag = before.get();
        return information.get().dsfid().equals(Optional.of(tag.dsfid()))
                ? Optional.of(new PadTag(uid, tag.dsfid(), tag.content(), meaning(link, uid, information.get())))
                : read(link, uid);
    }

    /** Whatever was read of a tag before is not believed any more. */
    void forget(Uid uid) {
        known.forget(uid);
    }

    /** Everything that a tag tells; empty when it does not answer. */
    Optional<TagDump> dump(ByteLink link, Uid uid) {
        return inStep(link, () -> everything(link, uid));
    }

    /**
     * Reads until nothing was left over meanwhile. Answers of a reader do not all say which tag they are about: one that came late or
     * twice would pass for the next one's, and that for the one after it.
     */
    <T> T inStep(ByteLink link, Supplier<T> reading) {
        for (int tries = 0; tries < TRIES; tries++) {
            lastCount = 0;
            outOfStep = false;
            T result = reading.get();
            // Asked in any case: it takes what is left over.
            boolean alone = protocol.inStep(link);
            if (alone && !outOfStep) {
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
            counter.accept(understood ? Counter.READS_GOOD : Counter.READS_FAILED);
        }
        return found;
    }

    private PadTag tag(Uid uid, int dsfid, byte[] memory, Optional<TagSecurity> secured) {
        TagContent content = TagCodec.decode(dsfid, memory);
        if (content instanceof TagContent.Decoded(ItemTag _, boolean reversed)) {
            order.found(reversed);
        }
        return new PadTag(uid, dsfid, content, secured);
    }

    private Optional<PadTag> tag(ByteLink link, Uid uid) {
        int assumed = dsfids.getOrDefault(uid, 0);
        Optional<byte[]> memory = memory(link, uid, assumed);
        // Asked for last, because its answer names the tag: whatever was read before it was read in step.
        Optional<TagInformation> information = memory.flatMap(_ -> information(link, uid));
        if (memory.isEmpty() || information.isEmpty()) {
            return Optional.empty();
        }
        int dsfid = information.get().dsfid().orElse(assumed);
        if (dsfid != assumed) {
            learn(uid, dsfid);
            memory = memory(link, uid, dsfid);
        }
        Optional<TagSecurity> secured = meaning(link, uid, information.get());
        return memory.map(bytes -> tag(uid, dsfid, bytes, secured));
    }

    /** Keeps a tag's data storage format identifier, by which its memory is understood. */
    void learn(Uid uid, int dsfid) {
        dsfids.put(uid, dsfid);
    }

    /** What the site's gates make of a tag that said this; empty when that cannot be said. */
    Optional<TagSecurity> meaning(ByteLink link, Uid uid, TagInformation information) {
        Optional<Boolean> eas = security.eas()
                ? TagAnswer.patiently(() -> protocol.eas(link, uid)).given()
                : Optional.empty();
        return security.meaning(information.afi(), eas);
    }

    /** Empty when the tag does not answer; {@link TagInformation#NONE} when it does not know the question. */
    Optional<TagInformation> information(ByteLink link, Uid uid) {
        return switch (TagAnswer.patiently(() -> protocol.information(link, uid))) {
            case TagAnswer.Given<TagInformation>(TagInformation information) -> Optional.of(information);
            case TagAnswer.Refused<TagInformation> _ -> Optional.of(TagInformation.NONE);
            case TagAnswer.Gone<TagInformation> _,
                    TagAnswer.Hesitant<TagInformation> _,
                    TagAnswer.WriteError<TagInformation> _ -> Optional.empty();
        };
    }

    /** One block, as the reader gives it. */
    TagAnswer<Blocks> block(ByteLink link, Uid uid, int block) {
        return TagAnswer.patiently(() -> protocol.read(link, uid, block, 1));
    }

    /** One block of a tag, as its reader takes it. */
    byte[] forReader(byte[] block) {
        return order.forReader(block);
    }

    /** As much of the memory as decoding needs; empty when the tag does not answer. */
    private Optional<byte[]> memory(ByteLink link, Uid uid, int dsfid) {
        return blocks(link, uid, MOST_BLOCKS, memory -> memory.length >= MOST_BYTES || TagCodec.suffices(dsfid, memory))
                .map(Blocks::bytes);
    }

    private Optional<TagDump> everything(ByteLink link, Uid uid) {
        Optional<TagInformation> information = information(link, uid);
        if (information.isEmpty()) {
            return Optional.empty();
        }
        TagInformation told = information.get();
        return blocks(link, uid, told.blocks().orElse(MOST_BLOCKS), _ -> false)
                .map(blocks -> new TagDump(
                        uid,
                        told.dsfid().orElse(dsfids.getOrDefault(uid, 0)),
                        told.afi(),
                        meaning(link, uid, told),
                        blocks));
    }

    /**
     * The blocks from the first on, until they suffice or end.
     *
     * @param most how many there are at most
     * @return empty when the tag does not answer
     */
    private Optional<Blocks> blocks(ByteLink link, Uid uid, int most, Predicate<byte[]> suffice) {
        var memory = new ByteArrayOutputStream();
        Set<Integer> locked = new HashSet<>();
        int size = USUAL_BLOCK;
        int first = 0;
        int count = Math.min(BLOCKS, most);
        while (count > 0 && first < most && !suffice.test(memory.toByteArray())) {
            switch (blocks(link, uid, first, Math.min(count, most - first))) {
                case TagAnswer.Given<Blocks>(Blocks read) -> {
                    if (first > 0 && read.size() != size) {
                        throw new FormatException("blocks of " + size + " bytes", "of " + read.size(), memory.size());
                    }
                    memory.writeBytes(order.inMemory(read).bytes());
                    size = read.size();
                    for (int block : read.locked()) {
                        locked.add(first + block);
                    }
                    first += read.count();
                }
                // Beyond the last block: ask for fewer, down to none.
                case TagAnswer.Refused<Blocks> _ -> count /= 2;
                case TagAnswer.Gone<Blocks> _, TagAnswer.Hesitant<Blocks> _, TagAnswer.WriteError<Blocks> _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Blocks(size, memory.toByteArray(), locked));
    }

    /**
     * Reads blocks. Another number of them is asked for than the time before; an answer with another number is asked for again, because
     * it may be the one before come twice. If it was, answers before may have been another question's as well, and one that got lost
     * later would hide it: then all is read anew.
     */
    private TagAnswer<Blocks> blocks(ByteLink link, Uid uid, int first, int count) {
        int many = count == BLOCKS && lastCount == BLOCKS ? BLOCKS + 1 : count;
        lastCount = many;
        TagAnswer<Blocks> answer = TagAnswer.patiently(() -> protocol.read(link, uid, first, many));
        if (!(answer instanceof TagAnswer.Given<Blocks>(Blocks blocks)) || blocks.count() == many) {
            return answer;
        }
        TagAnswer<Blocks> again = TagAnswer.patiently(() -> protocol.read(link, uid, first, many));
        // A reader that gives what it has, though more was asked for, does so twice.
        outOfStep |= !(again instanceof TagAnswer.Given<Blocks>(Blocks same) && same.count() == blocks.count());
        return again;
    }
}
