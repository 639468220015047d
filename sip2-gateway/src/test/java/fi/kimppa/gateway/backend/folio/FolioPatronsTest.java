package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.EERO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.MUUMI;
import static fi.kimppa.gateway.backend.folio.FolioHouse.NOW;
import static fi.kimppa.gateway.backend.folio.FolioHouse.PIN;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static fi.kimppa.gateway.backend.folio.FolioHouse.ask;
import static fi.kimppa.gateway.backend.folio.FolioHouse.lend;
import static fi.kimppa.gateway.backend.folio.FolioHouse.who;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioHouse.Wish;
import fi.kimppa.gateway.backend.folio.FolioSettings.PinCheck;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.WireProfile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** 63, 23, 01, 25 and 35. */
class FolioPatronsTest {
    private static final String VERIFY = "POST /patron-pin/verify";

    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @AfterEach
    void close() {
        house.close();
    }

    private static PatronInformationResponse list(FolioBackend backend, ItemList list) {
        return backend.patronInformation(who(AINO, PIN, ItemList.summary(Optional.of(list))), BackHalf.TURKU);
    }

    // ---- the PIN -----------------------------------------------------------------------------------------

    @Test
    void asksForNoPinThatNobodyWasAskedFor() {
        FolioBackend backend = house.backend();
        assertThat(ask(backend, AINO, "").validPatronPassword()).isEmpty();
        assertThat(backend.patronInformation(
                                (PatronInformation) Asking.request(
                                        "63001" + NOW + " ".repeat(10) + "AOTURKU|AA" + AINO + "|AC|AD|"),
                                BackHalf.TURKU)
                        .validPatronPassword())
                .isEmpty();
        assertThat(stub.count(VERIFY)).isZero();
    }

    @Test
    void tellsTheAddressForMailToTheGatewayWhichAsksWithoutAPin() {
        FolioBackend backend = house.backend();
        assertThat(ask(backend, AINO, "").emailAddress()).contains("laine@example.fi");
        assertThat(ask(backend, AINO, PIN))
                .satisfies(answer -> assertThat(answer.identified()).isTrue())
                .satisfies(answer -> assertThat(answer.emailAddress()).isEmpty());
    }

    private static String onTheWire(PatronInformationResponse answer) {
        return new String(new FrameCodec(WireProfile.DEFAULT).encode(answer.toFrame(), false), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPinGetsNoPatronData(PinCheck kind) {
        stub.state.account(AINO, "1", "2.50");
        FolioBackend backend = house.backend(Wish.USUAL.pin(kind));
        lend(backend, AINO, SINUHE);
        PatronInformationResponse answer = backend.patronInformation(
                who(AINO, "0000", ItemList.summary(Optional.of(ItemList.CHARGED))), BackHalf.TURKU);
        assertThat(answer.validPatron()).contains(true);
        assertThat(answer.validPatronPassword()).contains(false);
        assertThat(onTheWire(answer)).contains(AINO).doesNotContain("Laine", SINUHE, "2.50");
        assertThat(answer.counts()).isEmpty();
        assertThat(stub.count("GET /accounts")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aRightPinGetsThePatron(PinCheck kind) {
        FolioBackend backend = house.backend(Wish.USUAL.pin(kind));
        assertThat(ask(backend, AINO, PIN))
                .satisfies(answer -> assertThat(answer.identified()).isTrue())
                .satisfies(answer -> assertThat(answer.personalName()).isEqualTo("Aino Laine"))
                .satisfies(answer -> assertThat(answer.extras()).contains(new CodedField.Text("PB", "19900517")));
        assertThat(stub.logins).as("logged in as the service account").hasValue(1);
    }

    @Test
    void refusesAChangeWithAWrongPin() {
        Checkout out = (Checkout)
                Asking.request("11NN" + NOW + " ".repeat(18) + "AOTURKU|AA" + AINO + "|AB" + SINUHE + "|AC|AD0000|");
        assertThat(house.backend().checkout(out, BackHalf.TURKU).ok()).isFalse();
        assertThat(stub.count(FolioHouse.OUT)).isZero();
    }

    @Test
    void asksForARightPinOnceForAPileOfBooks() {
        FolioBackend backend = house.backend();
        ask(backend, AINO, PIN);
        ask(backend, AINO, PIN);
        assertThat(stub.count(VERIFY)).isEqualTo(1);
        backend.forget(BackHalf.TURKU);
        ask(backend, AINO, PIN);
        assertThat(stub.count(VERIFY)).isEqualTo(2);
    }

    // ---- who it is ---------------------------------------------------------------------------------------

    @Test
    void letsNoCardNumberWidenTheQuery() {
        FolioBackend backend = house.backend();
        for (String card : List.of("*", "20000?2345", "\" or barcode=\"*", AINO + "\" or cql.allRecords=\"1", "\\")) {
            assertThat(ask(backend, card, PIN).validPatron()).as(card).contains(false);
        }
    }

    @Test
    void servesNobodyWhoseCardBelongsToTwo() {
        stub.state.user(AINO, "Somebody", "Else", PIN);
        FolioBackend backend = house.backend();
        assertThat(ask(backend, AINO, PIN))
                .satisfies(answer -> assertThat(answer.validPatron()).contains(false))
                .satisfies(answer -> assertThat(answer.personalName()).isEmpty());
        assertThat(lend(backend, AINO, SINUHE).ok()).isFalse();
        assertThat(stub.count(FolioHouse.OUT)).isZero();
    }

    @Test
    void knowsAnExpiredCardAndDeniesItEverything() {
        stub.state
                .one("users", user -> user.path("barcode").asString().equals(AINO))
                .orElseThrow()
                .put("expirationDate", "2026-11-01T00:00:00.000+00:00");
        assertThat(ask(house.backend(), AINO, PIN))
                .satisfies(answer -> assertThat(answer.validPatron()).contains(true))
                .satisfies(answer -> assertThat(answer.patronStatus()).isEqualTo(PatronStatus.UNKNOWN_CARD))
                .satisfies(answer ->
                        assertThat(answer.screenMessages()).containsExactly("The card has expired. Ask the staff."));
    }

    // ---- how it stands -----------------------------------------------------------------------------------

    @Test
    void countsAndListsWhatThePatronHasWaitsForAndOwes() {
        FolioBackend backend = house.backend();
        stub.state.item("3000000035", "Kalevala", "tku");
        lend(backend, AINO, SINUHE);
        lend(backend, AINO, MUUMI);
        stub.state.openLoan(MUUMI).orElseThrow().put("dueDate", "2026-11-20T21:59:59.000+00:00");
        stub.state.openLoan(MUUMI).orElseThrow().put("dueDateChangedByRecall", true);
        lend(backend, EERO, "3000000035");
        stub.state.request(AINO, "3000000035", "Hold", "Title", "tku");
        stub.state.account(AINO, "1", "2.50").put("barcode", SINUHE);
        stub.state.account(AINO, "2", "0.40");
        PatronInformationResponse answer = list(backend, ItemList.CHARGED);
        assertThat(answer.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        ItemList.HOLD, 0,
                        ItemList.OVERDUE, 1,
                        ItemList.CHARGED, 2,
                        ItemList.FINE, 2,
                        ItemList.RECALL, 1,
                        ItemList.UNAVAILABLE_HOLDS, 1));
        assertThat(answer.items()).isEqualTo(Map.of(ItemList.CHARGED, List.of(SINUHE, MUUMI)));
        assertThat(answer.feeAmount()).contains(new BigDecimal("2.90"));
        assertThat(list(backend, ItemList.OVERDUE).items()).isEqualTo(Map.of(ItemList.OVERDUE, List.of(MUUMI)));
        assertThat(list(backend, ItemList.FINE).items())
                .isEqualTo(Map.of(ItemList.FINE, List.of(SINUHE + " 2.50", "Overdue fine 0.40")));
        assertThat(list(backend, ItemList.UNAVAILABLE_HOLDS).items())
                .isEqualTo(Map.of(ItemList.UNAVAILABLE_HOLDS, List.of("Kalevala")));
        FolioHouse.bringBack(backend, "3000000035");
        assertThat(list(backend, ItemList.HOLD).items())
                .as("caught: now it is this very copy")
                .isEqualTo(Map.of(ItemList.HOLD, List.of("3000000035")));
    }

    @Test
    void listsFeesAsFoliosOwnBridgeDoes() {
        stub.state.account(AINO, "1", "2.50").put("barcode", SINUHE).put("dateCreated", "2026-11-01T10:00:00.000+0000");
        PatronInformationResponse answer =
                house.backend().patronInformation(who(AINO, PIN, "      Y   "), BackHalf.TURKU);
        assertThat(answer.extras())
                .extracting(Object::toString)
                .contains("CG" + FolioState.id("account 1"), "FA2.50", "FB" + SINUHE, "FC2026-11-01", "FFOverdue fine");
    }

    @Test
    void deniesWhatAutomatedAndManualBlocksDenyTogether() {
        ObjectNode automated = JsonMapper.builder().build().createObjectNode();
        automated
                .putArray("automatedPatronBlocks")
                .addObject()
                .put("patronBlockConditionId", "3d7c52dc-c732-4223-8bf8-e5917801386f")
                .put("blockBorrowing", true)
                .put("blockRenewals", false);
        stub.state.automatedBlocks.put(FolioState.id("user " + AINO), automated);
        stub.state
                .add("manualblocks", FolioState.id("block"))
                .put("userId", FolioState.id("user " + AINO))
                .put("requests", true);
        stub.state
                .add("manualblocks", FolioState.id("old"))
                .put("userId", FolioState.id("user " + AINO))
                .put("renewals", true)
                .put("expirationDate", "2026-11-01T00:00:00Z");
        PatronStatusRequest question =
                (PatronStatusRequest) Asking.request("23001" + NOW + "AOTURKU|AA" + AINO + "|AC|AD" + PIN + "|");
        assertThat(house.backend().patronStatus(question, BackHalf.TURKU))
                .satisfies(answer -> assertThat(answer.patronStatus().flags())
                        .containsExactlyInAnyOrder(
                                Flag.CHARGE_PRIVILEGES_DENIED,
                                Flag.HOLD_PRIVILEGES_DENIED,
                                Flag.RECALL_PRIVILEGES_DENIED,
                                Flag.TOO_MANY_ITEMS_CHARGED))
                .satisfies(answer -> assertThat(answer.screenMessages())
                        .containsExactly("A limit on your card is reached. Ask the staff."));
    }

    // ---- 01, 25, 35 --------------------------------------------------------------------------------------

    @Test
    void blocksAndEnablesNoCardUnlessTheLibrarySaysSo() {
        assertThat(house.backend(Wish.USUAL.blocks(false)).serves())
                .doesNotContain(MessageType.BLOCK_PATRON, MessageType.PATRON_ENABLE, MessageType.ITEM_STATUS_UPDATE);
    }

    @Test
    void blocksACardOnceAndEnablesItAgainAndLeavesBlocksOfOthersAlone() {
        FolioBackend backend = house.backend();
        BlockPatron block = (BlockPatron) Asking.request("01N" + NOW + "AOTURKU|ALfound|AA" + AINO + "|AC|");
        assertThat(backend.blockPatron(block, BackHalf.TURKU).validPatron()).contains(true);
        assertThat(backend.blockPatron(block, BackHalf.TURKU).validPatron()).contains(true);
        assertThat(stub.state.all("manualblocks")).hasSize(1);
        stub.state
                .add("manualblocks", FolioState.id("theirs"))
                .put("userId", FolioState.id("user " + AINO))
                .put("desc", "Lost keys")
                .put("renewals", true);
        assertThat(ask(backend, AINO, "").patronStatus().flags()).containsAll(PatronStatus.UNKNOWN_CARD.flags());
        PatronEnable enable = (PatronEnable) Asking.request("25" + NOW + "AOTURKU|AA" + AINO + "|AC|AD" + PIN + "|");
        assertThat(backend.patronEnable(enable, BackHalf.TURKU).patronStatus().flags())
                .containsExactly(Flag.RENEWAL_PRIVILEGES_DENIED);
        assertThat(stub.state.all("manualblocks")).hasSize(1);
    }

    @Test
    void endsThePatronsVisitSoThatNoticesGoOutAndForgetsThePin() {
        FolioBackend backend = house.backend();
        ask(backend, AINO, PIN);
        house.clock.pass(Duration.ofSeconds(30));
        EndPatronSession end = (EndPatronSession) Asking.request("35" + NOW + "AOTURKU|AA" + AINO + "|");
        assertThat(backend.endPatronSession(end, BackHalf.TURKU).endSession()).isTrue();
        assertThat(stub.last("POST /circulation/end-patron-action-session")
                        .body()
                        .path("endSessions")
                        .valueStream()
                        .map(session -> session.path("actionType").asString()))
                .containsExactly("Check-out", "Check-in");
        ask(backend, AINO, PIN);
        assertThat(stub.count(VERIFY)).isEqualTo(2);
    }
}
