package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers 17: an item, nothing about patrons. */
@Component
class ItemDesk {
    /** No Tattle-Tape: the tags are the machine's matter. */
    private static final String NO_SECURITY_MARKER = "01";

    private static final String OTHER_FEE = "01";

    private final Store store;
    private final Answers answers;

    ItemDesk(Store store, Answers answers) {
        this.store = store;
        this.answers = answers;
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
        Optional<HoldRow> claim = store.claim(item);
        return new ItemInformationResponse(
                status(item, loan, claim),
                NO_SECURITY_MARKER,
                OTHER_FEE,
                answers.now(),
                Optional.of(Integer.toString(store.queueLength(item))),
                loan.map(open -> answers.dueDate(open.dueAt())),
                Optional.empty(),
                Optional.empty(),
                item.number(),
                item.titleIdentifier(),
                Optional.of(item.homeIsil()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(item.mediaType()),
                Optional.of(item.homeBranch()),
                Optional.of(item.currentBranch()),
                properties(item),
                List.of(),
                List.of(),
                List.of());
    }

    /** CH: what a kiosk must know before it can say why; the standard leaves the form to the library. */
    private static Optional<String> properties(ItemRow item) {
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
