package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Asks a library system what became of a change whose answer nobody saw (17, 23, 63). Asks only: nothing is done, and what
 * is found is for {@link Settlement} to write down.
 */
@Component
class Inquiry {
    private final Router router;
    private final NumberMaps numbers;
    private final Clock clock;

    Inquiry(Router router, NumberMaps numbers, Clock clock) {
        this.router = router;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** What asking came to. */
    sealed interface Finding {
        /** It was done, and this is what the terminal would have heard. */
        record Done(Response answer) implements Finding {}

        /** It was not done, or is the same when done twice: whoever says it again has it done. */
        record NotDone() implements Finding {}

        /** The backend has told all it knows, and nobody can tell. */
        record Unclear() implements Finding {}

        /** Nobody can tell before a later payment of the same card has its end. */
        record Later() implements Finding {}

        /** The backend does not answer. */
        record Silent() implements Finding {}
    }

    /**
     * What the journal knows of a change whose answer nobody saw.
     *
     * @param owed what the patron owed before a payment
     * @param later payments of the same card that came after it, oldest first
     * @param due AH of the loan before a renewal
     */
    record Known(Optional<BigDecimal> owed, List<LaterPayment> later, Optional<String> due) {
        /** Of a loan or a renewal. */
        static Known due(Optional<String> due) {
            return new Known(Optional.empty(), List.of(), due);
        }
    }

    /**
     * What became of this request.
     *
     * @param system which was asked to do it
     */
    Finding about(Request request, Known known, LibrarySystem system, Terminal terminal) {
        return switch (request) {
            case Checkout checkout -> loan(checkout, true, system, terminal);
            case Checkin checkin -> undoing(checkin, system, terminal);
            case FeePaid payment -> payment(payment, known, system, terminal);
            case Hold hold -> hold(hold, system, terminal);
            case BlockPatron block -> card(block.patronIdentifier(), true, system, terminal);
            case PatronEnable enable -> card(enable.patronIdentifier(), false, system, terminal);
            case ItemStatusUpdate update -> properties(update, system, terminal);
            case Renew renewal -> renewal(renewal, known.due(), system, terminal);
            // Of all loans of a patron (65) each would have to be asked: their repeat is carried out.
            default -> new Finding.NotDone();
        };
    }

    /** Whether an item is, or may be, somebody's loan now; empty if the backend is silent. */
    Optional<Boolean> lent(String number, LibrarySystem system, Terminal terminal) {
        return item(number, system, terminal).map(found -> found.mayBeOnLoan());
    }

    /** The patron with what is owed, asked for before a payment; empty if the backend is silent. */
    Optional<PatronInformationResponse> debtor(FeePaid payment, LibrarySystem system, Terminal terminal) {
        return patron(payment.patronIdentifier(), ItemList.FINE, system, terminal);
    }

    /**
     * Booked if the debt is less by what was paid, not booked if it is the same and all there is, else a matter for staff. What was paid since and is known
     * to be booked is none of it; the first of which that is not known has a note of what was owed then, and that is all there is to go by.
     */
    private Finding payment(FeePaid request, Known known, LibrarySystem system, Terminal terminal) {
        // A payment that is more than what was owed is of something that BV leaves out.
        boolean whole = system.backend().tellsWholeDebt()
                && known.owed()
                        .flatMap(before -> request.feeAmount().filter(paid -> paid.compareTo(before) <= 0))
                        .isPresent();
        Optional<BigDecimal> expected = known.owed();
        for (LaterPayment later : known.later()) {
            if (!later.done()) {
                Optional<BigDecimal> paid =
                        expected.flatMap(before -> later.owed().map(before::subtract));
                Finding then = payment(request, paid, whole, terminal);
                return then instanceof Finding.Done || (then instanceof Finding.NotDone && later.apart())
                        ? then
                        : later.unfinished() ? new Finding.Later() : new Finding.Unclear();
            }
            expected = expected.flatMap(before -> later.amount().map(before::subtract));
        }
        Optional<PatronInformationResponse> patron = debtor(request, system, terminal);
        if (patron.isEmpty()) {
            return new Finding.Silent();
        }
        Optional<BigDecimal> now = owed(patron.get());
        return payment(request, expected.flatMap(before -> now.map(before::subtract)), whole, terminal);
    }

    /** What a patron owes after a payment; many servers leave BV out where that is nothing, as SIPServer does. */
    private static Optional<BigDecimal> owed(PatronInformationResponse patron) {
        boolean nothing = patron.validPatron().equals(Optional.of(true))
                && Integer.valueOf(0).equals(patron.counts().get(ItemList.FINE));
        return patron.feeAmount().or(() -> nothing ? Optional.of(BigDecimal.ZERO) : Optional.empty());
    }

    /**
     * What became of a payment.
     *
     * @param paid by how much less is owed than before; empty where nobody says
     * @param whole whether what is owed is all that is owed
     */
    private Finding payment(FeePaid request, Optional<BigDecimal> paid, boolean whole, Terminal terminal) {
        if (whole && paid.filter(amount -> amount.signum() == 0).isPresent()) {
            return new Finding.NotDone();
        }
        boolean booked = paid.isPresent()
                && request.feeAmount()
                        .filter(amount -> amount.compareTo(paid.get()) == 0)
                        .isPresent();
        return booked
                ? new Finding.Done(new FeePaidResponse(
                        true,
                        now(),
                        terminal.institutionId(),
                        request.patronIdentifier(),
                        request.transactionId(),
                        List.of(),
                        List.of(),
                        List.of()))
                : new Finding.Unclear();
    }

    /**
     * A hold that was placed is in one of the two lists, by its item or its title; one that was deleted is in none. A
     * change is the same when done twice.
     */
    private Finding hold(Hold hold, LibrarySystem system, Terminal terminal) {
        if (hold.holdMode() == HoldMode.CHANGE) {
            return new Finding.NotDone();
        }
        Optional<Set<String>> held = held(hold.patronIdentifier(), system, terminal);
        Optional<String> title = hold.itemIdentifier()
                .flatMap(number -> item(number, system, terminal))
                .map(ItemInformationResponse::titleIdentifier)
                .or(hold::titleIdentifier);
        if (held.isEmpty() || title.isEmpty()) {
            return new Finding.Silent();
        }
        boolean stands = held.get().stream().anyMatch(entry -> ItemList.isTitle(entry, title.get()))
                || hold.itemIdentifier()
                        .filter(item -> listed(held.get(), item))
                        .isPresent();
        return stands == (hold.holdMode() == HoldMode.ADD)
                ? new Finding.Done(new HoldResponse(
                        true,
                        false,
                        now(),
                        hold.expirationDate(),
                        Optional.empty(),
                        hold.pickupLocation(),
                        terminal.institutionId(),
                        hold.patronIdentifier(),
                        hold.itemIdentifier(),
                        hold.titleIdentifier(),
                        List.of(),
                        List.of(),
                        List.of()))
                : new Finding.NotDone();
    }

    private Optional<Set<String>> held(String card, LibrarySystem system, Terminal terminal) {
        Set<String> held = new HashSet<>();
        for (ItemList list : List.of(ItemList.HOLD, ItemList.UNAVAILABLE_HOLDS)) {
            Optional<PatronInformationResponse> patron = patron(card, list, system, terminal);
            if (patron.isEmpty()) {
                return Optional.empty();
            }
            held.addAll(patron.get().items().getOrDefault(list, List.of()));
        }
        return Optional.of(held);
    }

    /** A blocked card is denied everything; an expired one too, but that one needs no block. */
    private Finding card(String card, boolean block, LibrarySystem system, Terminal terminal) {
        PatronStatusRequest question = new PatronStatusRequest(
                Language.UNSPECIFIED.code(),
                now(),
                terminal.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                List.of());
        if (!(system.call(backend -> backend.patronStatus(question, terminal))
                instanceof Outcome.Answered(PatronStatusResponse patron))) {
            return new Finding.Silent();
        }
        boolean denied = patron.patronStatus().flags().containsAll(PatronStatus.UNKNOWN_CARD.flags());
        if (denied != block) {
            return new Finding.NotDone();
        }
        return new Finding.Done(
                block
                        ? Privacy.blocked(patron)
                        : new PatronEnableResponse(
                                patron.patronStatus(),
                                patron.language(),
                                now(),
                                terminal.institutionId(),
                                card,
                                "",
                                patron.validPatron(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of()));
    }

    private Finding properties(ItemStatusUpdate update, LibrarySystem system, Terminal terminal) {
        Optional<ItemInformationResponse> item = item(update.itemIdentifier(), system, terminal);
        if (item.isEmpty()) {
            return new Finding.Silent();
        }
        return item.get().itemProperties().orElse("").contains(update.itemProperties())
                ? new Finding.Done(new ItemStatusUpdateResponse(
                        true,
                        now(),
                        update.itemIdentifier(),
                        Optional.of(item.get().titleIdentifier()),
                        Optional.of(update.itemProperties()),
                        List.of(),
                        List.of(),
                        List.of()))
                : new Finding.NotDone();
    }

    /**
     * Until when the loan of a renewal runs, AH; blank where the library system does not say.
     *
     * @return empty if it is silent
     */
    Optional<String> due(Renew renewal, LibrarySystem system, Terminal terminal) {
        return renewal.itemIdentifier().isEmpty()
                ? Optional.of("")
                : item(renewal.itemIdentifier().get(), system, terminal)
                        .map(found -> found.dueDate().orElse(""));
    }

    /** Renewed if the loan runs until another day than before. Where no date was said before, a repeat is carried out. */
    private Finding renewal(Renew renewal, Optional<String> before, LibrarySystem system, Terminal terminal) {
        if (before.isEmpty() || renewal.itemIdentifier().isEmpty()) {
            return new Finding.NotDone();
        }
        String number = renewal.itemIdentifier().get();
        Optional<ItemInformationResponse> item = item(number, system, terminal);
        if (item.isEmpty()) {
            return new Finding.Silent();
        }
        Optional<String> due = item.get().dueDate().filter(date -> !date.isBlank());
        return due.isPresent() && !due.equals(before)
                ? new Finding.Done(RenewResponse.renewed(
                        MagneticMedia.N,
                        now(),
                        terminal.institutionId(),
                        renewal.patronIdentifier(),
                        number,
                        item.get().titleIdentifier(),
                        due.get(),
                        item.get().mediaType()))
                : new Finding.NotDone();
    }

    /**
     * Whether a return was done although its second copy was refused: the library system knows the thing, and it is not on loan.
     *
     * @param refusal of the second copy, which may say where the thing goes
     */
    Finding returned(Checkin checkin, CheckinResponse refusal, LibrarySystem system, Terminal terminal) {
        Optional<ItemInformationResponse> item = item(checkin.itemIdentifier(), system, terminal);
        if (item.isEmpty()) {
            return new Finding.Silent();
        }
        boolean known = !item.get().titleIdentifier().isBlank();
        return known && !item.get().mayBeOnLoan()
                ? new Finding.Done(accepted(refusal, item.get()))
                : new Finding.NotDone();
    }

    /** What is said of a thing that came back earlier; why the second copy was refused is nothing to the patron. */
    private static CheckinResponse accepted(CheckinResponse refusal, ItemInformationResponse item) {
        return new CheckinResponse(
                true,
                true,
                refusal.magneticMedia(),
                refusal.alert(),
                refusal.transactionDate(),
                refusal.institutionId(),
                refusal.itemIdentifier(),
                refusal.permanentLocation().isBlank()
                        ? item.permanentLocation().orElse("")
                        : refusal.permanentLocation(),
                refusal.titleIdentifier()
                        .filter(title -> !title.isBlank())
                        .or(() -> Optional.of(item.titleIdentifier())),
                refusal.sortBin(),
                Optional.empty(),
                refusal.mediaType(),
                refusal.itemProperties(),
                refusal.collectionCode(),
                refusal.callNumber(),
                refusal.destinationLocation(),
                refusal.alertType(),
                Optional.empty(),
                refusal.holdPatronName(),
                List.of(),
                List.of(),
                refusal.extras());
    }

    /** An undone checkout is never undone again: the item may be somebody else's loan by now. */
    private Finding undoing(Checkin checkin, LibrarySystem system, Terminal terminal) {
        Optional<ItemInformationResponse> item = item(checkin.itemIdentifier(), system, terminal);
        if (item.isEmpty()) {
            return new Finding.Silent();
        }
        return item.get().onLoan()
                ? new Finding.NotDone()
                : new Finding.Done(router.unprocessed(
                        CheckinResponse.bare(
                                true,
                                now(),
                                terminal.institutionId(),
                                checkin.itemIdentifier(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        checkin,
                        terminal));
    }

    /** What a loan came to that was refused: whether it stands on the card all the same, by its number. */
    Finding refused(Checkout checkout, LibrarySystem system, Terminal terminal) {
        return loan(checkout, false, system, terminal);
    }

    /**
     * What became of a loan.
     *
     * @param byTitle whether it is found by its title too where the system lists titles: staff look at every loan that is found so late, for the
     *     patron may have had another copy before
     */
    private Finding loan(Checkout checkout, boolean byTitle, LibrarySystem system, Terminal terminal) {
        Optional<PatronInformationResponse> patron =
                patron(checkout.patronIdentifier(), ItemList.CHARGED, system, terminal);
        Optional<ItemInformationResponse> item = item(checkout.itemIdentifier(), system, terminal);
        if (patron.isEmpty() || item.isEmpty()) {
            return new Finding.Silent();
        }
        List<String> loans = patron.get().items().getOrDefault(ItemList.CHARGED, List.of());
        boolean numbered = item.get().mayBeOnLoan() && listed(loans, checkout.itemIdentifier());
        boolean titled = byTitle
                && item.get().onLoan()
                && loans.stream()
                        .anyMatch(entry -> ItemList.isTitle(entry, item.get().titleIdentifier()));
        return numbered || titled ? new Finding.Done(lent(checkout, item.get(), terminal)) : new Finding.NotDone();
    }

    /** Lists may have another number than the one that was said, where things have two since a municipality has moved. */
    private boolean listed(Collection<String> list, String item) {
        return numbers.aliases(Numbers.ITEM, item).stream().anyMatch(list::contains);
    }

    private Optional<PatronInformationResponse> patron(
            String card, ItemList list, LibrarySystem system, Terminal terminal) {
        PatronInformation question = new PatronInformation(
                Language.UNSPECIFIED.code(),
                now(),
                ItemList.summary(Optional.of(list)),
                terminal.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return system.call(backend -> backend.patronInformation(question, terminal))
                        instanceof Outcome.Answered(PatronInformationResponse patron)
                ? Optional.of(patron)
                : Optional.empty();
    }

    private Optional<ItemInformationResponse> item(String item, LibrarySystem system, Terminal terminal) {
        ItemInformation question =
                new ItemInformation(now(), terminal.institutionId(), item, Optional.empty(), List.of());
        return system.call(backend -> backend.itemInformation(question, terminal))
                        instanceof Outcome.Answered(ItemInformationResponse answer)
                ? Optional.of(answer)
                : Optional.empty();
    }

    private CheckoutResponse lent(Checkout checkout, ItemInformationResponse item, Terminal terminal) {
        return CheckoutResponse.lent(
                false,
                MagneticMedia.N,
                now(),
                terminal.institutionId(),
                checkout.patronIdentifier(),
                checkout.itemIdentifier(),
                item.titleIdentifier(),
                item.dueDate().orElse(""),
                item.mediaType(),
                List.of());
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
