package fi.kimppa.gateway.backend.folio;

import static fi.kimppa.gateway.backend.folio.FolioHouse.AINO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.EERO;
import static fi.kimppa.gateway.backend.folio.FolioHouse.MUUMI;
import static fi.kimppa.gateway.backend.folio.FolioHouse.NOW;
import static fi.kimppa.gateway.backend.folio.FolioHouse.SINUHE;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.folio.FolioHouse.Wish;
import fi.kimppa.gateway.backend.folio.FolioSettings.Holds;
import fi.kimppa.gateway.backend.folio.FolioSettings.Level;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** 15: placing, changing and cancelling. */
class FolioHoldsTest {
    private static final String PLACE = "POST /circulation/requests";
    private static final String SINUHE_TITLE = FolioState.id("instance Sinuhe");

    private final FolioHouse house = new FolioHouse();
    private final FolioStub stub = house.stub;

    @AfterEach
    void close() {
        house.close();
    }

    private static HoldResponse say(FolioBackend backend, String mode, String rest) {
        return backend.hold(
                (Hold) Asking.request("15" + mode + NOW + rest + "AOTURKU|AA" + AINO + "|"), BackHalf.TURKU);
    }

    /** What FOLIO lets this patron ask for, by type of request, and where it may be picked up. */
    private void allow(String of, Map<String, String> pickupByType) {
        ObjectNode allowed = JsonMapper.builder().build().createObjectNode();
        pickupByType.forEach((type, code) -> allowed.putArray(type).addObject().put("id", FolioState.id(code)));
        stub.state.allowed.put(of, allowed);
    }

    private FolioBackend itemLevel() {
        return house.backend(Wish.USUAL.holds(new Holds(Level.ITEM, false, null)));
    }

    @Test
    void pagesATitleFromTheShelfWhereFolioLetsItAndElseQueuesForIt() {
        FolioBackend backend = house.backend();
        allow(SINUHE_TITLE, Map.of("Page", "tku", "Hold", "tku"));
        assertThat(say(backend, "+", "AB" + SINUHE + "|"))
                .satisfies(placed -> assertThat(placed.ok()).isTrue())
                .satisfies(placed -> assertThat(placed.available()).isTrue())
                .satisfies(placed -> assertThat(placed.titleIdentifier()).contains("Sinuhe"))
                .satisfies(placed -> assertThat(placed.queuePosition()).contains("3"))
                .satisfies(placed ->
                        assertThat(placed.screenMessages()).containsExactly("Varattu. Nouto: Turku main library."));
        assertThat(stub.last(PLACE))
                .satisfies(body -> assertThat(body.text("requestType")).isEqualTo("Page"))
                .satisfies(body -> assertThat(body.text("requestLevel")).isEqualTo("Title"))
                .satisfies(body -> assertThat(body.has("itemId")).isFalse())
                .satisfies(body -> assertThat(body.text("pickupServicePointId")).isEqualTo(FolioState.id("tku")));
        allow(FolioState.id("instance Muumipappa"), Map.of("Hold", "lie"));
        assertThat(say(backend, "+", "BSLIETO|AB" + MUUMI + "|").available()).isFalse();
        assertThat(stub.last(PLACE).body().path("requestType").asString()).isEqualTo("Hold");
    }

    @Test
    void asksForTheVeryItemAtItemLevel() {
        allow(FolioState.id("item " + SINUHE), Map.of("Hold", "tku"));
        assertThat(say(itemLevel(), "+", "AB" + SINUHE + "|").ok()).isTrue();
        assertThat(stub.last(PLACE))
                .satisfies(body -> assertThat(body.text("requestLevel")).isEqualTo("Item"))
                .satisfies(body -> assertThat(body.text("itemId")).isEqualTo(FolioState.id("item " + SINUHE)))
                .satisfies(
                        body -> assertThat(body.text("holdingsRecordId")).isEqualTo(FolioState.id("holdings Sinuhe")));
    }

    @Test
    void findsATitleByItsUuidAndByItsHumanReadableId() {
        FolioBackend backend = house.backend();
        allow(SINUHE_TITLE, Map.of("Page", "tku"));
        allow(FolioState.id("instance Muumipappa"), Map.of("Page", "tku"));
        assertThat(say(backend, "+", "AJ" + SINUHE_TITLE + "|").titleIdentifier())
                .contains("Sinuhe");
        assertThat(say(backend, "+", "AJin2|").titleIdentifier()).contains("Muumipappa");
        assertThat(say(backend, "+", "AJ" + FolioState.id("nothing") + "|").screenMessages())
                .containsExactly("Teosta ei löydy. Kysy henkilökunnalta.");
        assertThat(say(backend, "+", "AJ*|").ok()).isFalse();
    }

    @Test
    void recallsNothingUnlessTheLibrarySaysSo() {
        allow(SINUHE_TITLE, Map.of("Recall", "tku"));
        assertThat(say(house.backend(), "+", "AB" + SINUHE + "|").screenMessages())
                .containsExactly("Tätä ei voi varata.");
        FolioBackend recalling = house.backend(Wish.USUAL.holds(new Holds(Level.TITLE, true, null)));
        assertThat(say(recalling, "+", "AB" + SINUHE + "|").ok()).isTrue();
        assertThat(stub.last(PLACE).body().path("requestType").asString()).isEqualTo("Recall");
    }

    @Test
    void sendsNobodyToAPlaceThatFolioOrTheConsortiumDoesNotKnow() {
        FolioBackend backend = house.backend();
        allow(SINUHE_TITLE, Map.of("Page", "lie"));
        for (String place : new String[] {"", "BSNOWHERE|", "BScommon|"}) {
            assertThat(say(backend, "+", place + "AB" + SINUHE + "|").screenMessages())
                    .as(place)
                    .containsExactly("Noutopaikkaa ei tunneta.");
        }
        assertThat(stub.count(PLACE)).isZero();
    }

    @Test
    void saysThatAHoldStandsAlready() {
        FolioBackend backend = house.backend();
        allow(SINUHE_TITLE, Map.of("Page", "tku"));
        say(backend, "+", "AB" + SINUHE + "|");
        assertThat(say(backend, "+", "AB" + SINUHE + "|").screenMessages())
                .containsExactly("Sinulla on jo varaus tästä.");
    }

    @Test
    void cancelsByItemOrByTheTitlesWordsUnderTheLibrarysReason() {
        FolioBackend backend = house.backend();
        stub.state.request(AINO, SINUHE, "Hold", "Title", "tku");
        stub.state.request(AINO, MUUMI, "Hold", "Item", "tku");
        stub.state.request(EERO, SINUHE, "Hold", "Title", "tku");
        assertThat(say(backend, "-", "AJSinuhe|").ok()).isTrue();
        assertThat(say(backend, "-", "AB" + MUUMI + "|").ok()).isTrue();
        assertThat(stub.state.all("requests"))
                .extracting(request -> request.path("status").asString())
                .containsExactly("Closed - Cancelled", "Closed - Cancelled", "Open - Not yet filled");
        ObjectNode cancelled = stub.state.all("requests").getFirst();
        assertThat(cancelled.path("cancellationReasonId").asString()).isEqualTo(FolioState.id("reason"));
        assertThat(cancelled.path("cancelledByUserId").asString()).isEqualTo(FolioState.id("user " + AINO));
        assertThat(say(backend, "-", "AJSinuhe|").screenMessages()).containsExactly("Sinulla ei ole varausta tästä.");
    }

    @Test
    void cancelsATitleByAnyOfItsItems() {
        stub.state.item("3000000066", "Sinuhe", "tku");
        stub.state.request(AINO, SINUHE, "Hold", "Title", "tku").remove("item");
        assertThat(say(house.backend(), "-", "AB3000000066|").ok()).isTrue();
    }

    @Test
    void cancelsNothingWithoutAReason() {
        stub.state.request(AINO, SINUHE, "Hold", "Item", "tku");
        assertThat(say(itemLevel(), "-", "AB" + SINUHE + "|").screenMessages())
                .containsExactly("Varausta ei voi poistaa täällä. Kysy henkilökunnalta.");
        assertThat(stub.heard).noneMatch(heard -> heard.call().startsWith("PUT"));
    }

    @Test
    void movesAHoldThatWaitsAndKeepsTheRestOfItsRecord() {
        FolioBackend backend = house.backend();
        ObjectNode own = stub.state.request(AINO, SINUHE, "Hold", "Item", "tku").put("patronComments", "large print");
        assertThat(say(backend, "*", "BW20270101    000000|BSLIETO|AB" + SINUHE + "|")
                        .screenMessages())
                .containsExactly("Varaus on muutettu. Nouto: Lieto library.");
        assertThat(own.path("pickupServicePointId").asString()).isEqualTo(FolioState.id("lie"));
        assertThat(own.path("requestExpirationDate").asString()).isEqualTo("2026-12-31T22:00:00Z");
        assertThat(own.path("patronComments").asString()).isEqualTo("large print");
        own.put("status", "Open - Awaiting pickup");
        assertThat(say(backend, "*", "BSTURKU|AB" + SINUHE + "|").screenMessages())
                .containsExactly("Varaus odottaa jo noutoa.");
    }

    @Test
    void placesNoHoldThatIsOverAlready() {
        allow(SINUHE_TITLE, Map.of("Page", "tku"));
        assertThat(say(house.backend(), "+", "BW20261101    000000|AB" + SINUHE + "|")
                        .ok())
                .isFalse();
        assertThat(stub.count(PLACE)).isZero();
    }
}
