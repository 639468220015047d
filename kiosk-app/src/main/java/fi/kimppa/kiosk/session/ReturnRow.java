package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.Uid;
import java.util.List;
import java.util.Optional;

/**
 * One item of a return.
 *
 * @param number names the row in touches; rises with each new row, never reused in a session
 * @param item which item; empty when its tag cannot be read
 * @param tags all tags that were seen of it, parts in order; empty for a scanned bar code
 * @param title as the library calls it, once known
 * @param work how far its tags are
 * @param rating whether it may be rated, and how it was
 */
public record ReturnRow(
        int number,
        Optional<ItemKey> item,
        List<Uid> tags,
        Optional<String> title,
        ReturnState state,
        TagWork work,
        Rating rating) {
    /** Takes a copy. */
    public ReturnRow {
        tags = List.copyOf(tags);
    }

    /** A row whose tags nobody has written yet. */
    public ReturnRow(int number, Optional<ItemKey> item, List<Uid> tags, Optional<String> title, ReturnState state) {
        this(number, item, tags, title, state, TagWork.NONE, new Rating.Closed());
    }

    /** The title, else the item number, else nothing. */
    public String name() {
        return title.or(() -> item.map(ItemKey::identifier)).orElse("");
    }

    /** The item number, else nothing. */
    String identifier() {
        return item.map(ItemKey::identifier).orElse("");
    }

    /** Whether somebody may say now how it was: when it has been dealt with, and once. */
    public boolean mayBeRated() {
        return rating instanceof Rating.Open && state instanceof ReturnState.Returned && item.isPresent();
    }

    /** Whether it was neither told nor written down, and may be tried once more. */
    public boolean mayBeTriedAgain() {
        return state instanceof ReturnState.Refused refused && refused.reason() == ReturnState.Reason.FAILED;
    }

    /** The same, rated or open to be. */
    public ReturnRow with(Rating next) {
        return new ReturnRow(number, item, tags, title, state, work, next);
    }

    ReturnRow with(ReturnState next) {
        return new ReturnRow(number, item, tags, title, next, work, rating);
    }

    ReturnRow with(TagWork next) {
        return new ReturnRow(number, item, tags, title, state, next, rating);
    }

    ReturnRow withTags(List<Uid> next) {
        return new ReturnRow(number, item, next, title, state, work, rating);
    }

    /** With the title that the library gave, unless it gave none. */
    ReturnRow titled(Optional<String> text) {
        return text.filter(given -> !given.isBlank())
                .map(given -> new ReturnRow(number, item, tags, Optional.of(given.strip()), state, work, rating))
                .orElse(this);
    }
}
