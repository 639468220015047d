package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.session.LoanState.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** Of a thing that was just laid down. */
    static LoanRow laid(int number, Pile.Thing thing) {
        return new LoanRow(number, thing.item(), thing.tags(), Optional.empty(), fresh(thing, TagWork.NONE));
    }

    private static LoanState fresh(Pile.Thing thing, TagWork work) {
        return switch (thing.condition()) {
            case Pile.Condition.Whole() -> new LoanState.Queued();
            case Pile.Condition.Incomplete(int found, int total) ->
                work.incompleteAccepted() ? new LoanState.Queued() : new LoanState.Incomplete(found, total);
            case Pile.Condition.Unreadable() -> LoanState.Refused.because(Reason.UNREADABLE);
            case Pile.Condition.Foreign() -> LoanState.Refused.because(Reason.FOREIGN);
            case Pile.Condition.Reference() -> LoanState.Refused.because(Reason.REFERENCE);
            case Pile.Condition.ForStaff(), Pile.Condition.NotLent() -> LoanState.Refused.because(Reason.STAFF);
        };
    }

    /** More parts may have come; what has not begun is judged anew. */
    LoanRow seenAgain(Pile.Thing thing) {
        return switch (state) {
            case LoanState.Queued _, LoanState.Incomplete _ -> laidAnew(thing);
            case LoanState.Offline _, LoanState.PadAway _
            when !(thing.condition() instanceof Pile.Condition.Whole) -> laidAnew(thing);
            case LoanState.Refused refused
            when refused.reason() == Reason.STAFF && !refused.acknowledged() -> laidAnew(thing);
            case LoanState.Lending _, LoanState.Securing _, LoanState.PutBack _, LoanState.Checking _ ->
                thing.condition() instanceof Pile.Condition.ForStaff ? this : withMore(thing.tags());
            // A part came out of its case: its tag is switched off like the others.
            case LoanState.Done(var due)
            when work.incompleteAccepted()
                    && !work.verified().isEmpty()
                    && !(thing.condition() instanceof Pile.Condition.ForStaff)
                    && !tags.containsAll(thing.tags()) -> withMore(thing.tags()).with(new LoanState.Securing(due));
            default -> this;
        };
    }

    private LoanRow laidAnew(Pile.Thing thing) {
        return withTags(thing.tags()).with(fresh(thing, work));
    }

    private LoanRow withMore(List<Uid> seen) {
        return withTags(Stream.concat(tags.stream(), seen.stream()).distinct().toList());
    }

    /** Whether it vanishes with its tags: nothing has been asked for it, so there is nothing to tell. */
    boolean forgottenWithout(Set<Uid> here) {
        boolean untold = switch (state) {
            case LoanState.Queued _, LoanState.Incomplete _, LoanState.Offline _, LoanState.PadAway _ -> true;
            case LoanState.Refused refused -> refused.reason() == Reason.UNREADABLE;
            default -> false;
        };
        return untold && !tags.isEmpty() && tags.stream().noneMatch(here::contains);
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

    /** Somebody has said that the parts of it which do not lie on the pad are in its case. */
    LoanRow inCase() {
        return state instanceof LoanState.Incomplete ? with(work.accepted()).with(new LoanState.Queued()) : this;
    }

    /** Somebody has seen why it is not lent or renewed. */
    LoanRow acknowledged() {
        return switch (state) {
            case LoanState.Refused(var reason, var lines, var age, var fee, boolean _) ->
                with(new LoanState.Refused(reason, lines, age, fee, true));
            case LoanState.NotRenewed _ -> with(new LoanState.Kept(Optional.empty()));
            default -> this;
        };
    }

    LoanRow with(LoanState next) {
        return new LoanRow(number, item, tags, title, next, work, later);
    }

    LoanRow with(TagWork next) {
        return new LoanRow(number, item, tags, title, state, next, later);
    }

    private LoanRow withTags(List<Uid> next) {
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
