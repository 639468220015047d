package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Conversation.Said;
import fi.kimppa.gateway.backend.folio.FolioSettings.Holds;
import fi.kimppa.gateway.backend.folio.HoldTargets.Target;
import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.Patrons.Who;
import fi.kimppa.gateway.backend.folio.ServicePoints.ServicePoint;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers 15 by FOLIO's requests. What is asked for is named by its item, or by its title: a new one by the title's UUID
 * or human readable id, one that stands by the words in which an 18 and the lists of a 64 name it.
 */
final class HoldDesk {
    private static final Logger LOG = LoggerFactory.getLogger(HoldDesk.class);

    private final String name;
    private final Okapi okapi;
    private final Patrons patrons;
    private final ServicePoints servicePoints;
    private final HoldTargets targets;
    private final Answers answers;
    private final Holds settings;

    HoldDesk(
            String name,
            Okapi okapi,
            Patrons patrons,
            ServicePoints servicePoints,
            Answers answers,
            FolioSettings settings) {
        this.name = name;
        this.okapi = okapi;
        this.patrons = patrons;
        this.servicePoints = servicePoints;
        this.targets = new HoldTargets(settings.holds());
        this.answers = answers;
        this.settings = settings.holds();
    }

    HoldResponse hold(Hold request, Terminal terminal) {
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger -> refused(request, terminal, stranger.sentence());
            case Who.Known(Patron patron, boolean _) ->
                request.holdMode() == HoldMode.ADD
                        ? place(folio, request, terminal, patron)
                        : change(folio, request, terminal, patron);
        };
    }

    // ---- + -----------------------------------------------------------------------------------------------

    private HoldResponse place(Conversation folio, Hold request, Terminal terminal, Patron patron) {
        Optional<Target> target = targets.wanted(folio, request);
        Optional<ServicePoint> pickup = pickup(folio, request, terminal);
        if (target.isEmpty()) {
            return refused(request, terminal, "hold.unknown");
        }
        if (pickup.isEmpty()) {
            return refused(request, terminal, "hold.place");
        }
        if (past(request)) {
            return refused(request, terminal, "hold.date");
        }
        HoldTargets.Way way = targets.way(folio, patron, target.get(), pickup.get());
        if (way.type().isEmpty()) {
            return refused(request, terminal, way.sentence());
        }
        Map<String, Object> body = new LinkedHashMap<>(target.get().fields());
        body.put("requesterId", patron.id());
        body.put("requestType", way.type().get());
        body.put("requestDate", answers.instant().toString());
        body.put("fulfillmentPreference", "Hold Shelf");
        body.put("pickupServicePointId", pickup.get().id());
        expires(request).ifPresent(end -> body.put("requestExpirationDate", end.toString()));
        return switch (folio.write(Call.post("circulation", "requests").json(body))) {
            case Said.Done(JsonNode placed) ->
                done(
                        request,
                        terminal,
                        target.get().title(),
                        way.type().get().equals(HoldTargets.PAGE),
                        Json.text(placed, "position"),
                        answers.text(
                                answers.language(terminal, patron.card()),
                                "hold.placed",
                                pickup.get().label()));
            case Said.Refused(List<Problem> problems) -> refused(request, terminal, ErrorCode.sentence(problems));
        };
    }

    // ---- * and - -----------------------------------------------------------------------------------------

    private HoldResponse change(Conversation folio, Hold request, Terminal terminal, Patron patron) {
        List<FolioRequest> own = Json.list(folio.read(Items.requests("requesterId", patron.id())), "requests").stream()
                .map(FolioRequest::new)
                .toList();
        List<FolioRequest> meant = targets.meant(folio, request, own);
        if (meant.size() != 1) {
            return refused(request, terminal, meant.isEmpty() ? "hold.none" : "hold.several");
        }
        return request.holdMode() == HoldMode.DELETE
                ? cancel(folio, request, terminal, patron, meant.getFirst())
                : move(folio, request, terminal, patron, meant.getFirst());
    }

    private HoldResponse cancel(Conversation folio, Hold request, Terminal terminal, Patron patron, FolioRequest own) {
        UUID reason = settings.cancellationReason();
        if (reason == null) {
            LOG.error("{}: cancelling needs kimppa.backends.folio.{}.holds.cancellation-reason", name, name);
            return refused(request, terminal, "hold.cancel");
        }
        ObjectNode record = record(own);
        record.put("status", "Closed - Cancelled");
        record.put("cancellationReasonId", reason.toString());
        record.put("cancelledByUserId", patron.id());
        record.put("cancelledDate", answers.instant().toString());
        return switch (put(folio, own, record)) {
            case Said.Done _ ->
                done(
                        request,
                        terminal,
                        own.title(),
                        false,
                        Optional.empty(),
                        answers.text(answers.language(terminal, patron.card()), "hold.deleted"));
            case Said.Refused(List<Problem> problems) -> refused(request, terminal, ErrorCode.sentence(problems));
        };
    }

    private HoldResponse move(Conversation folio, Hold request, Terminal terminal, Patron patron, FolioRequest own) {
        boolean elsewhere =
                request.pickupLocation().filter(code -> !code.isBlank()).isPresent();
        if (elsewhere && own.caught()) {
            return refused(request, terminal, "hold.ready");
        }
        Optional<ServicePoint> pickup = pickup(folio, request, terminal);
        if (elsewhere && pickup.isEmpty()) {
            return refused(request, terminal, "hold.place");
        }
        if (past(request)) {
            return refused(request, terminal, "hold.date");
        }
        ObjectNode record = record(own);
        String place = Json.text(record, "pickupServicePoint", "name").orElse("");
        if (elsewhere) {
            place = pickup.get().label();
            record.put("pickupServicePointId", pickup.get().id());
            record.remove("pickupServicePoint");
        }
        expires(request).ifPresent(end -> record.put("requestExpirationDate", end.toString()));
        String sentence = answers.text(answers.language(terminal, patron.card()), "hold.changed", place);
        return switch (put(folio, own, record)) {
            case Said.Done _ ->
                done(request, terminal, own.title(), false, Json.text(own.record(), "position"), sentence);
            case Said.Refused(List<Problem> problems) -> refused(request, terminal, ErrorCode.sentence(problems));
        };
    }

    private static ObjectNode record(FolioRequest own) {
        return (ObjectNode) own.record().deepCopy();
    }

    private static Said put(Conversation folio, FolioRequest own, ObjectNode record) {
        return folio.write(Call.put("circulation", "requests", own.id()).json(record));
    }

    // ---- all ---------------------------------------------------------------------------------------------

    /** BS, or where the terminal stands. */
    private Optional<ServicePoint> pickup(Conversation folio, Hold request, Terminal terminal) {
        Optional<String> named = request.pickupLocation().filter(code -> !code.isBlank());
        return named.isPresent()
                ? named.filter(code -> servicePoints.branch(code, terminal).equals(code))
                        .flatMap(code -> servicePoints.of(folio, code))
                : servicePoints.of(folio, terminal.branchCode());
    }

    private Optional<Instant> expires(Hold request) {
        return request.expirationDate().flatMap(answers::meant);
    }

    private boolean past(Hold request) {
        return expires(request).filter(end -> end.isBefore(answers.instant())).isPresent();
    }

    private HoldResponse done(
            Hold request,
            Terminal terminal,
            String title,
            boolean available,
            Optional<String> position,
            String sentence) {
        return new HoldResponse(
                true,
                available,
                answers.now(),
                request.expirationDate().filter(date -> !date.equals(Timestamp.BLANK)),
                position,
                request.pickupLocation(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                Optional.of(title),
                List.of(sentence),
                List.of(),
                List.of());
    }

    private HoldResponse refused(Hold request, Terminal terminal, String sentence) {
        return answers.refused(request, terminal, request.patronIdentifier(), sentence, HoldResponse.class);
    }
}
