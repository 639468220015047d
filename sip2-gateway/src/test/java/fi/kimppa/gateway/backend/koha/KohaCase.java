package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.backend.http.HttpSettings;
import fi.kimppa.gateway.backend.koha.KohaSettings.Checkins;
import fi.kimppa.gateway.backend.koha.KohaSettings.Client;
import fi.kimppa.gateway.backend.koha.KohaSettings.PinName;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.circulation.TestSessions;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.util.unit.DataSize;

/** A backend before a Koha that remembers. */
abstract class KohaCase {
    static final String CARD = "2000012345";
    static final String ITEM = "3000000011";

    final MovableClock clock = new MovableClock();
    final PatronSessions sessions = TestSessions.at(clock);
    final KohaStub koha = new KohaStub();
    final KohaBackend backend = backend(Duration.ofSeconds(20));

    KohaCase() throws IOException {}

    /** One that waits so long for all answers to a request. */
    final KohaBackend backend(Duration answer) {
        return new KohaBackend("north", settings(answer), Optional.empty(), Set.of(), sessions, clock);
    }

    final KohaSettings settings(Duration answer) {
        return new KohaSettings(
                new HttpSettings(
                        koha.http.url("/api/v1"),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        8,
                        DataSize.ofMegabytes(4)),
                answer,
                Map.of(
                        "TURKU", new Client("kimppa-tku", Secret.of("kimppa-tku-secret"), "TKU"),
                        "common", new Client("kimppa-all", Secret.of("kimppa-all-secret"), "ALL")),
                null,
                Checkins.REST,
                Set.of("BIBLIO_ALREADY_ISSUED", "PREVISSUE"),
                PinName.IDENTIFIER,
                new BigDecimal("20.00"),
                "SIP02",
                true);
    }

    @AfterEach
    void close() {
        backend.destroy();
        koha.close();
    }

    static <R extends Request> R ask(Class<R> type, String line) {
        Decoded decoded = new FrameCodec(WireProfile.DEFAULT).decode(line.getBytes(StandardCharsets.UTF_8));
        return type.cast(Request.from(((Decoded.Complete) decoded).frame()));
    }

    /** It ends in silence, and whether it is certain that nothing was done. */
    static void isSilent(boolean outcomeKnown, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).as(e.getMessage()).isEqualTo(outcomeKnown));
    }
}
