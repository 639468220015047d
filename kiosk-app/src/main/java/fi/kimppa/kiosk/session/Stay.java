package fi.kimppa.kiosk.session;

import fi.kimppa.device.rfid.Uid;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What belongs to a visit on whichever screen it is. Nothing of it outlives the visit.
 *
 * @param asked the question that is open
 * @param follower whose visit begins when this one has ended
 * @param loans what was lent or renewed, while no screen has it
 * @param returns what was brought back on a screen that was left; nothing of who had it
 * @param dealtWith tags that lie on the pad since the visit turned from lending to returning or back: they are left alone until they
 *     are lifted, or what was just lent would come back at once
 * @param moved when something was last laid on the pad, or taken away that is no loan, by whoever borrows
 * @param fees things that the library lends for a fee only, as it has said, and whether the person has agreed to it
 * @param languageAsked whether the person was asked for the language that the library has down for them
 */
public record Stay(
        Optional<Asked> asked,
        Optional<CardNumber> follower,
        List<LoanRow> loans,
        List<ReturnRow> returns,
        Set<Uid> dealtWith,
        Optional<Instant> moved,
        Map<ItemKey, Boolean> fees,
        boolean languageAsked) {
    /** Nobody is here, or nothing has come of it yet. */
    public static final Stay NONE = new Stay(
            Optional.empty(), Optional.empty(), List.of(), List.of(), Set.of(), Optional.empty(), Map.of(), false);

    /** Takes copies. */
    public Stay {
        loans = List.copyOf(loans);
        returns = List.copyOf(returns);
        dealtWith = Set.copyOf(dealtWith);
        fees = Map.copyOf(fees);
    }

    Stay asking(Asked question) {
        return new Stay(Optional.of(question), follower, loans, returns, dealtWith, moved, fees, languageAsked);
    }

    Stay answered() {
        return new Stay(Optional.empty(), follower, loans, returns, dealtWith, moved, fees, languageAsked);
    }

    Stay followedBy(CardNumber card) {
        return new Stay(Optional.empty(), Optional.of(card), loans, returns, dealtWith, moved, fees, languageAsked);
    }

    Stay keeping(List<LoanRow> rows) {
        return new Stay(asked, follower, rows, returns, dealtWith, moved, fees, languageAsked);
    }

    Stay broughtBack(List<ReturnRow> rows) {
        return new Stay(
                asked,
                follower,
                loans,
                Stream.concat(returns.stream(), rows.stream()).toList(),
                dealtWith,
                moved,
                fees,
                languageAsked);
    }

    Stay leavingAlone(Collection<Uid> tags) {
        return new Stay(asked, follower, loans, returns, Set.copyOf(tags), moved, fees, languageAsked);
    }

    /** The library lends this for a fee only. */
    Stay costing(ItemKey item) {
        return with(item, false);
    }

    /** The person has agreed to that. */
    Stay agreeing(ItemKey item) {
        return with(item, true);
    }

    private Stay with(ItemKey item, boolean agreed) {
        Map<ItemKey, Boolean> all = new HashMap<>(fees);
        all.put(item, agreed);
        return new Stay(asked, follower, loans, returns, dealtWith, moved, all, languageAsked);
    }

    /** Whether the library lends this for a fee only, by what it has said at this visit. */
    boolean costs(ItemKey item) {
        return fees.keySet().stream().anyMatch(item::same);
    }

    /** Whether this may cost what the person was told. */
    boolean agreedTo(ItemKey item) {
        return fees.getOrDefault(item, false);
    }

    Stay movedAt(Instant now) {
        return new Stay(asked, follower, loans, returns, dealtWith, Optional.of(now), fees, languageAsked);
    }

    /** What is laid down again is meant. */
    Stay lifted(Uid tag) {
        if (!dealtWith.contains(tag)) {
            return this;
        }
        Set<Uid> rest = new LinkedHashSet<>(dealtWith);
        rest.remove(tag);
        return leavingAlone(rest);
    }

    /** Nobody is asked twice. */
    Stay askedForLanguage() {
        return new Stay(asked, follower, loans, returns, dealtWith, moved, fees, true);
    }
}
