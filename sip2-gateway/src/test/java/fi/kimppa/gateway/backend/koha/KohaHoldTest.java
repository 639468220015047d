package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 15 over Koha's REST interface. */
class KohaHoldTest extends KohaCase {
    KohaHoldTest() throws IOException {}

    private HoldResponse hold(String mode, String more) {
        return backend.hold(
                ask(Hold.class, "15" + mode + "20261124    193000" + more + "AOTURKU|AA2000012345|AD1234|"),
                BackHalf.TURKU);
    }

    @Test
    void placesAHoldOnTheTitleOfAThing() {
        assertThat(hold("+", "AB3000000011|"))
                .satisfies(placed -> assertThat(placed.ok()).isTrue())
                .satisfies(placed -> assertThat(placed.queuePosition()).contains("1"))
                .satisfies(placed -> assertThat(placed.pickupLocation()).contains("TURKU"));
        assertThat(koha.all("holds").getFirst())
                .containsEntry("biblio_id", 70)
                .containsEntry("item_id", null)
                .containsEntry("pickup_library_id", "TKU");
    }

    @Test
    void placesAHoldOnOneCopyOrByTheNumberOfTheRecordWithALastDay() {
        assertThat(hold("+", "BY3|BW20270131    235900|AB3000000011|").ok()).isTrue();
        assertThat(koha.all("holds").getFirst()).containsEntry("item_id", 7);
        assertThat(koha.http.heard("POST /api/v1/holds").getFirst().body())
                .contains("\"expiration_date\":\"2027-01-31\"");
        assertThat(hold("+", "AJ80|").ok()).isTrue();
        assertThat(koha.all("holds").getLast()).containsEntry("biblio_id", 80);
        assertThat(hold("+", "AJSinuhe|").ok()).isFalse();
    }

    @Test
    void tellsWhyKohaRefusesAHold() {
        Map<String, String> texts = Map.of(
                "tooManyReserves", "Varausten enimmäismäärä on täynnä.",
                "itemAlreadyOnHold", "Sinulla on jo varaus tästä.",
                "alreadypossession", "Tämä on jo lainassasi.",
                "ageRestricted", "Ikäraja. Jätä aineisto tiskille.",
                "notReservable", "Tätä ei voi varata.",
                "somethingNew", "Kysy henkilökunnalta.");
        texts.forEach((reason, text) -> {
            koha.holdRefusal = reason;
            assertThat(hold("+", "AB3000000011|"))
                    .satisfies(refused -> assertThat(refused.ok()).isFalse())
                    .satisfies(refused ->
                            assertThat(refused.screenMessages()).as(reason).containsExactly(text));
        });
        koha.holdRefusal = "";
        assertThat(hold("+", "BSMARS|AB3000000011|").screenMessages()).containsExactly("Noutopaikkaa ei tunneta.");
        assertThat(koha.all("holds")).isEmpty();
    }

    @Test
    void placesNoSecondHoldOnTheSameTitle() {
        koha.http.next("POST /api/v1/holds", _ -> new Reply.HangUp());
        isSilent(false, () -> hold("+", "AB3000000011|"));
        assertThat(hold("+", "AB3000000011|").screenMessages()).containsExactly("Sinulla on jo varaus tästä.");
        assertThat(koha.all("holds")).hasSize(1);
    }

    @Test
    void deletesItsOwnHoldAndNoOther() {
        koha.hold(200, 15, 70, null, null);
        assertThat(hold("-", "AB3000000011|").screenMessages()).containsExactly("Sinulla ei ole varausta tästä.");
        koha.hold(201, 5, 70, null, null);
        assertThat(hold("-", "AB3000000011|").ok()).isTrue();
        assertThat(koha.all("holds")).extracting(row -> row.get("hold_id")).containsExactly(200);
    }

    @Test
    void takesACancellationThatKohaOnlyNotesForOne() {
        koha.hold(201, 5, 70, null, null);
        koha.http.next("DELETE", _ -> new Reply.Said(202, Map.of(), ""));
        assertThat(hold("-", "AB3000000011|").ok()).isTrue();
    }

    @Test
    void movesAHoldThatDoesNotWaitYet() {
        koha.hold(201, 5, 70, null, null);
        assertThat(hold("*", "BSLIE|AB3000000011|").ok()).isTrue();
        assertThat(koha.all("holds").getFirst()).containsEntry("pickup_library_id", "LIE");
        koha.all("holds").getFirst().put("status", "W");
        assertThat(hold("*", "BSTURKU|AB3000000011|").ok()).isFalse();
        assertThat(koha.all("holds").getFirst()).containsEntry("pickup_library_id", "LIE");
    }

    @Test
    void doesNotKnowWhatBecameOfADeletionWhoseAnswerIsLost() {
        koha.hold(201, 5, 70, null, null);
        koha.http.next("DELETE", _ -> new Reply.HangUp());
        isSilent(false, () -> hold("-", "AB3000000011|"));
    }
}
