package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Conversation.Said;
import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.Patrons.Who;
import fi.kimppa.gateway.backend.folio.ServicePoints.ServicePoint;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Answers 29 and 65. FOLIO has no call for the latter: the loans are renewed one by one while there is time. */
final class RenewDesk {
    private final Okapi okapi;
    private final Patrons patrons;
    private final ServicePoints servicePoints;
    private final Answers answers;
    private final Duration time;

    RenewDesk(Okapi okapi, Patrons patrons, ServicePoints servicePoints, Answers answers, FolioSettings settings) {
        this.okapi = okapi;
        this.patrons = patrons;
        this.servicePoints = servicePoints;
        this.answers = answers;
        // What is left must do for the renewal that is under way then.
        this.time = settings.answer().multipliedBy(2).dividedBy(3);
    }

    // ---- 29 ----------------------------------------------------------------------------------------------

    RenewResponse renew(Renew request, Terminal terminal) {
        Optional<String> item = request.itemIdentifier().filter(number -> !number.isEmpty());
        if (item.isEmpty()) {
            return refused(request, terminal, "renew.which");
        }
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger -> refused(request, terminal, stranger.sentence());
            case Who.Known(Patron patron, boolean _) ->
                servicePoints
                        .of(folio, terminal.branchCode())
                        .map(here -> switch (renew(folio, item.get(), patron, here)) {
                            case Said.Done(JsonNode loan) -> renewed(request, terminal, item.get(), loan);
                            case Said.Refused(List<Problem> problems) ->
                                refused(request, terminal, ErrorCode.sentence(problems));
                        })
                        .orElseGet(() -> refused(request, terminal, "place.unknown"));
        };
    }

    private static Said renew(Conversation folio, String item, Patron patron, ServicePoint here) {
        return folio.write(Call.post("circulation", "renew-by-barcode")
                .json(Map.of("itemBarcode", item, "userBarcode", patron.card(), "servicePointId", here.id())));
    }

    private RenewResponse renewed(Renew request, Terminal terminal, String item, JsonNode loan) {
        return RenewResponse.renewed(
                MagneticMedia.N,
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                item,
                Json.text(loan, "item", "title").orElse(item),
                answers.dueDate(loan),
                answers.mediaType(loan.path("item")));
    }

    private RenewResponse refused(Renew request, Terminal terminal, String sentence) {
        return answers.refused(request, terminal, request.patronIdentifier(), sentence, RenewResponse.class);
    }

    // ---- 65 ----------------------------------------------------------------------------------------------

    /** BM and BN are bare item numbers, and AF says why something was not renewed. */
    RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        long begun = System.nanoTime();
        Conversation folio = okapi.begin();
        String card = request.patronIdentifier();
        return switch (patrons.who(folio, card, request.patronPassword(), terminal)) {
            case Who.Stranger stranger -> refused(request, terminal, stranger.sentence());
            case Who.Known(Patron patron, boolean _) ->
                servicePoints
                        .of(folio, terminal.branchCode())
                        .map(here -> renewAll(folio, terminal, patron, here, begun))
                        .orElseGet(() -> refused(request, terminal, "place.unknown"));
        };
    }

    private RenewAllResponse renewAll(
            Conversation folio, Terminal terminal, Patron patron, ServicePoint here, long begun) {
        Language language = answers.language(terminal, patron.card());
        List<String> renewed = new ArrayList<>();
        List<String> unrenewed = new ArrayList<>();
        List<String> screen = new ArrayList<>();
        for (String item : lent(folio, patron)) {
            String refusal = System.nanoTime() - begun > time.toNanos()
                    ? "renew.all.time"
                    : renewUnlessGone(folio, item, patron, here, !renewed.isEmpty());
            (refusal.isEmpty() ? renewed : unrenewed).add(item);
            if (!refusal.isEmpty()) {
                screen.add(answers.text(language, "renew.all.refused", item, answers.text(language, refusal)));
            }
        }
        if (renewed.isEmpty() && unrenewed.isEmpty()) {
            screen.add(answers.text(language, "renew.all.none"));
        }
        return RenewAllResponse.of(true, answers.now(), terminal.institutionId(), renewed, unrenewed, screen);
    }

    /**
     * What is renewed stays renewed, and is told, when FOLIO goes silent in between or is busy; the rest is told as not renewed.
     *
     * @return the sentence of a refusal; empty if it is renewed
     */
    private static String renewUnlessGone(
            Conversation folio, String item, Patron patron, ServicePoint here, boolean someDone) {
        try {
            return switch (renew(folio, item, patron, here)) {
                case Said.Done _ -> "";
                case Said.Refused(List<Problem> problems) -> ErrorCode.sentence(problems);
            };
        } catch (BackendSilentException e) {
            if (someDone && e.outcomeKnown()) {
                return "renew.later";
            }
            throw e;
        } catch (BackendBusyException e) {
            if (someDone) {
                return "renew.later";
            }
            throw e;
        }
    }

    private static List<String> lent(Conversation folio, Patron patron) {
        return Json.list(folio.read(Items.loans("userId", patron.id())), "loans").stream()
                .flatMap(loan -> Json.text(loan, "item", "barcode").stream())
                .toList();
    }

    private RenewAllResponse refused(RenewAll request, Terminal terminal, String sentence) {
        return answers.refused(request, terminal, request.patronIdentifier(), sentence, RenewAllResponse.class);
    }
}
