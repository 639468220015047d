package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.SipServerStub;
import fi.kimppa.gateway.SipServerStub.Reply;
import fi.kimppa.gateway.circulation.JournalRow.State;
import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.database.TestPostgres.Database;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.PatronInformationResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two library systems in one consortium: Naantali runs a SIP2 server of its own, all others the embedded one. */
class ManySystemsTest {
    private static final String THEIRS = "9000000011";
    private static final String OURS = "3000000028";
    private static final String KNOWN = "1803000120261124    193000AB9000000011|AJMuumipappa|";
    private static final String LENT = "1804000120261124    193000AH20261222    235959|AB9000000011|AJMuumipappa|";
    private static final String UNKNOWN = "1801000120261124    193000AB9000000011|AJ|";
    private static final String TAKEN = "101YNN20261124    193000AONTL|AB9000000011|AQNTL|AJMuumipappa|";

    private static final String REFUSED =
            "100NUN20261124    193000AONTL|AB9000000011|AQNTL|AJMuumipappa|AFItem not checked out|";

    private static SipServerStub naantali;
    private static Database database;
    private static BackHalf house;
    private static Asking turku;

    @BeforeAll
    static void start() throws IOException {
        naantali = new SipServerStub();
        database = TestPostgres.demo(template -> BackHalf.on(template).close());
        try (BackHalf before = BackHalf.on(database)) {
            before.jdbc()
                    .sql("update municipalities set library_system = 'naapuri' where code = 'NAANTALI'")
                    .update();
        }
        house = BackHalf.on(database, settings());
        turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kimppa.deadlines.backend", "2s",
                "kimppa.backends.sip2.naapuri.address", naantali.address(),
                "kimppa.backends.sip2.naapuri.preset", "koha",
                "kimppa.backends.sip2.naapuri.answer", "1s",
                "kimppa.backends.sip2.naapuri.accounts.common.user", "kimppa",
                "kimppa.backends.sip2.naapuri.accounts.common.password", "secret",
                "kimppa.backends.sip2.naapuri.accounts.common.institution", "KIMPPA",
                "kimppa.backends.sip2.naapuri.accounts.NAANTALI.user", "kimppa-naantali",
                "kimppa.backends.sip2.naapuri.accounts.NAANTALI.password", "secret",
                "kimppa.backends.sip2.naapuri.accounts.NAANTALI.institution", "NTL"));
        settings.put("kimppa.deadlines.settle", "2500ms");
        return settings;
    }

    @AfterAll
    static void stop() throws IOException {
        house.close();
        naantali.close();
    }

    @BeforeEach
    void freshStart() {
        naantali.heard.clear();
        naantali.on("17", KNOWN).on("09", TAKEN).on("99", ONLINE);
        await(() -> theirs().probe());
        house.jdbc().sql("delete from journal").update();
        house.jdbc().sql("delete from journal_chain").update();
        house.jdbc().sql("delete from transits").update();
        house.jdbc().sql("delete from number_rules").update();
        house.jdbc().sql("delete from agreements").update();
        house.jdbc().sql("delete from border_loans").update();
        house.consortium().refresh();
        house.bean(Owners.class).forget();
        takesNobodysThings("");
    }

    private static final String ONLINE = "98YYYYYN10000320261124    1930002.00AO|BXYYYYYYYYYYYYYYYY|";

    private static LibrarySystem theirs() {
        return house.bean(LibrarySystems.class).named("naapuri").orElseThrow();
    }

    private CheckinResponse bringBack(Optional<String> properties) {
        return turku.send(turku.checkin(THEIRS, turku.tick(), false, properties));
    }

    @Test
    void aThingGoesBackToTheSystemOfWhoeverItsTagNames() {
        CheckinResponse answer = bringBack(Optional.of("owner=FI-Naantali"));

        assertThat(answer.ok()).isTrue();
        assertThat(answer.destinationLocation()).contains("NAANTALI");
        assertThat(answer.sortBin()).contains("3");
        assertThat(naantali.heard("17")).as("nobody had to be asked").isEmpty();
        assertThat(naantali.heard("09")).hasSize(1);
    }

    @Test
    void aThingGoesBackToTheSystemThatTheNumberRuleNames() {
        house.jdbc()
                .sql(
                        "insert into number_rules (numbers, pattern, municipality) values ('ITEM', '9#########', 'NAANTALI')")
                .update();
        house.consortium().refresh();

        assertThat(bringBack(Optional.empty()).ok()).isTrue();
        assertThat(naantali.heard("17")).isEmpty();
        assertThat(naantali.heard("09")).hasSize(1);
    }

    @Test
    void aThingOfWhichNothingTellsIsAskedForOnceAndRemembered() {
        assertThat(bringBack(Optional.empty()).ok()).isTrue();
        assertThat(bringBack(Optional.empty()).ok()).isTrue();
        assertThat(naantali.heard("17")).hasSize(1);
        assertThat(naantali.heard("09")).hasSize(2);
    }

    @Test
    void aThingThatNobodyHasIsRefusedByTheTerminalsOwnSystem() {
        naantali.on("17", UNKNOWN);
        assertThat(bringBack(Optional.empty()).ok()).isFalse();
        assertThat(naantali.heard("09")).isEmpty();
    }

    /** Koha-Suomi 3.16 gives out name, debts and things also with CQ N. */
    @Test
    void nothingOfAPatronLeavesForAWrongPinWhateverTheSystemSays() {
        house.jdbc()
                .sql(
                        "insert into number_rules (numbers, pattern, municipality) values ('CARD', '9#########', 'NAANTALI')")
                .update();
        house.consortium().refresh();
        naantali.on(
                "63",
                "64              00120261124    193000000000000001000000000000AONTL|AA9000012345|AEVirtanen, Aino|BLY|CQN"
                        + "|BV7.30|AU9000000011|BEaino@example.fi|AFHei, Aino|");

        PatronInformationResponse told = turku.who("9000012345", "0000");

        assertThat(told.validPatron()).contains(true);
        assertThat(told.validPatronPassword()).contains(false);
        assertThat(told.personalName()).isEmpty();
        assertThat(told.counts()).isEmpty();
        assertThat(told.items()).isEmpty();
        assertThat(told.feeAmount()).isEmpty();
        assertThat(told.emailAddress()).isEmpty();
        assertThat(told.screenMessages()).isNotEmpty().noneMatch(text -> text.contains("Aino"));
    }

    private static void takesNobodysThings(String wish) {
        assertThat(house.bean(Settings.class)
                        .change(
                                Scope.CONSORTIUM,
                                UnownedThings.KEY.name(),
                                Optional.of(wish).filter(text -> !text.isEmpty()),
                                "anna"))
                .isEmpty();
    }

    @Test
    void aThingThatEverySystemAskedSaysIsUnknownIsTakenWhereTheBranchSaysSo() {
        takesNobodysThings("take");
        naantali.on("17", UNKNOWN);

        CheckinResponse answer = bringBack(Optional.empty());

        assertThat(answer.ok()).isTrue();
        assertThat(answer.alertType()).contains(AlertType.OTHER);
        assertThat(answer.destinationLocation()).isEmpty();
        assertThat(naantali.heard("09")).isEmpty();
        assertThat(state(THEIRS)).isEqualTo(State.WITH_STAFF);
        assertThat(house.bean(StaffTasks.class).open())
                .singleElement()
                .satisfies(task -> assertThat(task.kind()).isEqualTo(StaffTasks.Kind.NO_OWNER));
    }

    @Test
    void aThingIsNotNobodysWhileOneSystemIsSilentAndIsPlacedOrWithStaffWhenItSpeaks() {
        takesNobodysThings("take");
        naantali.on("17", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.empty()).sortBin()).contains("9");
        assertThat(state(THEIRS)).isEqualTo(State.WAITING);

        naantali.on("17", UNKNOWN).on("99", ONLINE);
        await(() -> state(THEIRS) == State.WITH_STAFF);
        assertThat(house.bean(StaffTasks.class).open())
                .singleElement()
                .satisfies(task -> assertThat(task.kind()).isEqualTo(StaffTasks.Kind.NO_OWNER));
        assertThat(house.bean(DailyProof.class).days(LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 24)))
                .allSatisfy(day -> {
                    assertThat(day.missing()).isZero();
                    assertThat(day.waiting()).isZero();
                });
    }

    @Test
    void theSilenceOfOneSystemIsNothingToTheThingsOfTheOther() {
        naantali.on("09", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).sortBin()).contains("9");
        assertThat(theirs().speaking()).isFalse();

        assertThat(turku.bringBack(OURS).ok()).isTrue();
        assertThat(house.circulation().online()).isTrue();
        assertThat(state(THEIRS)).isEqualTo(State.WAITING);

        naantali.on("09", TAKEN).on("99", ONLINE);
        await(() -> state(THEIRS) == State.SETTLED);
        assertThat(naantali.heard("09")).last().asString().startsWith("09Y");
    }

    /** Koha refuses the second copy of a return that has arrived. */
    @Test
    void aReturnThatHadArrivedIsDoneAlthoughItsSecondCopyIsRefused() {
        naantali.on("09", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).ok()).isTrue();
        assertThat(state(THEIRS)).isEqualTo(State.WAITING);

        naantali.on("09", REFUSED);
        await(() -> state(THEIRS) != State.WAITING);
        assertThat(state(THEIRS)).isEqualTo(State.SETTLED);
        assertThat(house.value(Boolean.class, "select ok from journal")).isTrue();
        assertThat(house.bean(StaffTasks.class).open()).isEmpty();
    }

    @Test
    void aMachineThatRepeatsAReturnHearsYesAlthoughItsSecondCopyIsRefused() {
        naantali.on("09", TAKEN);
        String line = "09N20261124    19400020261124    194000APTURKU|AOTURKU|AB" + THEIRS + "|AC|CHowner=FI-Naantali|";
        assertThat(turku.hear(line)).startsWith("101");
        house.jdbc()
                .sql("update journal set state = 'OPEN', ok = null, response = null, settled_at = null, gateway = 1")
                .update();

        naantali.on("09", REFUSED);
        assertThat(turku.hear(line)).startsWith("101").contains("CTNAANTALI|").doesNotContain("not checked out");
        assertThat(state(THEIRS)).isEqualTo(State.SETTLED);
    }

    /** SIP2 2.00, circulation status: 05 may not be recalled yet and 07 is recalled, both from who has it; 01, 11 and 12 may be on loan. */
    @ParameterizedTest
    @ValueSource(strings = {"01", "04", "05", "07", "11", "12"})
    void aReturnThatHadNotArrivedAndIsRefusedIsATask(String status) {
        naantali.on("09", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).ok()).isTrue();

        naantali.on("09", REFUSED).on("17", LENT.replaceFirst("1804", "18" + status));
        await(() -> state(THEIRS) == State.WITH_STAFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "05", "07", "12"})
    void aLoanWhoseAnswerWasLostIsALoanHoweverTheSystemCallsIt(String status) {
        naantali.on("11", new Reply.HangUp())
                .on(
                        "63",
                        "64              00120261124    193000000000000001000000000000AONTL|AA9900000001|AEAino|BLY|CQY|AU"
                                + THEIRS + "|")
                .on("17", LENT.replaceFirst("1804", "18" + status));

        turku.say("11NN{now}{now}AOTURKU|AA9900000001|AB" + THEIRS + "|AC|");

        await(() -> state(THEIRS) == State.SETTLED);
        assertThat(house.value(Boolean.class, "select ok from journal")).isTrue();
        assertThat(naantali.heard("11")).hasSize(1);
    }

    private static String titles(String title) {
        return "64              00120261124    193000000000000001000000000000AONTL|AA9900000001|AEAino|BLY|CQY|AU"
                + title + "|";
    }

    /** Evergreen lists titles unless it is told otherwise. */
    @ParameterizedTest
    @CsvSource({"04, MUUMIPAPPA :, true", "03, MUUMIPAPPA :, false", "04, Muumipappa ja meri, false"})
    void aLoanWhoseAnswerWasLostIsFoundByItsTitleWhereTheSystemListsTitles(String status, String title, boolean lent) {
        naantali.on("11", new Reply.HangUp())
                .on("63", titles(title))
                .on("17", LENT.replaceFirst("1804", "18" + status));

        turku.say("11NN{now}{now}AOTURKU|AA9900000001|AB" + THEIRS + "|AC|");

        await(() -> state(THEIRS) == State.SETTLED);
        assertThat(house.value(Boolean.class, "select ok from journal")).isEqualTo(lent);
        assertThat(naantali.heard("11")).hasSize(1);
    }

    /** It is on loan to somebody else, and the patron has another copy. */
    @Test
    void aLoanMadeOffLineThatIsRefusedIsATaskThoughItsTitleIsOnTheCard() {
        naantali.on("11", new Reply.HangUp()).on("99", new Reply.HangUp());
        turku.say("11NY{now}{now}AOTURKU|AA9900000001|AB" + THEIRS + "|AC|");
        assertThat(state(THEIRS)).isEqualTo(State.WAITING);

        naantali.on("63", titles("another title"))
                .on("17", LENT)
                .on("11", new Reply.Worked(_ -> {
                    naantali.on("63", titles("Muumipappa"));
                    return "120NUN20261124    193000AONTL|AA9900000001|AB9000000011|AJMuumipappa|AH|AFChecked out to another|";
                }))
                .on("99", ONLINE);
        await(() -> state(THEIRS) != State.WAITING);
        assertThat(state(THEIRS)).isEqualTo(State.WITH_STAFF);
    }

    /**
     * Koha tells in BV only what keeps a patron from borrowing (C4/SIP/ILS/Patron.pm): the same as before says nothing of a fee for a hold. Where
     * nothing is owed, many leave it out.
     */
    @ParameterizedTest
    @CsvSource({"0001, BV2.00|, BV2.00|, WITH_STAFF", "0001, BV2.00|, '', SETTLED", "0003, BV5.00|, BV3.00|, SETTLED"})
    void aPaymentWhoseAnswerWasLostIsNotHeldToBeUnpaidByWhatKohaSays(
            String fines, String before, String after, State state) {
        house.jdbc()
                .sql(
                        "insert into number_rules (numbers, pattern, municipality) values ('CARD', '9#########', 'NAANTALI')")
                .update();
        house.consortium().refresh();
        naantali.on("37", new Reply.HangUp())
                .on("23", "24              00120261124    193000AONTL|AA9000012345|AEAino|BLY|CQY|")
                .on(
                        "63",
                        new Reply.Worked(_ -> "64              00120261124    193000000000000000"
                                + (naantali.heard("37").isEmpty() || !after.isEmpty() ? fines : "0000")
                                + "00000000AONTL|AA9000012345|AEAino|BLY|CQY|BHEUR|"
                                + (naantali.heard("37").isEmpty() ? before : after)));

        turku.say("37{now}0100EURBV2.00|AOTURKU|AA9000012345|AC|AD1234|BKpay-1|");

        await(() -> house.value(String.class, "select state from journal where command = '37'")
                .equals(state.name()));
        if (state == State.SETTLED) {
            assertThat(house.value(Boolean.class, "select ok from journal where command = '37'"))
                    .isTrue();
        }
        assertThat(naantali.heard("37")).hasSize(1);
    }

    /** What has piled up for one is done one after the other and takes its time. */
    @Test
    void whatWaitsForOneSystemKeepsNoOtherOffLine() {
        naantali.on("09", new Reply.HangUp()).on("99", new Reply.HangUp());
        for (int number = 0; number < 30; number++) {
            turku.send(turku.checkin(
                    Integer.toString(900_000_100 + number) + "0",
                    turku.tick(),
                    false,
                    Optional.of("owner=FI-Naantali")));
        }
        naantali.on("09", new Reply.Worked(request -> {
                    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                    return TAKEN;
                }))
                .on("99", ONLINE);
        await(() -> naantali.heard("09Y").size() > 1);
        LibrarySystem ours = house.bean(LibrarySystems.class).named("embedded").orElseThrow();
        await(() -> {
            ours.call(backend -> {
                throw new BackendSilentException("embedded: for a moment", true, new IOException("cut"));
            });
            return !ours.speaking();
        });

        await(ours::speaking);

        assertThat(house.value(Long.class, "select count(*) from journal where state = 'WAITING'"))
                .isPositive();
    }

    @Test
    void aReturnOfBeforeARestoreIsDoneOnlyIfItsThingIsNotOnLoan() {
        naantali.on("09", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).ok()).isTrue();
        house.jdbc().sql("update journal set restored = true").update();

        naantali.on("17", LENT).on("09", TAKEN).on("99", ONLINE);
        await(() -> state(THEIRS) == State.WITH_STAFF);
        assertThat(naantali.heard("09")).as("since the restore").noneMatch(line -> line.startsWith("09Y"));

        house.jdbc()
                .sql("update journal set state = 'WAITING', restored = true")
                .update();
        naantali.on("17", KNOWN);
        await(() -> state(THEIRS) == State.SETTLED);
        assertThat(naantali.heard("09")).last().asString().startsWith("09Y");
    }

    /** What was on loan before cannot be told from what the same patron lends then, so the return comes first. */
    @Test
    void aLoanIsNotSentWhileAReturnOfTheSameThingWaits() {
        naantali.on("09", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).ok()).isTrue();
        naantali.on("99", ONLINE);
        await(() -> theirs().probe());

        assertThat(turku.say("11NN{now}{now}AOTURKU|AA9900000001|AB" + THEIRS + "|AC|"))
                .startsWith("120");
        assertThat(naantali.heard("11")).isEmpty();

        naantali.on("09", TAKEN);
        await(() -> house.value(Long.class, "select count(*) from journal where state <> 'SETTLED'") == 0);
    }

    /** A gateway was killed at a loan that came after the return. The patron had the thing before, too. */
    @Test
    void aLoanThatWasNotSentIsNotTakenForTheOneBefore() {
        naantali.on("09", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).ok()).isTrue();
        house.jdbc()
                .sql("""
                        insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code, institution_id,
                                             card, item, transaction_date, no_block, cancel, fee_acknowledged, detail, request,
                                             opened_at)
                        select 0, backend, '11', 'OPEN', terminal, terminal_kind, branch_code, institution_id, '9900000001', item,
                               '20261124    193100', false, false, false, '', :request, opened_at
                          from journal
                        """)
                .param("request", "11NN20261124    19310020261124    193100AOTURKU|AA9900000001|AB" + THEIRS + "|AC|")
                .update();

        naantali.on(
                        "63",
                        "64              00120261124    193000000000000001000000000000AONTL|AA9900000001|AEAino|BLY|CQY|AU"
                                + THEIRS + "|")
                .on("17", LENT)
                .on("09", TAKEN)
                .on("99", ONLINE);
        await(() -> house.value(Long.class, "select count(*) from journal where state <> 'SETTLED'") == 0);
        assertThat(house.value(Boolean.class, "select ok from journal where command = '11'"))
                .isFalse();
        assertThat(naantali.heard("09")).last().asString().startsWith("09Y");
    }

    /** A loan came in the moment in which nobody knew yet what had become of the return, and its gateway was killed. */
    @Test
    void aReturnIsNotHistoryWhileNobodyKnowsWhatBecameOfTheLoanAfterIt() {
        naantali.on("09", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.of("owner=FI-Naantali")).ok()).isTrue();
        house.jdbc()
                .sql("""
                        insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code, institution_id,
                                             card, item, transaction_date, no_block, cancel, fee_acknowledged, detail, request,
                                             opened_at, heard_at)
                        select 0, backend, '11', 'OPEN', terminal, terminal_kind, branch_code, institution_id, '9900000001', item,
                               '20261124    193100', false, false, false, '', :request, opened_at, moved_at
                          from journal
                        """)
                .param("request", "11NN20261124    19310020261124    193100AOTURKU|AA9900000001|AB" + THEIRS + "|AC|")
                .update();

        naantali.on(
                        "63",
                        "64              00120261124    193000000000000000000000000000AONTL|AA9900000001|AEAino|BLY|CQY|")
                .on("09", TAKEN)
                .on("99", ONLINE);
        await(() -> house.value(Long.class, "select count(*) from journal where state <> 'SETTLED'") == 0);
        assertThat(house.value(Boolean.class, "select ok from journal where command = '11'"))
                .isFalse();
        assertThat(naantali.heard("09")).last().asString().startsWith("09Y");
    }

    private static String agreed(String sentence) {
        return "120NUN[0-9 ]{18}AOTURKU\\|AA2000012345\\|AB90000000(11|22)\\|.*AF" + sentence + ".*";
    }

    /** The library system elsewhere knows nothing of what the consortium has agreed with a partner. */
    @Test
    void theLimitsOfAPartnerHoldBeforeALibrarySystemElsewhereIsAsked() {
        house.jdbc().sql("""
                        insert into number_rules (numbers, pattern, municipality)
                        values ('ITEM', '9#########', 'NAANTALI'), ('CARD', '2#########', 'TURKU')
                        """).update();
        house.jdbc()
                .sql("insert into agreements (municipality, most_loans, holds) values ('NAANTALI', 1, false)")
                .update();
        house.consortium().refresh();
        naantali.on(
                "11",
                new Reply.Worked(request -> "121NNY20261124    193000AONTL|AA2000012345|AB"
                        + ((Checkout) request).itemIdentifier() + "|AJMuumipappa|AH20261222    235959|"));
        String first = "11NN{now}{now}AOTURKU|AA2000012345|AB9000000011|AC|";
        String second = first.replace("9000000011", "9000000022");

        assertThat(turku.say(first)).startsWith("121");
        assertThat(turku.say(second)).matches(agreed("Sopimuksen mukaisia lainoja"));
        assertThat(naantali.heard("11")).hasSize(1);
        assertThat(house.value(String.class, "select border_loans::text from border_loans"))
                .doesNotContain("2000012345");

        assertThat(bringBack(Optional.empty()).ok()).isTrue();
        assertThat(turku.say(second)).startsWith("121");
        house.jdbc()
                .sql("update agreements set valid_until = date '2026-11-23'")
                .update();
        house.consortium().refresh();
        assertThat(turku.say(first)).matches(agreed("Sopimus ei ole voimassa"));
        assertThat(turku.say("29NN{now}{now}AOTURKU|AA2000012345|AB9000000022|"))
                .startsWith("300")
                .contains("Sopimus ei ole voimassa");
        assertThat(naantali.heard("11")).hasSize(2);
        assertThat(naantali.heard("29")).isEmpty();
    }

    @Test
    void aReturnIsKeptAlthoughNobodyCanSayYetWhoseItIs() {
        naantali.on("17", new Reply.HangUp()).on("99", new Reply.HangUp());
        assertThat(bringBack(Optional.empty()).ok()).isTrue();
        assertThat(house.value(Boolean.class, "select backend is null from journal"))
                .isTrue();

        naantali.on("17", KNOWN).on("99", ONLINE);
        await(() -> state(THEIRS) == State.SETTLED);
        assertThat(house.value(String.class, "select backend from journal")).isEqualTo("naapuri");
        assertThat(naantali.heard("09")).hasSize(1);
    }

    @Test
    void aCardIsAskedForWhereItIsKnown() {
        naantali.on("23", "24              00120261124    193000AONTL|AA9900000001|AEX|BLY|CQY|");
        naantali.on(
                "63",
                "64              00120261124    193000000000000001000000000000AONTL|AA9900000001|AEAino|BLY|CQY|");
        assertThat(turku.who("9900000001", "1234").personalName()).isEqualTo("Aino");
        assertThat(turku.who("2000012345", "1234").validPatron()).contains(true);
        assertThat(naantali.heard("63")).hasSize(1);
    }

    @Test
    void doesNotStartWhereAMunicipalityNamesASystemThatNobodyHasConfigured() {
        assertThatThrownBy(() -> BackHalf.on(database))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContainingAll("NAANTALI", "naapuri", "embedded");
    }

    private static State state(String item) {
        List<String> states = house.jdbc()
                .sql("select state from journal where item = :item")
                .param("item", item)
                .query((row, _) -> row.getString(1))
                .list();
        assertThat(states).hasSize(1);
        return State.valueOf(states.getFirst());
    }
}
