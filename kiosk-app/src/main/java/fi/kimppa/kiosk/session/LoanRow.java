package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.Uid;
import java.util.List;
import java.util.Optional;

/**
 * One item of a borrowing session.
 *
 * @param number names the row in touches; rises with each new row, never reused in a session
 * @param item which item; empty when its tag cannot be read
 * @param tags all tags that were seen of it, parts in order; empty for a scanned bar code
 * @param title as the library calls it, once known
 * @param work how far its tags are
 * @param later whether it is a loan that stands on disk and that the library learns of later
 */
public record LoanRow(
        int number,
        Optional<ItemKey> item,
        List<Uid> tags,
        Optional<String> title,
        LoanState state,
        TagWork work,
        boolean later) {
    /** Takes a copy. */
    public LoanRow {
        tags = List.copyOf(tags);
    }

    /** A row whose tags nobody has written yet. */
    public LoanRow(int number, Optional<ItemKey> item, List<Uid> tags, Optional<String> title, LoanState state) {
        this(number, item, tags, title, state, TagWork.NONE, false);
    }

    /** The title, else the item number, else nothing. */
    public String name() {
        return title.or(() -> item.map(ItemKey::identifier)).orElse("");
    }

    /** The item number, else nothing. */
    String identifier() {
        return item.map(ItemKey::identifier).orElse("");
    }

    /** Whether somebody may ask for its renewal. */
    public boolean mayBeRenewed() {
        return state instanceof LoanState.RenewOffer
                || (state instanceof LoanState.NotRenewed(List<String> _, Optional<Money> fee) && fee.isPresent());
    }

    /** Whether it is being renewed for what that costs. */
    boolean agreed() {
        return state instanceof LoanState.Renewing(boolean feeAccepted) && feeAccepted;
    }

    LoanRow with(LoanState next) {
        return new LoanRow(number, item, tags, title, next, work, later);
    }

    LoanRow with(TagWork next) {
        return new LoanRow(number, item, tags, title, state, next, later);
    }

    LoanRow withTags(List<Uid> next) {
        return new LoanRow(number, item, next, title, state, work, later);
    }

    /** With the title that the library gave, unless it gave none. */
    LoanRow titled(String text) {
        return text.isBlank() ? this : new LoanRow(number, item, tags, Optional.of(text.strip()), state, work, later);
    }

    /** Whether the loan stands on disk alone, and the library learns of it later. */
    public LoanRow heardLater(boolean next) {
        return new LoanRow(number, item, tags, title, state, work, next);
    }
}
