package fi.kimppa.device.rfid;

import fi.kimppa.device.Counter;
import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.TagAnswer.Done;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Securing one tag: what is looked at before it is written, what is written in which order, and what counts as done.
 *
 * <p>Threads: within the conversations of the pad's line, one at a time.
 */
final class TagSecuring {
    private final Protocol protocol;
    private final TagReading reading;
    private final SecurityMode security;
    private final Consumer<Counter> counter;

    /** Securing in this language; {@code counter} is told what came of each write. */
    TagSecuring(Protocol protocol, TagReading reading, SecurityMode security, Consumer<Counter> counter) {
        this.protocol = protocol;
        this.reading = reading;
        this.security = security;
        this.counter = counter;
    }

    /** Brings a tag that carries this identifier to the wanted security. */
    SecurityWrite secure(ByteLink link, Uid uid, String identifier, TagSecurity target) {
        Optional<PadTag> tag = reading.readAgain(link, uid);
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
        counter.accept(result instanceof SecurityWrite.Verified ? Counter.WRITES_GOOD : Counter.WRITES_FAILED);
        return result;
    }

    private SecurityWrite secure(ByteLink link, Uid uid, TagSecurity target) {
        SecurityWrite.Reason reason = SecurityWrite.Reason.NOT_VERIFIED;
        for (int tries = 0; tries < TagReading.TRIES; tries++) {
            TagAnswer<Done> answer = write(link, uid, target);
            // Whatever the answer was: only what is read back counts.
            Optional<TagInformation> now = reading.information(link, uid);
            if (now.isEmpty()) {
                return new SecurityWrite.TagGone();
            }
            if (reading.meaning(link, uid, now.get()).equals(Optional.of(target))) {
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
    private TagAnswer<Done> write(ByteLink link, Uid uid, TagSecurity target) {
        TagAnswer<Done> byAfi = security.afi()
                ? protocol.writeAfi(link, uid, security.afis().of(target))
                : protocol.writeEas(link, uid, target == TagSecurity.SECURED);
        return security.afi() && security.eas() && byAfi instanceof TagAnswer.Given<Done>
                ? protocol.writeEas(link, uid, target == TagSecurity.SECURED)
                : byAfi;
    }
}
