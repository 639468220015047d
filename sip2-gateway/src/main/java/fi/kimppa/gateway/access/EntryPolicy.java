package fi.kimppa.gateway.access;

import fi.kimppa.gateway.access.EntryDecision.Denied;
import fi.kimppa.gateway.access.EntryDecision.Granted;
import fi.kimppa.gateway.access.EntryDecision.Reason;
import fi.kimppa.gateway.circulation.PatronProfile;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.OpeningPeriod;
import fi.kimppa.gateway.consortium.ServiceMode;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may come in and when: pure functions of what is known and the moment. Reasons are looked at in the order of
 * {@link Reason}; the first that applies is told. Hours are the branch's local time and their ends exclusive.
 */
final class EntryPolicy {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H.mm", Locale.ROOT);

    private EntryPolicy() {}

    /** What refuses everybody at this moment: with it nobody needs to be asked for. */
    static Optional<Denied> closed(Branch branch, Instant now) {
        LocalDateTime moment = LocalDateTime.ofInstant(now, GatewayClock.ZONE);
        return branch.modeAt(moment).isPresent()
                ? Optional.empty()
                : Optional.of(new Denied(Reason.BRANCH_CLOSED, nextOpening(branch, moment)));
    }

    /**
     * Whether this patron may come in at an open branch.
     *
     * @param branch where
     * @param rules what the branch has turned on
     * @param answer the 64 to card and PIN
     * @param now when
     * @param unlock how long the door is to stay unlocked
     */
    static EntryDecision decide(
            Branch branch, AccessSettings.Rules rules, PatronInformationResponse answer, Instant now, Duration unlock) {
        PatronProfile profile = PatronProfile.of(answer, GatewayClock.ZONE);
        PatronStatus status = answer.patronStatus();
        return Stream.<Optional<Reason>>of(
                        when(!knownWithPin(answer), Reason.CARD_OR_PIN),
                        profile.selfService()
                                .filter(may -> !may && knownWithPin(answer))
                                .map(_ -> refused(profile)),
                        when(status.has(Flag.CARD_REPORTED_LOST), Reason.CARD_LOST),
                        when(profile.expires().filter(end -> !end.isAfter(now)).isPresent(), Reason.CARD_EXPIRED),
                        when(tooYoung(branch, profile, now), Reason.AGE),
                        when(rules.homeLibraryOnly() && !atHome(branch, profile), Reason.HOME_LIBRARY),
                        when(rules.lendingBan() && status.has(Flag.CHARGE_PRIVILEGES_DENIED), Reason.LENDING_BAN),
                        when(rules.fees() && owesTooMuch(status), Reason.FEES))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .<EntryDecision>map(
                        reason -> new Denied(reason, reason == Reason.BRANCH_CLOSED ? hours(profile) : Map.of()))
                .orElseGet(() -> new Granted(unlock));
    }

    /** Of a ban the door says no more than that there is no right (selfservice.md 2.3). */
    private static Reason refused(PatronProfile profile) {
        return profile.noEntry()
                .map(no -> switch (no.why()) {
                    case TERMS -> Reason.AGREEMENT;
                    case CATEGORY -> Reason.CATEGORY;
                    case AGE -> Reason.AGE;
                    case CLOSED -> Reason.BRANCH_CLOSED;
                    case BANNED -> Reason.NO_RIGHT;
                })
                .orElse(Reason.NO_RIGHT);
    }

    /** The library system's own hours, where it says them. */
    private static Map<String, String> hours(PatronProfile profile) {
        return profile.noEntry()
                .filter(no -> no.opens().isPresent() && no.closes().isPresent())
                .map(no -> Map.of(
                        "from", HOUR.format(no.opens().orElseThrow()),
                        "to", HOUR.format(no.closes().orElseThrow())))
                .orElse(Map.of());
    }

    /** A server that says nothing of the PIN has not checked it, and then nobody comes in. */
    static boolean knownWithPin(PatronInformationResponse answer) {
        return answer.validPatron().orElse(false)
                && answer.validPatronPassword().orElse(false);
    }

    /** Only self-service time has an age, and an unknown age is below it. */
    private static boolean tooYoung(Branch branch, PatronProfile profile, Instant now) {
        LocalDateTime moment = LocalDateTime.ofInstant(now, GatewayClock.ZONE);
        LocalDate bornBefore = moment.toLocalDate().minusYears(branch.minimumAge());
        return branch.minimumAge() > 0
                && branch.modeAt(moment).equals(Optional.of(ServiceMode.SELF_SERVICE))
                && profile.birthDate().filter(born -> !born.isAfter(bornBefore)).isEmpty();
    }

    private static boolean atHome(Branch branch, PatronProfile profile) {
        return profile.homeLibrary().filter(branch.code()::equals).isPresent();
    }

    private static boolean owesTooMuch(PatronStatus status) {
        return status.has(Flag.EXCESSIVE_OUTSTANDING_FINES) || status.has(Flag.EXCESSIVE_OUTSTANDING_FEES);
    }

    private static Optional<Reason> when(boolean applies, Reason reason) {
        return applies ? Optional.of(reason) : Optional.empty();
    }

    /** From and to of the opening that comes next, the longest if several begin together; nothing if there is none. */
    private static Map<String, String> nextOpening(Branch branch, LocalDateTime moment) {
        return branch.openingPeriods().stream()
                .min(Comparator.comparing((OpeningPeriod period) -> begin(branch, period, moment))
                        .thenComparing(OpeningPeriod::length, Comparator.reverseOrder()))
                .map(period -> Map.of("from", HOUR.format(period.from()), "to", HOUR.format(period.to())))
                .orElse(Map.of());
    }

    private static LocalDateTime begin(Branch branch, OpeningPeriod period, LocalDateTime moment) {
        long days =
                Math.floorMod(period.day().getValue() - moment.getDayOfWeek().getValue(), 7);
        LocalDateTime begin = moment.toLocalDate().plusDays(days).atTime(period.from());
        return Stream.iterate(begin, later -> later.plusDays(7))
                .filter(later -> later.isAfter(moment) && !branch.closedOn(later.toLocalDate()))
                .findFirst()
                .orElseThrow();
    }
}
