package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.SipServerStub;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.circulation.TestSessions;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** 09, and what waited while a machine was off-line: over SIP2 with the same Koha, or by the draft of POST /checkins. */
class KohaReturnTest extends KohaCase {
    private static final String IN = "20261124    19300020261123    180000APTURKU|AOTURKU|AB3000000011|AC|";
    private static final String RETURNED = "101YNY20261124    193000AOTKU|AB3000000011|AQLIE|CTLIE|CV04|";

    private final SipServerStub sip = new SipServerStub();

    KohaReturnTest() throws IOException {}

    @AfterEach
    void hangUp() throws IOException {
        sip.close();
    }

    private Map<String, Object> configured() {
        return new LinkedHashMap<>(Map.of(
                "kimppa.backends.koha.vaski.rest.url", koha.http.url("/api/v1").toString(),
                "kimppa.backends.koha.vaski.clients.TURKU.id", "kimppa-tku",
                "kimppa.backends.koha.vaski.clients.TURKU.secret", "kimppa-tku-secret",
                "kimppa.backends.koha.vaski.clients.TURKU.library", "TKU",
                "kimppa.backends.koha.vaski.sip2", "vaski-sip2",
                "kimppa.backends.sip2.vaski-sip2.address", sip.address(),
                "kimppa.backends.sip2.vaski-sip2.preset", "koha",
                "kimppa.backends.sip2.vaski-sip2.accounts.TURKU.user", "kimppa-turku",
                "kimppa.backends.sip2.vaski-sip2.accounts.TURKU.password", "s",
                "kimppa.backends.sip2.vaski-sip2.accounts.TURKU.institution", "TKU"));
    }

    private static void wired(Map<String, Object> settings, Consumer<CirculationBackend> use) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
            Clock clock = new MovableClock();
            context.registerBean(Clock.class, () -> clock);
            context.registerBean(PatronSessions.class, () -> TestSessions.at(clock));
            context.scan("fi.kimppa.gateway.backend.sip2", "fi.kimppa.gateway.backend.koha");
            context.refresh();
            use.accept(context.getBean("koha-vaski", CirculationBackend.class));
        }
    }

    private static CheckinResponse bringBack(CirculationBackend backend, String noBlock) {
        return backend.checkin(ask(Checkin.class, "09" + noBlock + IN), BackHalf.TURKU);
    }

    @Test
    void takesThingsBackOverSip2() {
        sip.on("09", RETURNED);
        wired(
                configured(),
                backend -> assertThat(bringBack(backend, "N"))
                        .satisfies(answer -> assertThat(answer.ok()).isTrue())
                        .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.SEND_ELSEWHERE)));
        assertThat(sip.heard("09")).singleElement().asString().contains("AOTKU|");
        assertThat(koha.http.heard).isEmpty();
    }

    @Test
    void recordsOverSip2WhatWasLentOffLineWithItsOwnDueDate() {
        sip.on("11", "121NNY20261124    193000AOTKU|AA2000012345|AB3000000011|AJSinuhe|AH20261220    235959|");
        String out = "11NY20261124    19300020261220    235959AOTURKU|AA2000012345|AB3000000011|AC|";
        wired(
                configured(),
                backend -> assertThat(backend.checkout(ask(Checkout.class, out), BackHalf.TURKU)
                                .dueDate())
                        .isEqualTo("20261220    235959"));
        assertThat(sip.heard("11"))
                .singleElement()
                .asString()
                .startsWith("11NY")
                .contains("20261220    235959");
        assertThat(koha.http.heard).isEmpty();
    }

    @Test
    void lendsOverRestWhatIsLentNow() {
        wired(
                configured(),
                backend -> assertThat(backend.checkout(
                                        ask(
                                                Checkout.class,
                                                "11NN20261124    193000                  AOTURKU|AA2000012345|AB3000000011|AC|"),
                                        BackHalf.TURKU)
                                .ok())
                        .isTrue());
        assertThat(sip.heard("11")).isEmpty();
    }

    @Test
    void isOnLineWhereBothHalvesAre() {
        wired(configured(), backend -> {
            assertThat(backend.online()).isTrue();
            koha.maintenance = true;
            assertThat(backend.online()).isFalse();
            koha.maintenance = false;
            sip.letsIn = false;
        });
        wired(configured(), backend -> assertThat(backend.online()).isFalse());
    }

    @Test
    void doesNotStartWithoutTheServerForReturns() {
        Map<String, Object> settings = configured();
        settings.put("kimppa.backends.koha.vaski.sip2", "elsewhere");
        assertThatThrownBy(() -> wired(settings, _ -> {}))
                .hasStackTraceContaining("kimppa.backends.sip2.elsewhere.address");
        settings.remove("kimppa.backends.koha.vaski.sip2");
        assertThatThrownBy(() -> wired(settings, _ -> {})).hasStackTraceContaining("for returns");
        settings.put("kimppa.backends.koha.vaski.sip2", "vaski-sip2");
        settings.put("kimppa.backends.koha.vaski.confirms", "RESERVED");
        assertThatThrownBy(() -> wired(settings, _ -> {})).hasStackTraceContaining("must not name RESERVED");
    }

    @Test
    void takesThingsBackOverRestWhereThatIsSwitchedOn() {
        koha.loan(100, 5, 7, "2026-12-20T23:59:00+02:00");
        assertThat(bringBack(backend, "N"))
                .satisfies(answer -> assertThat(answer.ok()).isTrue())
                .satisfies(answer -> assertThat(answer.alert()).isFalse())
                .satisfies(answer -> assertThat(answer.permanentLocation()).isEqualTo("TURKU"));
        assertThat(koha.all("checkouts")).isEmpty();
        assertThat(koha.http.heard("POST /api/v1/checkins").getFirst().body()).doesNotContain("return_date");
        koha.all("items").clear();
        assertThat(bringBack(backend, "N").ok()).isFalse();
    }

    @Test
    void tellsTheTimeOfAnOffLineReturnWhereKohaTakesTimes() {
        assertThat(bringBack(backend, "Y").ok()).isTrue();
        assertThat(koha.http.heard("POST /api/v1/checkins").getFirst().body())
                .contains("\"return_date\":\"2026-11-23T18:00:00+02:00\"");
        koha.http.next(
                "POST /api/v1/checkins",
                _ -> Reply.json(403, "{\"error\":\"no\",\"error_code\":\"return_date_not_allowed\"}"));
        assertThat(bringBack(backend, "Y").ok()).isTrue();
        assertThat(koha.http.heard("POST /api/v1/checkins").getLast().body()).doesNotContain("return_date");
    }

    @Test
    void catchesAHoldOrSendsTheThingOnItsWayAndHandsItToStaffWhereThatFails() {
        String held = "{\"checkin_id\":9,\"hold_id\":4,\"hold\":{\"pickup_library_id\":\"LIE\"}}";
        koha.http.next("POST /api/v1/checkins", _ -> Reply.json(200, held));
        assertThat(bringBack(backend, "N"))
                .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.HOLD_ELSEWHERE))
                .satisfies(answer -> assertThat(answer.destinationLocation()).contains("LIE"));
        assertThat(koha.http.heard("POST /api/v1/checkins/9/hold_confirmation")).hasSize(1);
        String sent = "{\"checkin_id\":9,\"transfer_id\":3,\"transfer\":{\"to_library_id\":\"LIE\"}}";
        koha.http.next("POST /api/v1/checkins", _ -> Reply.json(200, sent));
        assertThat(bringBack(backend, "N").alertType()).contains(AlertType.SEND_ELSEWHERE);
        koha.http.next("POST /api/v1/checkins", _ -> Reply.json(200, held));
        koha.http.next("POST /api/v1/checkins/9", _ -> new Reply.HangUp());
        assertThat(bringBack(backend, "N"))
                .satisfies(answer -> assertThat(answer.ok()).isTrue())
                .satisfies(answer -> assertThat(answer.alertType()).contains(AlertType.OTHER));
    }

    @Test
    void refusesWhatKohaDoesNotTakeBackAndDoesNotKnowOfALostAnswer() {
        koha.http.next("POST /api/v1/checkins", _ -> Reply.json(412, KohaStub.error("Confirmation required")));
        assertThat(bringBack(backend, "N").ok()).isFalse();
        koha.http.next("POST /api/v1/checkins", _ -> Reply.json(200, "{}"));
        isSilent(false, () -> bringBack(backend, "N"));
    }
}
