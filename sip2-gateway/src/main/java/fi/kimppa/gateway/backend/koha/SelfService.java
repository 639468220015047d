package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.circulation.NoEntry;
import fi.kimppa.gateway.circulation.NoEntry.Why;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Asks Koha-Suomi's self-service extension whether somebody may come in without staff
 * (KohaSuomi/koha-plugin-self-service: {@code GET contrib/kohasuomi/borrowers/ssstatus}, with the form in the body of the
 * GET). Each question is an entry in Koha's own log of doors.
 */
final class SelfService {
    private static final Logger LOG = LoggerFactory.getLogger(SelfService.class);
    private static final String REASONS = "Koha::Exception::SelfService";

    /** What Koha says. */
    sealed interface Permission {
        /** Yes. */
        record Granted() implements Permission {}

        /** No such card, or no such branch. */
        record Unknown() implements Permission {}

        /** The rules of self-service have not been accepted. */
        record TermsNotAccepted() implements Permission {}

        /** This category of patrons may not. */
        record CategoryRefused() implements Permission {}

        /**
         * Too young.
         *
         * @param minimum age in years, if it is told
         */
        record TooYoung(Optional<Integer> minimum) implements Permission {}

        /**
         * Banned.
         *
         * @param until last day, if there is one
         */
        record Revoked(Optional<LocalDate> until) implements Permission {}

        /**
         * Closed now.
         *
         * @param opens when it opens today
         * @param closes when it closes, a time that is outside already
         */
        record Closed(Optional<LocalTime> opens, Optional<LocalTime> closes) implements Permission {}

        /** Card lost, expired or restricted, too many fees; or a reason that is new. */
        record Refused() implements Permission {}

        /** Koha's rules or hours are not set up, so nobody may. */
        record NotConfigured() implements Permission {}

        /** Whether it is a yes. */
        default boolean granted() {
            return this instanceof Granted;
        }

        /** Why not, where the door has a sentence for it. */
        default Optional<NoEntry> noEntry() {
            return switch (this) {
                case TermsNotAccepted _ -> Optional.of(NoEntry.of(Why.TERMS));
                case CategoryRefused _ -> Optional.of(NoEntry.of(Why.CATEGORY));
                case TooYoung _ -> Optional.of(NoEntry.of(Why.AGE));
                case Revoked _ -> Optional.of(NoEntry.of(Why.BANNED));
                case Closed(Optional<LocalTime> opens, Optional<LocalTime> closes) ->
                    Optional.of(new NoEntry(Why.CLOSED, opens, closes));
                case Granted _, Unknown _, Refused _, NotConfigured _ -> Optional.empty();
            };
        }
    }

    private final Branches branches;

    SelfService(Branches branches) {
        this.branches = branches;
    }

    /** Whether the holder of this card may come in where the terminal stands. */
    Permission mayEnter(Visit visit, String card) {
        Call call = Call.get("contrib", "kohasuomi", "borrowers", "ssstatus")
                .form(Map.of("cardnumber", card, "branchcode", branches.library(visit.terminal())));
        Answer answer = visit.exchange(call, Set.of(501));
        return switch (answer.status()) {
            case 200 -> read(answer.json().orElseThrow(() -> visit.senseless(call, answer)));
            case 404 -> new Permission.Unknown();
            case 501 -> {
                LOG.warn("The rules of self-service are not set up in Koha: {}", Visit.error(answer));
                yield new Permission.NotConfigured();
            }
            default -> throw visit.senseless(call, answer);
        };
    }

    /** One row per class of exception. */
    private static Permission read(JsonNode body) {
        if (body.path("permission").asBoolean(false)) {
            return new Permission.Granted();
        }
        String error = body.path("error").asString("");
        return switch (error.startsWith(REASONS) ? error.substring(REASONS.length()) : error) {
            case "::TACNotAccepted" -> new Permission.TermsNotAccepted();
            case "::BlockedBorrowerCategory" -> new Permission.CategoryRefused();
            case "::Underage" ->
                new Permission.TooYoung(Found.text(body, "minimumAge")
                        .filter(text -> text.matches("\\d{1,3}"))
                        .map(Integer::valueOf));
            case "::PermissionRevoked" ->
                new Permission.Revoked(Found.text(body, "expirationdate").flatMap(SelfService::day));
            case "::OpeningHours" ->
                new Permission.Closed(
                        Found.text(body, "startTime").flatMap(SelfService::time),
                        Found.text(body, "endTime").flatMap(SelfService::time));
            default -> new Permission.Refused();
        };
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.substring(0, Math.min(10, text.length()))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
