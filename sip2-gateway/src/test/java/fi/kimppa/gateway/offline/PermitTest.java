package fi.kimppa.gateway.offline;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.GatewayTest;
import fi.kimppa.gateway.circulation.CardClosed;
import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a kiosk may do while the gateway is away, from the card at one kiosk to the signed list for all kiosks of the branch. */
class PermitTest extends GatewayTest {
    private static final Path CONTRACT = Path.of("..", "deploy", "contract", "offline-permit.json");
    private static final String CARD = "2000012345";
    private static final Scope TURKU = Scope.branch("TURKU");
    private static final Scope LIETO = Scope.branch("LIETO");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    Settings settings;

    @Autowired
    Circulation circulation;

    @Autowired
    KnownCards known;

    @Autowired
    PersonInKnownCards person;

    @Autowired
    PermitSignature signature;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Clock clock;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void lendsToKnownCards() {
        set(TURKU, Map.of(OffLineKeys.LOANS.name(), Optional.of("known-cards")));
    }

    @AfterEach
    void clear() {
        set(TURKU, Map.of(OffLineKeys.LOANS.name(), Optional.empty(), OffLineKeys.HOURS.name(), Optional.empty()));
        set(LIETO, Map.of(OffLineKeys.LOANS.name(), Optional.empty()));
        jdbc.sql("delete from known_cards").update();
        jdbc.sql("delete from card_blocks where card = :card")
                .param("card", CARD)
                .update();
    }

    private void set(Scope place, Map<String, Optional<String>> texts) {
        assertThat(settings.change(place, texts, "anna")).isEmpty();
    }

    private void show(String card, String pin) {
        new Asking(circulation, BackHalf.TURKU, clock).who(card, pin);
        known.write();
    }

    private HttpResponse<String> get(String login) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((login + ":demo-" + login).getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/offline/permit"))
                        .header("Authorization", "Basic " + basic)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode permit(String login) throws Exception {
        HttpResponse<String> answer = get(login);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode signed = json.readTree(answer.body());
        byte[] bytes = Base64.getDecoder().decode(signed.get("permit").asString());
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(signature.publicKey()))));
        check.update(bytes);
        assertThat(check.verify(
                        Base64.getDecoder().decode(signed.get("signature").asString())))
                .isTrue();
        return json.readTree(bytes);
    }

    private static List<String> cards(JsonNode permit) {
        return permit.get("cards").valueStream().map(JsonNode::asString).toList();
    }

    /** As a kiosk reckons it. */
    private static String digest(JsonNode permit, String card) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(permit.get("key").asString()), "HmacSHA256"));
        byte[] whole = mac.doFinal(card.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, 16));
    }

    @Test
    void listsACardThatWasInOrderByItsDigestAndInTheWordsOfTheContract() throws Exception {
        show(CARD, "1234");
        JsonNode permit = permit("kiosk-turku");
        JsonNode contract = json.readTree(Files.readString(CONTRACT));
        assertThat(permit.propertyNames()).containsExactlyInAnyOrderElementsOf(contract.propertyNames());
        assertThat(cards(permit)).containsExactly(digest(permit, CARD));
        assertThat(permit.toString()).doesNotContain(CARD);
        assertThat(permit.get("loans").asString()).isEqualTo("KNOWN_CARDS");
        assertThat(permit.get("withoutPin").asBoolean()).isFalse();
        Instant issued = Instant.parse(permit.get("issuedAt").asString());
        assertThat(Instant.parse(permit.get("expiresAt").asString())).isEqualTo(issued.plus(Duration.ofHours(24)));
    }

    @Test
    void theVectorOfTheContractIsTheSameDigest() throws Exception {
        JsonNode contract = json.readTree(Files.readString(CONTRACT));
        assertThat(cards(contract)).containsExactly(digest(contract, CARD), digest(contract, "2000012346"));
    }

    @Test
    void aWrongPinMakesNoCardKnown() throws Exception {
        show(CARD, "9999");
        assertThat(cards(permit("kiosk-turku"))).isEmpty();
        show(CARD, "1234");
    }

    @Test
    void aCardThatIsNotInOrderAnyMoreLeavesTheListsOfAllBranches() throws Exception {
        set(LIETO, Map.of(OffLineKeys.LOANS.name(), Optional.of("known-cards")));
        show(CARD, "1234");
        new Asking(circulation, BackHalf.LIETO, clock).who(CARD, "1234");
        known.write();
        assertThat(cards(permit("kiosk-lieto"))).hasSize(1);
        assertThat(cards(permit("kiosk-lieto"))).doesNotContainAnyElementsOf(cards(permit("kiosk-turku")));
        new Asking(circulation, BackHalf.TURKU, clock).say("01N{now}AOTURKU|ALKortti kadonnut|AA" + CARD + "|AC|");
        show(CARD, "1234");
        assertThat(cards(permit("kiosk-turku"))).isEmpty();
        assertThat(cards(permit("kiosk-lieto"))).isEmpty();
    }

    @Test
    void aCardThatIsLostByTheDesksWordLeavesAtOnce() throws Exception {
        show(CARD, "1234");
        assertThat(cards(permit("kiosk-turku"))).hasSize(1);
        events.publishEvent(new CardClosed(CARD));
        known.write();
        assertThat(cards(permit("kiosk-turku"))).isEmpty();
    }

    @Test
    void keepsNothingWhereNobodyBorrowsWithoutConnection() throws Exception {
        set(TURKU, Map.of(OffLineKeys.LOANS.name(), Optional.empty()));
        show(CARD, "1234");
        JsonNode permit = permit("kiosk-turku");
        assertThat(permit.get("loans").asString()).isEqualTo("NOBODY");
        assertThat(cards(permit)).isEmpty();
        assertThat(jdbc.sql("select count(*) from known_cards")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void forgetsACardAfterItsDays() throws Exception {
        show(CARD, "1234");
        jdbc.sql("update known_cards set seen_at = seen_at - interval '91 days'")
                .update();
        assertThat(cards(permit("kiosk-turku"))).isEmpty();
        known.tidy();
        assertThat(jdbc.sql("select count(*) from known_cards")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void tellsAndErasesWhatIsHeldOfAPerson() throws Exception {
        show(CARD, "1234");
        assertThat(person.about(CARD))
                .singleElement()
                .satisfies(held -> assertThat(held.facts()).containsEntry("branch", "TURKU"));
        assertThat(person.erase(CARD).erased()).isOne();
        assertThat(person.about(CARD)).isEmpty();
        assertThat(cards(permit("kiosk-turku"))).isEmpty();
    }

    @Test
    void onlyAKioskIsAllowedAnything() throws Exception {
        assertThat(get("door-lieto").statusCode()).isEqualTo(403);
    }
}
