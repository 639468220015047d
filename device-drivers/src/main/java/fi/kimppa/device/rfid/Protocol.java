package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceIdentity;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.link.FrameMask;
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The language of one make of readers: the commands that a library's pad needs, in that reader's bytes. {@link RfidPad} decides
 * what is asked and written, and in which order; a protocol only says it.
 *
 * <p>Every command to a tag carries its UID. There is none without, because such a write changes every tag in the field.
 *
 * <p>Threads: one at a time, within a conversation of the pad's line. All methods throw
 * {@link fi.kimppa.device.DeviceException} when the reader does not answer or answers nonsense.
 */
interface Protocol {
    /** What a new link begins with: who is there? Says what is wrong, if anything. */
    Optional<StatusReason> greet(ByteLink link);

    /** The cheapest question that shows whether the reader is there and can work. */
    Optional<StatusReason> poll(ByteLink link);

    /** What is wrong with a reader that answers, as far as the conversations so far have shown it. */
    Optional<StatusReason> complaint();

    /** What the reader told about itself when it was greeted. */
    DeviceIdentity identity();

    /** The tags in the field now and their data storage format identifiers, 0 where the reader does not tell. */
    Map<Uid, Integer> inventory(ByteLink link);

    /**
     * Asks something whose answer cannot be taken for an answer about a tag, and says whether, since that was done last, every question
     * got one answer and no other came: one that came late or twice would otherwise have been taken for the next one.
     */
    boolean inStep(ByteLink link);

    /** What the tag says about itself; {@link TagInformation#NONE} from a tag that does not know the question. */
    TagAnswer<TagInformation> information(ByteLink link, Uid uid);

    /**
     * Blocks of memory, as the reader delivers them.
     *
     * @param count at least 1; the tag may give fewer
     */
    TagAnswer<Blocks> read(ByteLink link, Uid uid, int first, int count);

    /**
     * Writes whole blocks.
     *
     * @param blockSize bytes of one block
     * @param bytes of one or more blocks, as the reader takes them
     */
    TagAnswer<Done> write(ByteLink link, Uid uid, int first, int blockSize, byte[] bytes);

    /** Writes the application family identifier. */
    TagAnswer<Done> writeAfi(ByteLink link, Uid uid, int afi);

    /** Writes the data storage format identifier. */
    TagAnswer<Done> writeDsfid(ByteLink link, Uid uid, int dsfid);

    /** Whether the tag's alarm bit is set. */
    TagAnswer<Boolean> eas(ByteLink link, Uid uid);

    /** Sets or clears the tag's alarm bit. */
    TagAnswer<Done> writeEas(ByteLink link, Uid uid, boolean alarm);

    /** Puts stand-ins in the place of UIDs and memories in this make's frames. A new one for each pad. */
    FrameMask mask();

    /** Shows a sign of life to the person before the reader: a lamp or a sound; false when the reader has none. */
    boolean signal(ByteLink link, Duration time);
}
