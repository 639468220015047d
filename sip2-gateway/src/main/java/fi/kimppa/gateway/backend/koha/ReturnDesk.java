package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.koha.Found.Item;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.MagneticMedia;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Answers 09 by {@code POST /checkins}, which exists in a draft only (bywatersolutions/bywater-koha-devel,
 * Koha/REST/V1/Checkins.pm). A hold or a transfer that Koha finds is confirmed at once; where that fails, the return
 * stands and the thing goes to staff.
 */
final class ReturnDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnDesk.class);

    /** A machine whose clock is further off does not work off-line. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    private final Lookup lookup;
    private final Branches branches;
    private final Answers answers;
    private final Set<String> offLineUsers;

    /** @param offLineUsers under whom Koha is told of loans that waited, over SIP2 */
    ReturnDesk(Lookup lookup, Branches branches, Answers answers, Set<String> offLineUsers) {
        this.lookup = lookup;
        this.branches = branches;
        this.answers = answers;
        this.offLineUsers = offLineUsers;
    }

    /**
     * Where a thing goes.
     *
     * @param destination Koha's branch; empty if it stays
     */
    private record Way(Optional<AlertType> alert, Optional<String> destination) {}

    /**
     * The answer to a return that waited, of a thing that was lent again since: that loan stands. Empty where Koha is to be told. Its
     * SIP2 and its draft look at no date, so it is asked before either. A loan that waited as well has the date on which Koha heard of
     * it, so those under the users that such loans are told under say nothing; nor do those of which Koha does not say under whom.
     */
    Optional<CheckinResponse> overtaken(Checkin request, Visit visit) {
        if (!request.noBlock() || request.cancel().orElse(false) || offLineUsers.isEmpty()) {
            return Optional.empty();
        }
        return answers.moment(request.returnDate())
                .flatMap(cameBack -> lookup.item(visit, request.itemIdentifier())
                        .filter(item -> lookup.issued(visit, item)
                                .filter(loan -> loan.issuer()
                                        .filter(user -> !offLineUsers.contains(user))
                                        .isPresent())
                                .flatMap(Loan::lent)
                                .filter(lent -> lent.isAfter(cameBack.plus(CLOCKS_DIFFER)))
                                .isPresent()))
                .map(item -> returned(request, visit, item, new Way(Optional.empty(), Optional.empty())));
    }

    CheckinResponse checkin(Checkin request, Visit visit) {
        Optional<Item> item =
                request.cancel().orElse(false) ? Optional.empty() : lookup.item(visit, request.itemIdentifier());
        if (item.isEmpty()) {
            return answers.refusal(
                    CheckinResponse.class,
                    request,
                    visit,
                    request.cancel().orElse(false) ? "undo.none" : "item.unknown");
        }
        Answer answer = send(request, visit, item.get());
        if (!answer.ok()) {
            LOG.warn("Koha takes nothing back at {}: {} {}", visit.terminal().login(), answer, Visit.error(answer));
            return answers.refusal(CheckinResponse.class, request, visit, Reasons.STAFF);
        }
        JsonNode checkin = answer.json()
                .filter(body -> body.path("checkin_id").asLong(0) > 0)
                .orElseThrow(() -> visit.senseless(Call.post("checkins"), answer));
        return returned(request, visit, item.get(), way(visit, checkin));
    }

    /** The time of an off-line return is told; where Koha takes none (403, nothing was done), it is now. */
    private Answer send(Checkin request, Visit visit, Item item) {
        Map<String, Object> body = new HashMap<>(
                Map.of("item_id", item.id(), "library_id", visit.client().library()));
        Call plain = Call.post("checkins").header("x-koha-embed", "hold,transfer");
        if (!request.noBlock()) {
            return visit.exchange(plain.json(body));
        }
        Map<String, Object> dated = new HashMap<>(body);
        answers.isoMoment(request.returnDate()).ifPresent(moment -> dated.put("return_date", moment));
        Answer answer = visit.exchange(plain.json(dated));
        boolean timesRefused = answer.status() == 403
                && answer.json()
                        .filter(no -> no.path("error_code").asString("").equals("return_date_not_allowed"))
                        .isPresent();
        return timesRefused ? visit.exchange(plain.json(body)) : answer;
    }

    private Way way(Visit visit, JsonNode checkin) {
        String here = visit.client().library();
        String number = Long.toString(checkin.path("checkin_id").asLong(0));
        if (Found.text(checkin, "hold_id").isPresent()) {
            Optional<String> pickup = Found.text(checkin.path("hold"), "pickup_library_id");
            return confirmed(visit, number, "hold_confirmation")
                    ? new Way(
                            Optional.of(
                                    pickup.filter(here::equals).isPresent()
                                            ? AlertType.HOLD_HERE
                                            : AlertType.HOLD_ELSEWHERE),
                            pickup)
                    : new Way(Optional.of(AlertType.OTHER), Optional.empty());
        }
        if (Found.text(checkin, "transfer_id").isPresent()) {
            return confirmed(visit, number, "transfer_confirmation")
                    ? new Way(
                            Optional.of(AlertType.SEND_ELSEWHERE),
                            Found.text(checkin.path("transfer"), "to_library_id"))
                    : new Way(Optional.of(AlertType.OTHER), Optional.empty());
        }
        return Found.text(checkin, "recall_id").isPresent()
                ? new Way(Optional.of(AlertType.OTHER), Optional.empty())
                : new Way(Optional.empty(), Optional.empty());
    }

    private static boolean confirmed(Visit visit, String checkin, String what) {
        try {
            return visit.exchange(Call.post("checkins", checkin, what)).ok();
        } catch (BackendSilentException | BackendBusyException e) {
            LOG.warn("The return stands, but nobody knows about its {}: {}", what, e.getMessage());
            return false;
        }
    }

    private CheckinResponse returned(Checkin request, Visit visit, Item item, Way way) {
        return new CheckinResponse(
                true,
                true,
                MagneticMedia.U,
                way.alert().isPresent(),
                answers.now(),
                visit.terminal().institutionId(),
                request.itemIdentifier(),
                branches.ours(item.home()),
                Optional.of(item.title()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                item.lent() ? Optional.empty() : Optional.of(CirculationBackend.NOT_ON_LOAN),
                Optional.empty(),
                Optional.of(item.callNumber()).filter(mark -> !mark.isEmpty()),
                way.destination().map(branches::ours),
                way.alert(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
