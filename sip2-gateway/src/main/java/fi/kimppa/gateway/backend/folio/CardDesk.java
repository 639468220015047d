package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.Conversation.Said;
import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.Patrons.Who;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Answers 01 and 25 by manual blocks, of which it knows its own by their description, and 35. */
final class CardDesk {
    /** What staff read, and how a block of ours is found again. */
    private static final String DESCRIPTION = "Blocked by a self-service machine";

    private final Okapi okapi;
    private final Patrons patrons;
    private final PatronSessions sessions;
    private final Answers answers;

    CardDesk(Okapi okapi, Patrons patrons, PatronSessions sessions, Answers answers) {
        this.okapi = okapi;
        this.patrons = patrons;
        this.sessions = sessions;
        this.answers = answers;
    }

    // ---- 01 ----------------------------------------------------------------------------------------------

    PatronStatusResponse block(BlockPatron request, Terminal terminal) {
        Conversation folio = okapi.begin();
        Who who = patrons.who(folio, request.patronIdentifier(), Optional.empty(), terminal);
        boolean blocked = who instanceof Who.Known(Patron patron, boolean _)
                && (!ours(manual(folio, patron)).isEmpty() || written(folio, request, patron));
        sessions.forget(terminal);
        return PatronStatusResponse.bare(
                PatronStatus.UNKNOWN_CARD,
                Language.UNSPECIFIED.code(),
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                Optional.of(blocked),
                Optional.empty(),
                List.of(answers.text(Language.UNSPECIFIED, blocked ? "card.blocked" : "card.unknown")));
    }

    private static boolean written(Conversation folio, BlockPatron request, Patron patron) {
        Map<String, Object> body = Map.of(
                "type",
                "Manual",
                "desc",
                DESCRIPTION,
                "staffInformation",
                request.blockedCardMessage(),
                "borrowing",
                true,
                "renewals",
                true,
                "requests",
                true,
                "userId",
                patron.id());
        return folio.write(Call.post("manualblocks").json(body)) instanceof Said.Done;
    }

    private static List<JsonNode> manual(Conversation folio, Patron patron) {
        return Json.list(folio.read(Blocks.questions(patron.id()).getLast()), "manualblocks");
    }

    private static List<JsonNode> ours(List<JsonNode> manual) {
        return manual.stream()
                .filter(block -> Json.text(block, "desc").equals(Optional.of(DESCRIPTION)))
                .toList();
    }

    // ---- 25 ----------------------------------------------------------------------------------------------

    PatronEnableResponse enable(PatronEnable request, Terminal terminal) {
        Conversation folio = okapi.begin();
        return switch (patrons.who(folio, request.patronIdentifier(), request.patronPassword(), terminal)) {
            case Who.Stranger stranger ->
                answer(
                        request,
                        terminal,
                        PatronStatus.UNKNOWN_CARD,
                        "",
                        stranger.card(),
                        stranger.pin(),
                        Optional.of(stranger.sentence()));
            case Who.Known known -> enable(folio, request, terminal, known);
        };
    }

    private PatronEnableResponse enable(Conversation folio, PatronEnable request, Terminal terminal, Who.Known known) {
        List<JsonNode> said = folio.readAll(Blocks.questions(known.patron().id()));
        List<JsonNode> manual = Json.list(said.get(1), "manualblocks");
        List<JsonNode> gone = ours(manual).stream()
                .filter(block -> folio.write(Call.delete(
                                "manualblocks", Json.text(block, "id").orElse("")))
                        instanceof Said.Done)
                .toList();
        Blocks blocks = known.patron().valid(answers.instant())
                ? Blocks.of(
                        said.get(0),
                        manual.stream().filter(block -> !gone.contains(block)).toList(),
                        answers.instant())
                : Blocks.CARD_EXPIRED;
        return answer(
                request,
                terminal,
                blocks.status(),
                known.identified() ? known.patron().personalName() : "",
                true,
                known.identified() ? Optional.of(true) : Optional.empty(),
                blocks.sentence());
    }

    private PatronEnableResponse answer(
            PatronEnable request,
            Terminal terminal,
            PatronStatus status,
            String personalName,
            boolean card,
            Optional<Boolean> pin,
            Optional<String> sentence) {
        Language language = answers.language(terminal, request.patronIdentifier());
        return new PatronEnableResponse(
                status,
                language.code(),
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                personalName,
                Optional.of(card),
                pin,
                sentence.map(key -> answers.text(language, key)).stream().toList(),
                List.of(),
                List.of());
    }

    // ---- 35 ----------------------------------------------------------------------------------------------

    /** Lets FOLIO send the notices that it has gathered for this visit; a patron who goes hears of no trouble with it. */
    EndSessionResponse end(EndPatronSession request, Terminal terminal) {
        Conversation folio = okapi.begin();
        if (patrons.who(folio, request.patronIdentifier(), Optional.empty(), terminal)
                instanceof Who.Known(Patron patron, boolean _)) {
            List<Map<String, String>> sessionsOfBothKinds = Stream.of("Check-out", "Check-in")
                    .map(kind -> Map.of("patronId", patron.id(), "actionType", kind))
                    .toList();
            folio.write(Call.post("circulation", "end-patron-action-session")
                    .json(Map.of("endSessions", sessionsOfBothKinds, "totalRecords", sessionsOfBothKinds.size())));
        }
        sessions.forget(terminal);
        return EndSessionResponse.ended(answers.now(), terminal.institutionId(), request.patronIdentifier());
    }
}
