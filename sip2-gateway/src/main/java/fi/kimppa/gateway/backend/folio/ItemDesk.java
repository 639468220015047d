package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Items.Item;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Answers 17. */
final class ItemDesk {
    private static final String OTHER_SECURITY_MARKER = "00";
    private static final String OTHER_FEE = "01";

    private final Okapi okapi;
    private final Answers answers;

    ItemDesk(Okapi okapi, Answers answers) {
        this.okapi = okapi;
        this.answers = answers;
    }

    ItemInformationResponse information(ItemInformation request, Terminal terminal) {
        Conversation folio = okapi.begin();
        Items.Found found = Items.find(folio, request.itemIdentifier());
        if (found.item().isEmpty()) {
            return answers.refused(request, terminal, "", found.sentence(), ItemInformationResponse.class);
        }
        Item item = found.item().get();
        List<JsonNode> open =
                folio.readAll(List.of(Items.loans("itemId", item.id()), Items.requests("itemId", item.id())));
        Optional<JsonNode> loan = Json.list(open.get(0), "loans").stream().findFirst();
        List<JsonNode> requests = Json.list(open.get(1), "requests");
        return new ItemInformationResponse(
                item.status().circulation(loan.isPresent()),
                OTHER_SECURITY_MARKER,
                OTHER_FEE,
                answers.now(),
                Optional.of(Integer.toString(requests.size())),
                loan.map(answers::dueDate).filter(due -> !due.isEmpty()),
                Optional.empty(),
                requests.stream()
                        .flatMap(waiting -> Json.moment(waiting, "holdShelfExpirationDate").stream())
                        .findFirst()
                        .map(answers::moment),
                request.itemIdentifier(),
                item.title(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                answers.mediaType(item.record()),
                Json.text(item.record(), "effectiveLocation", "name"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
