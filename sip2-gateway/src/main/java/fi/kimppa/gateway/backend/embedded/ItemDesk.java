package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers 17 and 19: an item, nothing about patrons. */
@Component
class ItemDesk {
    /** No Tattle-Tape: the tags are the machine's matter. */
    private static final String NO_SECURITY_MARKER = "01";

    private static final String OTHER_FEE = "01";

    /** A variable field has at most so many characters (SIP2 2.00). */
    private static final int PROPERTIES = 255;

    private final Store store;
    private final DueDates dueDates;
    private final Answers answers;
    private final Work work;
    private final Clock clock;

    ItemDesk(Store store, DueDates dueDates, Answers answers, Work work, Clock clock) {
        this.store = store;
        this.dueDates = dueDates;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
    }

    ItemInformationResponse information(ItemInformation request, Terminal terminal) {
        Optional<ItemRow> found = store.item(request.itemIdentifier());
        if (found.isEmpty()) {
            return (ItemInformationResponse) Refusal.of(
                    request,
                    terminal.institutionId(),
                    answers.now(),
                    Optional.of(answers.text(Language.UNSPECIFIED, "item.unknown")));
        }
        ItemRow item = found.get();
        Optional<LoanRow> loan = store.openLoan(item.number());
        Optional<HoldRow> claim = store.claim(item, clock.instant());
        return new ItemInformationResponse(
                status(item, loan, claim),
                NO_SECURITY_MARKER,
                OTHER_FEE,
                answers.now(),
                Optional.of(Integer.toString(store.queueLength(item, clock.instant()))),
                loan.map(open -> answers.dueDate(open.dueAt())),
                loan.flatMap(_ -> claim).map(hold -> answers.moment(hold.placedAt())),
                claim.flatMap(hold -> hold.ready().map(ready -> dueDates.lastOnShelf(ready, hold.pickupBranch())))
                        .map(answers::moment),
                item.number(),
                item.titleIdentifier(),
                Optional.of(item.homeIsil()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(item.mediaType()),
                Optional.of(item.homeBranch()),
                Optional.of(item.currentBranch()),
                properties(item, loan),
                List.of(),
                List.of(),
                item.collection().isEmpty() ? List.of() : List.of(CodedField.of(Field.CR, item.collection())));
    }

    ItemStatusUpdateResponse describe(ItemStatusUpdate request) {
        return work.inTransaction(() -> {
            Optional<ItemRow> item = store.lockItem(request.itemIdentifier());
            if (item.isEmpty()) {
                return described(request, item, "item.unknown");
            }
            if (request.itemProperties().length() > PROPERTIES) {
                return described(request, item, "properties.long");
            }
            store.describe(item.get(), request.itemProperties());
            return described(request, item, "");
        });
    }

    private ItemStatusUpdateResponse described(ItemStatusUpdate request, Optional<ItemRow> item, String refused) {
        return new ItemStatusUpdateResponse(
                refused.isEmpty(),
                answers.now(),
                request.itemIdentifier(),
                item.map(ItemRow::titleIdentifier),
                Optional.of(request.itemProperties()).filter(_ -> refused.isEmpty()),
                refused.isEmpty() ? List.of() : List.of(answers.text(Language.UNSPECIFIED, refused)),
                List.of(),
                List.of());
    }

    /** CH: what a kiosk must know before it can say why; the standard leaves the form to the library. What a 19 stored follows. */
    private static Optional<String> properties(ItemRow item, Optional<LoanRow> loan) {
        List<String> properties = new ArrayList<>();
        if (item.parts() > 1) {
            properties.add("parts=" + item.parts());
        }
        if (item.ageLimit() > 0) {
            properties.add("age=" + item.ageLimit());
        }
        if (!item.forLoan()) {
            properties.add("loan=no");
        }
        loan.ifPresent(open -> properties.add("renewals=" + Math.max(0, item.renewalLimit() - open.renewals())));
        if (!item.properties().isEmpty()) {
            properties.add(item.properties());
        }
        return properties.isEmpty() ? Optional.empty() : Optional.of(String.join(";", properties));
    }

    private static CirculationStatus status(ItemRow item, Optional<LoanRow> loan, Optional<HoldRow> claim) {
        if (loan.isPresent()) {
            return CirculationStatus.CHARGED;
        }
        if (item.destination() != null) {
            return CirculationStatus.IN_TRANSIT;
        }
        return claim.filter(hold -> hold.state() == HoldRow.State.READY).isPresent()
                ? CirculationStatus.WAITING_ON_HOLD_SHELF
                : CirculationStatus.AVAILABLE;
    }
}
