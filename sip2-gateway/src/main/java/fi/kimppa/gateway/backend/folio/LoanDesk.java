package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Conversation.Said;
import fi.kimppa.gateway.backend.folio.Items.Item;
import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.Patrons.Who;
import fi.kimppa.gateway.backend.folio.ServicePoints.ServicePoint;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.MagneticMedia;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Answers 11. What happened while the machine was off-line (no block) is lent as of its own date; FOLIO reckons the due
 * date from there and cannot be told the one that was promised. Blocks are never overridden.
 */
final class LoanDesk {
    private final Okapi okapi;
    private final Patrons patrons;
    private final ServicePoints servicePoints;
    private final Answers answers;

    LoanDesk(Okapi okapi, Patrons patrons, ServicePoints servicePoints, Answers answers) {
        this.okapi = okapi;
        this.patrons = patrons;
        this.servicePoints = servicePoints;
        this.answers = answers;
    }

    CheckoutResponse checkout(Checkout request, Terminal terminal) {
        if (request.cancel().orElse(false)) {
            return refused(request, terminal, "undo.none");
        }
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger -> refused(request, terminal, stranger.sentence());
            case Who.Known(Patron patron, boolean _) ->
                servicePoints
                        .of(folio, terminal.branchCode())
                        .map(here -> lend(folio, request, terminal, patron, here))
                        .orElseGet(() -> refused(request, terminal, "place.unknown"));
        };
    }

    private CheckoutResponse lend(
            Conversation folio, Checkout request, Terminal terminal, Patron patron, ServicePoint here) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("itemBarcode", request.itemIdentifier());
        body.put("userBarcode", patron.card());
        body.put("servicePointId", here.id());
        if (request.noBlock()) {
            body.put("loanDate", answers.happened(request.transactionDate()).toString());
        }
        return switch (folio.write(
                Call.post("circulation", "check-out-by-barcode").json(body))) {
            case Said.Done(JsonNode loan) -> lent(request, terminal, loan);
            case Said.Refused(List<Problem> problems)
            when ErrorCode.standing(problems) ->
                own(folio, request, patron)
                        .map(loan -> lent(request, terminal, loan))
                        .orElseGet(() -> refused(request, terminal, ErrorCode.sentence(problems)));
            case Said.Refused(List<Problem> problems) -> refused(request, terminal, ErrorCode.sentence(problems));
        };
    }

    /** A loan that stands is none that failed: the thing is this patron's already, if only by an answer that got lost. */
    private Optional<JsonNode> own(Conversation folio, Checkout request, Patron patron) {
        try {
            Optional<Item> item = Items.find(folio, request.itemIdentifier()).item();
            return item.stream()
                    .flatMap(known -> Items.openLoans(folio, known).stream())
                    .filter(loan -> Json.text(loan, "userId").equals(Optional.of(patron.id())))
                    .findFirst();
        } catch (BackendSilentException | BackendBusyException e) {
            throw new BackendSilentException("nobody could say whose loan it is that stands already", false, e);
        }
    }

    private CheckoutResponse lent(Checkout request, Terminal terminal, JsonNode loan) {
        return CheckoutResponse.lent(
                false,
                MagneticMedia.N,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                Json.text(loan, "item", "title").orElse(request.itemIdentifier()),
                answers.dueDate(loan),
                answers.mediaType(loan.path("item")),
                List.of());
    }

    private CheckoutResponse refused(Checkout request, Terminal terminal, String sentence) {
        return answers.refused(request, terminal, request.patronIdentifier(), sentence, CheckoutResponse.class);
    }
}
