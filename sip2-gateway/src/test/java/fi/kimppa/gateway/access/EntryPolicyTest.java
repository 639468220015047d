package fi.kimppa.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.access.EntryDecision.Denied;
import fi.kimppa.gateway.access.EntryDecision.Granted;
import fi.kimppa.gateway.access.EntryDecision.Reason;
import fi.kimppa.gateway.circulation.NoEntry;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Closure;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.OpeningPeriod;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.ServiceMode;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryPolicyTest {
    private static final Duration UNLOCK = Duration.ofSeconds(8);
    private static final AccessSettings.Rules USUAL = new AccessSettings.Rules(false, false, false);
    private static final AccessSettings.Rules ALL = new AccessSettings.Rules(true, true, true);
    private static final Branch LIETO = branch(6, 16, 15);
    private static final Instant EVENING = local("2026-11-24T19:30");

    @Test
    void grantsAnAdultWithTheRightPin() {
        assertThat(decide(USUAL, patron("19940601", "20290101    235900"))).isEqualTo(new Granted(UNLOCK));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T05:59, false",
        "2026-11-24T06:00, true",
        "2026-11-24T21:59, true",
        "2026-11-24T22:00, false",
        "2026-11-29T21:59, true",
    })
    void openingIsInclusiveAndClosingExclusive(String moment, boolean open) {
        assertThat(EntryPolicy.closed(LIETO, local(moment)).isEmpty()).isEqualTo(open);
    }

    @Test
    void closedDoorSaysWhenItOpensNext() {
        assertThat(EntryPolicy.closed(LIETO, local("2026-11-24T23:00")))
                .contains(new Denied(Reason.BRANCH_CLOSED, Map.of("from", "6.00", "to", "22.00")));
    }

    @Test
    void onAClosedDayTheDoorStaysClosedAndSaysWhenItOpensAfterThat() {
        Closure closed = new Closure(
                1,
                Scope.branch("LIETO"),
                LocalDate.parse("2026-11-24"),
                LocalDate.parse("2026-11-30"),
                new Closure.Reason("", "", ""),
                "anna");
        Branch closedForAWeek = LIETO.closedAlso(List.of(closed));
        assertThat(EntryPolicy.closed(closedForAWeek, local("2026-11-24T12:00")))
                .contains(new Denied(Reason.BRANCH_CLOSED, Map.of("from", "6.00", "to", "22.00")));
        assertThat(EntryPolicy.closed(closedForAWeek, local("2026-12-01T12:00")))
                .isEmpty();
    }

    /** At every minute of both nights the state is what a clock on the wall and the written hours say. */
    @ParameterizedTest
    @CsvSource({"2027-03-28", "2027-10-31"})
    void hoursHoldAtEveryMinuteOfTheNightsWhenTheClockIsMoved(LocalDate night) {
        Branch overNight = branch(22, 6, 0); // 22.00 to 4.00, over the moved hour
        Instant end = night.plusDays(1).atStartOfDay(GatewayClock.ZONE).toInstant();
        Instant at = night.atStartOfDay(GatewayClock.ZONE).toInstant();
        int minutes = 0;
        for (; at.isBefore(end); at = at.plusSeconds(60)) {
            LocalTime wall = LocalTime.ofInstant(at, GatewayClock.ZONE);
            boolean byNight = wall.isBefore(LocalTime.of(4, 0)) || !wall.isBefore(LocalTime.of(22, 0));
            boolean byDay = !wall.isBefore(LocalTime.of(6, 0)) && wall.isBefore(LocalTime.of(22, 0));
            assertThat(EntryPolicy.closed(overNight, at).isEmpty()).as("%s", at).isEqualTo(byNight);
            assertThat(EntryPolicy.closed(LIETO, at).isEmpty()).as("%s", at).isEqualTo(byDay);
            minutes++;
        }
        assertThat(minutes).isEqualTo(night.getMonthValue() == 3 ? 23 * 60 : 25 * 60);
    }

    @Test
    void unknownCardAndWrongPinGiveOneReason() {
        PatronInformationResponse unknown = answer(false, Optional.empty(), Set.of(), List.of());
        PatronInformationResponse wrong = answer(true, Optional.of(false), Set.of(), List.of());
        PatronInformationResponse unchecked = answer(true, Optional.empty(), Set.of(), List.of());
        assertThat(List.of(unknown, wrong, unchecked))
                .allSatisfy(patron ->
                        assertThat(decide(USUAL, patron)).isEqualTo(new Denied(Reason.CARD_OR_PIN, Map.of())));
    }

    @ParameterizedTest
    @CsvSource({"20111124, true", "20111125, false", "'', false"})
    void minimumAgeIsReachedOnTheBirthdayAndAnUnknownAgeIsBelowIt(String born, boolean in) {
        EntryDecision decision = decide(USUAL, patron(born, "20290101    235900"));
        assertThat(decision).isEqualTo(in ? new Granted(UNLOCK) : new Denied(Reason.AGE, Map.of()));
    }

    @Test
    void staffedTimeHasNoAge() {
        Branch staffed = new Branch(
                "LIETO",
                "Lieto",
                "LIETO",
                "FI-Lieto",
                periods(6, 16, ServiceMode.STAFFED),
                List.of(),
                15,
                "02 000 0000");
        assertThat(EntryPolicy.decide(staffed, USUAL, patron("20160101", "20290101    235900"), EVENING, UNLOCK))
                .isEqualTo(new Granted(UNLOCK));
    }

    @Test
    void expiredCardIsRefusedFromItsLastMomentOn() {
        assertThat(decide(USUAL, patron("19500101", "20261124    193000")))
                .isEqualTo(new Denied(Reason.CARD_EXPIRED, Map.of()));
        assertThat(decide(USUAL, patron("19500101", "20261124    193001"))).isEqualTo(new Granted(UNLOCK));
    }

    @Test
    void debtsAndBansFromLendingDoNotKeepAnybodyOutUnlessTheBranchSaysSo() {
        Set<Flag> everything = EnumSet.of(Flag.CHARGE_PRIVILEGES_DENIED, Flag.EXCESSIVE_OUTSTANDING_FEES);
        PatronInformationResponse debtor = answer(true, Optional.of(true), everything, fields("19880101"));
        assertThat(decide(USUAL, debtor)).isEqualTo(new Granted(UNLOCK));
        assertThat(decide(new AccessSettings.Rules(false, false, true), debtor))
                .isEqualTo(new Denied(Reason.FEES, Map.of()));
        assertThat(decide(new AccessSettings.Rules(false, true, true), debtor))
                .isEqualTo(new Denied(Reason.LENDING_BAN, Map.of()));
    }

    /** Takes away one obstacle after the other: each time the next reason of the documented order is told. */
    @Test
    void tellsTheFirstReasonOfTheDocumentedOrder() {
        Set<Flag> flags =
                EnumSet.of(Flag.CARD_REPORTED_LOST, Flag.CHARGE_PRIVILEGES_DENIED, Flag.EXCESSIVE_OUTSTANDING_FINES);
        List<CodedField> fields = new ArrayList<>(List.of(
                new CodedField.Text("PB", "20160101"),
                new CodedField.Text("PX", "20200101    000000"),
                new CodedField.Text("PA", "0"),
                new CodedField.Text("AQ", "TURKU")));
        List<Reason> told = new ArrayList<>();
        told.add(reason(answer(true, Optional.of(false), flags, fields)));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        fields.add(new CodedField.Text(NoEntry.FIELD, "CATEGORY"));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        flags.remove(Flag.CARD_REPORTED_LOST);
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        fields.set(1, new CodedField.Text("PX", "20300101    000000"));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        fields.set(4, new CodedField.Text(NoEntry.FIELD, "TERMS"));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        fields.set(0, new CodedField.Text("PB", "19800101"));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        fields.set(2, new CodedField.Text("PA", "1"));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        fields.set(3, new CodedField.Text("AQ", "LIETO"));
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        flags.remove(Flag.CHARGE_PRIVILEGES_DENIED);
        told.add(reason(answer(true, Optional.of(true), flags, fields)));
        assertThat(told)
                .isEqualTo(Arrays.stream(Reason.values())
                        .filter(reason -> reason.compareTo(Reason.CARD_OR_PIN) >= 0)
                        .toList());
    }

    /** What the library system itself says, in so far as the door may say it; a ban is a matter between two. */
    @ParameterizedTest
    @CsvSource({
        "TERMS, AGREEMENT",
        "CATEGORY, CATEGORY",
        "AGE, AGE",
        "BANNED, NO_RIGHT",
        "CLOSED, BRANCH_CLOSED",
        "SOMETHING NEW, NO_RIGHT"
    })
    void tellsWhyTheLibrarySystemLetsSomebodyNotIn(String why, Reason told) {
        List<CodedField> fields = new ArrayList<>(fields("19800101"));
        fields.add(new CodedField.Text("PA", "0"));
        fields.add(new CodedField.Text(NoEntry.FIELD, why));
        assertThat(decide(USUAL, answer(true, Optional.of(true), Set.of(), fields)))
                .isEqualTo(new Denied(told, Map.of()));
        fields.removeLast();
        fields.add(new CodedField.Text(NoEntry.FIELD, "CLOSED 07:00 22:00"));
        assertThat(decide(USUAL, answer(true, Optional.of(true), Set.of(), fields)))
                .isEqualTo(new Denied(Reason.BRANCH_CLOSED, Map.of("from", "7.00", "to", "22.00")));
    }

    private static Reason reason(PatronInformationResponse patron) {
        return decide(ALL, patron) instanceof Denied denied ? denied.reason() : Reason.BRANCH_CLOSED;
    }

    private static EntryDecision decide(AccessSettings.Rules rules, PatronInformationResponse patron) {
        return EntryPolicy.decide(LIETO, rules, patron, EVENING, UNLOCK);
    }

    private static PatronInformationResponse patron(String born, String expires) {
        return answer(
                true,
                Optional.of(true),
                Set.of(),
                List.of(new CodedField.Text("PB", born), new CodedField.Text("PX", expires)));
    }

    private static List<CodedField> fields(String born) {
        return List.of(new CodedField.Text("PB", born));
    }

    private static PatronInformationResponse answer(
            boolean known, Optional<Boolean> pin, Set<Flag> flags, List<CodedField> fields) {
        return new PatronInformationResponse(
                new PatronStatus(flags),
                "007",
                Timestamp.of(EVENING, GatewayClock.ZONE),
                Map.of(),
                "LIETO",
                "2000012395",
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(known),
                pin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                fields);
    }

    private static Branch branch(int from, int hours, int age) {
        return new Branch(
                "LIETO",
                "Lieto",
                "LIETO",
                "FI-Lieto",
                periods(from, hours, ServiceMode.SELF_SERVICE),
                List.of(),
                age,
                "02 000 0000");
    }

    private static List<OpeningPeriod> periods(int from, int hours, ServiceMode mode) {
        return Arrays.stream(DayOfWeek.values())
                .map(day -> new OpeningPeriod(day, LocalTime.of(from, 0), Duration.ofHours(hours), mode))
                .toList();
    }

    private static Instant local(String moment) {
        return LocalDateTime.parse(moment).atZone(GatewayClock.ZONE).toInstant();
    }
}
