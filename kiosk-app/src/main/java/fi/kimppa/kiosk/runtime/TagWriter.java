package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.rfid.Labelling;
import fi.kimppa.device.rfid.Labelling.Verdict;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagDump;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.TagWrite;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes an item onto the one tag on a pad, as {@code kimppa-devices tag write} does, but without anybody who has looked at the tag:
 * {@link Labelling} looks. Every write is addressed to the UID that was looked at, and read back. Then the tag gets the security of
 * an item in the library.
 *
 * <p>Threads: one at a time.
 */
public final class TagWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TagWriter.class);
    /** One inventory may miss a tag that is there. */
    private static final int LOOKS = 3;

    private final RfidPad pad;

    /** Writes on this pad. */
    public TagWriter(RfidPad pad) {
        this.pad = pad;
    }

    /**
     * What came of an order.
     *
     * @param uid of the tag, if something was or may have been written
     */
    public record Result(TagOutcome outcome, Optional<Uid> uid) {
        private static Result nothing(TagOutcome outcome) {
            return new Result(outcome, Optional.empty());
        }
    }

    /** Carries out an order. Blocks for a few seconds; never throws. */
    public Result write(TagOrder order) {
        if (order.over(System.nanoTime())) {
            return Result.nothing(TagOutcome.EXPIRED);
        }
        try {
            return switch (look(item(order))) {
                case Verdict.Leave(Labelling.Obstacle why) -> Result.nothing(outcome(why));
                case Verdict.Write(Uid _, ItemTag _)
                when order.over(System.nanoTime()) -> Result.nothing(TagOutcome.EXPIRED);
                case Verdict.Write(Uid uid, ItemTag item) -> new Result(write(uid, item), Optional.of(uid));
            };
        } catch (IllegalArgumentException e) {
            LOG.warn("an order to write a tag is not understood: {}", e.getMessage());
            return Result.nothing(TagOutcome.NOT_ENCODABLE);
        } catch (DeviceException e) {
            LOG.warn("no tag was written: {}", e.getMessage());
            return Result.nothing(TagOutcome.PAD_AWAY);
        }
    }

    private static ItemTag item(TagOrder order) {
        return new ItemTag(
                order.item(),
                order.owner(),
                order.parts(),
                order.part(),
                Optional.of(TypeOfUsage.CIRCULATION_ITEM),
                TagModel.valueOf(order.model()));
    }

    private Verdict look(ItemTag wanted) {
        Set<Uid> seen = new LinkedHashSet<>();
        for (int look = 0; look < LOOKS; look++) {
            seen.addAll(pad.inventory());
        }
        Optional<TagDump> tag = seen.size() == 1 ? pad.dump(seen.iterator().next()) : Optional.empty();
        return Labelling.judge(seen.size(), tag, wanted);
    }

    private TagOutcome write(Uid uid, ItemTag item) {
        try {
            return switch (pad.write(uid, item.model().dsfid(), TagCodec.encode(item))) {
                case TagWrite.Written _ -> secured(uid, item);
                case TagWrite.TagGone _ -> TagOutcome.TAG_GONE;
                case TagWrite.Failed(TagWrite.Reason reason, int block) -> {
                    LOG.warn("block {} of tag {} could not be written: {}", block, uid, reason);
                    yield switch (reason) {
                        case LOCKED -> TagOutcome.LOCKED;
                        case TOO_SMALL -> TagOutcome.TOO_SMALL;
                        case REJECTED, NOT_VERIFIED -> TagOutcome.WRITE_FAILED;
                    };
                }
            };
        } catch (DeviceException e) {
            LOG.warn("writing tag {} was cut off: {}", uid, e.getMessage());
            return TagOutcome.WRITE_FAILED;
        }
    }

    private TagOutcome secured(Uid uid, ItemTag item) {
        try {
            return switch (pad.setSecurity(uid, item.identifier(), TagSecurity.SECURED)) {
                case SecurityWrite.Verified _ -> TagOutcome.WRITTEN;
                case SecurityWrite.TagGone _ -> TagOutcome.NOT_SECURED;
                case SecurityWrite.Failed(SecurityWrite.Reason reason) -> {
                    LOG.warn("tag {} was not secured: {}", uid, reason);
                    yield TagOutcome.NOT_SECURED;
                }
            };
        } catch (DeviceException e) {
            LOG.warn("securing tag {} was cut off: {}", uid, e.getMessage());
            return TagOutcome.NOT_SECURED;
        }
    }

    private static TagOutcome outcome(Labelling.Obstacle why) {
        return switch (why) {
            case NO_TAG -> TagOutcome.NO_TAG;
            case SEVERAL_TAGS -> TagOutcome.SEVERAL_TAGS;
            case NOT_ENCODABLE -> TagOutcome.NOT_ENCODABLE;
            case OTHER_ITEM -> TagOutcome.OTHER_ITEM;
            case UNKNOWN_CONTENT -> TagOutcome.UNKNOWN_CONTENT;
            case TOO_SMALL -> TagOutcome.TOO_SMALL;
            case LOCKED -> TagOutcome.LOCKED;
        };
    }
}
