package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Conversation.Said;
import fi.kimppa.gateway.backend.folio.FolioSettings.ClaimedReturned;
import fi.kimppa.gateway.backend.folio.ServicePoints.ServicePoint;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.MagneticMedia;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Answers 09, as of the day it came back. Where the item goes is read off the state that FOLIO leaves it in. Says
 * nothing about who had the item or who waits for it.
 */
final class ReturnDesk {
    /** A machine whose clock is further off does not work off-line. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final Okapi okapi;
    private final ServicePoints servicePoints;
    private final Answers answers;
    private final ClaimedReturned claimed;

    ReturnDesk(Okapi okapi, ServicePoints servicePoints, Answers answers, FolioSettings settings) {
        this.okapi = okapi;
        this.servicePoints = servicePoints;
        this.answers = answers;
        this.claimed = settings.claimedReturned();
    }

    CheckinResponse checkin(Checkin request, Terminal terminal) {
        if (request.cancel().orElse(false)) {
            return refused(request, terminal, "undo.none");
        }
        Conversation folio = okapi.begin();
        Instant cameBack = answers.happened(request.returnDate());
        // By the machine's own date: with a clock of ours that is behind, every loan would be younger than its return.
        Instant saidToBeBack = answers.meant(request.returnDate()).orElse(cameBack);
        if (request.noBlock() && lentSince(folio, request.itemIdentifier(), saidToBeBack)) {
            return returned(request, terminal, Optional.empty(), Way.STAYS, Optional.empty());
        }
        return servicePoints
                .of(folio, servicePoints.branch(request.currentLocation(), terminal))
                .map(here -> takeBack(folio, request, terminal, here, cameBack))
                .orElseGet(() -> refused(request, terminal, "place.unknown"));
    }

    /** A return that waited, of an item that was lent again since: that loan stands. */
    private boolean lentSince(Conversation folio, String number, Instant cameBack) {
        return Items.find(folio, number).item().stream()
                .flatMap(item -> Items.openLoans(folio, item).stream())
                .flatMap(loan -> Json.moment(loan, "loanDate").stream())
                .anyMatch(lentAt -> lentAt.isAfter(cameBack.plus(CLOCKS_DIFFER)));
    }

    private CheckinResponse takeBack(
            Conversation folio, Checkin request, Terminal terminal, ServicePoint here, Instant cameBack) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("itemBarcode", request.itemIdentifier());
        body.put("servicePointId", here.id());
        body.put("checkInDate", cameBack.toString());
        Said said = checkIn(folio, body);
        if (said instanceof Said.Refused(List<Problem> problems)
                && ErrorCode.has(problems, ErrorCode.CLAIMED_RETURNED_WITHOUT_CODE)
                && claimed.resolution().isPresent()) {
            // FOLIO wants the word for such items alone, and has done nothing yet.
            body.put("claimedReturnedResolution", claimed.resolution().get());
            said = checkIn(folio, body);
        }
        return switch (said) {
            case Said.Done(JsonNode done) ->
                returned(
                        request,
                        terminal,
                        Optional.of(done.path("item")),
                        way(done),
                        done.has("loan") ? Optional.empty() : Optional.of(CirculationBackend.NOT_ON_LOAN));
            case Said.Refused(List<Problem> problems) -> refused(request, terminal, ErrorCode.sentence(problems));
        };
    }

    private static Said checkIn(Conversation folio, Map<String, Object> body) {
        return folio.write(Call.post("circulation", "check-in-by-barcode").json(body));
    }

    private Way way(JsonNode done) {
        JsonNode item = done.path("item");
        boolean held = done.path("staffSlipContext").has("request");
        Optional<AlertType> alert =
                ItemStatus.of(Json.text(item, "status", "name").orElse("")).alert(held);
        Optional<String> destination = Json.text(item, "inTransitDestinationServicePointId")
                .flatMap(servicePoints::branchOf)
                .or(() -> Json.text(item, "inTransitDestinationServicePoint", "name"));
        boolean travels = alert.filter(type -> type != AlertType.HOLD_HERE).isPresent();
        return new Way(alert, travels ? destination : Optional.empty());
    }

    private CheckinResponse returned(
            Checkin request, Terminal terminal, Optional<JsonNode> item, Way way, Optional<String> words) {
        return new CheckinResponse(
                true,
                true,
                MagneticMedia.N,
                way.alert.isPresent(),
                answers.now(),
                terminal.institutionId(),
                request.itemIdentifier(),
                "",
                item.flatMap(record -> Json.text(record, "title")),
                Optional.empty(),
                Optional.empty(),
                item.flatMap(answers::mediaType),
                words,
                Optional.empty(),
                item.flatMap(record -> Json.text(record, "callNumber")),
                way.destination,
                way.alert,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private CheckinResponse refused(Checkin request, Terminal terminal, String sentence) {
        return answers.refused(request, terminal, "", sentence, CheckinResponse.class);
    }

    /**
     * Where it goes.
     *
     * @param alert CV
     * @param destination CT, a branch code, or FOLIO's name of a service point that is no branch of ours
     */
    private record Way(Optional<AlertType> alert, Optional<String> destination) {
        private static final Way STAYS = new Way(Optional.empty(), Optional.empty());
    }
}
