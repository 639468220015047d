package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.koha.Found.Hold;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import java.util.List;
import java.util.Optional;

/** Answers 17: an item, nothing about patrons. */
final class ItemDesk {
    /** No Tattle-Tape: the tags are the machine's matter. */
    private static final String NO_SECURITY_MARKER = "01";

    private static final String OTHER_FEE = "01";

    private final Lookup lookup;
    private final Branches branches;
    private final Answers answers;

    ItemDesk(Lookup lookup, Branches branches, Answers answers) {
        this.lookup = lookup;
        this.branches = branches;
        this.answers = answers;
    }

    ItemInformationResponse information(ItemInformation request, Visit visit) {
        return lookup.item(visit, request.itemIdentifier())
                .map(item -> known(item, visit))
                .orElseGet(() -> answers.refusal(ItemInformationResponse.class, request, visit, "item.unknown"));
    }

    private ItemInformationResponse known(Item item, Visit visit) {
        Optional<Loan> loan = item.lent() ? lookup.loan(visit, item) : Optional.empty();
        List<Hold> holds = lookup.holds(visit, item);
        return new ItemInformationResponse(
                status(item, holds),
                NO_SECURITY_MARKER,
                OTHER_FEE,
                answers.now(),
                Optional.of(Integer.toString(holds.size())),
                loan.map(open -> answers.dueDate(open.due())).filter(due -> !due.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                item.barcode(),
                item.title(),
                Optional.of(branches.ours(item.home())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(branches.ours(item.home())),
                Optional.of(branches.ours(item.holding())),
                item.forLoan() ? Optional.empty() : Optional.of("loan=no"),
                List.of(),
                List.of(),
                List.of());
    }

    private static CirculationStatus status(Item item, List<Hold> holds) {
        if (item.lost()) {
            return CirculationStatus.LOST;
        }
        if (item.lent()) {
            return CirculationStatus.CHARGED;
        }
        String caught = holds.stream()
                .filter(hold -> hold.item() == item.id())
                .map(Hold::status)
                .filter(letter -> !letter.isEmpty())
                .findFirst()
                .orElse("");
        return switch (caught) {
            case "W" -> CirculationStatus.WAITING_ON_HOLD_SHELF;
            case "T" -> CirculationStatus.IN_TRANSIT;
            case "P" -> CirculationStatus.IN_PROCESS;
            default -> item.withdrawn() ? CirculationStatus.OTHER : CirculationStatus.AVAILABLE;
        };
    }
}
