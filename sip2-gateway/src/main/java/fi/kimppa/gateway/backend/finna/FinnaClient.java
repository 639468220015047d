package fi.kimppa.gateway.backend.finna;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.backend.http.HttpSettings;
import fi.kimppa.gateway.catalogue.CatalogueSilentException;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/**
 * Asks Finna, kindly: an answer is kept for some minutes, no more than so many questions go out in a minute, and after a silence
 * or a 429 none for a while. May be used by several threads.
 */
@Component
class FinnaClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 8;
    private static final int LARGEST_ANSWER_MEGABYTES = 2;
    private static final int NO_SUCH_RECORD = 404;

    private record Kept(Instant until, JsonNode answer) {}

    private final FinnaSettings settings;
    private final Clock clock;
    private final HttpLink link;

    /** The ones that were used last at the end; guarded by itself. */
    private final Map<Call, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private Instant pausedUntil = Instant.EPOCH;
    private Instant minute = Instant.EPOCH;
    private int asked;

    FinnaClient(FinnaSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.link = new HttpLink(
                "Finna",
                new HttpSettings(
                        settings.url(),
                        settings.answer(),
                        PATIENCE,
                        CONNECTIONS,
                        DataSize.ofMegabytes(LARGEST_ANSWER_MEGABYTES)));
    }

    /**
     * The answer to a question, of now or of some minutes ago; empty if Finna knows no such record.
     *
     * @throws CatalogueSilentException if there is none
     */
    Optional<JsonNode> ask(Call call) {
        Optional<JsonNode> known = known(call);
        if (known.isPresent()) {
            return known;
        }
        mayAsk();
        try {
            Answer answer = link.exchange(call, Deadline.in(settings.answer()));
            if (answer.status() == NO_SUCH_RECORD) {
                return Optional.empty();
            }
            JsonNode said = answer.json()
                    .filter(_ -> answer.ok())
                    .filter(tree -> tree.path("status").asString("").equals("OK"))
                    .orElseThrow(() -> new CatalogueSilentException(
                            "Finna: " + call + " was answered with status " + answer.status() + " and no OK"));
            keep(call, said);
            return Optional.of(said);
        } catch (BackendSilentException | BackendBusyException e) {
            pause();
            throw new CatalogueSilentException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<JsonNode> known(Call call) {
        synchronized (kept) {
            Kept one = kept.get(call);
            if (one != null && one.until().isAfter(clock.instant())) {
                return Optional.of(one.answer());
            }
            kept.remove(call);
            return Optional.empty();
        }
    }

    private void keep(Call call, JsonNode answer) {
        synchronized (kept) {
            kept.put(call, new Kept(clock.instant().plus(settings.keep()), answer));
            if (kept.size() > settings.mostKept()) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private synchronized void mayAsk() {
        Instant now = clock.instant();
        if (pausedUntil.isAfter(now)) {
            throw new CatalogueSilentException("Finna: nothing is asked until " + pausedUntil);
        }
        if (!minute.plusSeconds(60).isAfter(now)) {
            minute = now;
            asked = 0;
        }
        if (asked >= settings.perMinute()) {
            throw new CatalogueSilentException(
                    "Finna: " + asked + " questions were asked in this minute and no more are");
        }
        asked++;
    }

    private synchronized void pause() {
        pausedUntil = clock.instant().plus(settings.pause());
    }

    @Override
    public void close() {
        link.close();
    }
}
