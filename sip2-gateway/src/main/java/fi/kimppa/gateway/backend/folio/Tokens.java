package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The access token of the service account, and the refresh token that renews it (mod-login : ramls/login.raml). Renewed
 * a while before it ends, by one thread at a time, since a refresh token may be good for one use only; where refreshing
 * is refused or its answer is lost, by a log-in. A log-in that is refused is not tried again at once, since FOLIO would
 * block the account. May be used by several threads.
 */
final class Tokens {
    static final String TENANT = "x-okapi-tenant";

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    /** mod-login blocks a user after five wrong log-ins within ten minutes (its README, login.fail.*). */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(3);

    private static final String ACCESS = "folioAccessToken";
    private static final String REFRESH = "folioRefreshToken";

    private final String name;
    private final FolioSettings settings;
    private final HttpLink link;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock(true);
    private volatile Optional<Pair> current = Optional.empty();
    /** Guarded by the lock. */
    private Instant notBefore = Instant.MIN;

    Tokens(String name, FolioSettings settings, HttpLink link, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.link = link;
        this.clock = clock;
    }

    private record Pair(String access, Instant accessEnds, Optional<String> refresh, Instant refreshEnds) {
        @Override
        public String toString() {
            return "tokens until " + accessEnds + " and " + refreshEnds;
        }
    }

    /**
     * A token that is good for a while.
     *
     * @throws BackendSilentException if the log-in is refused or not answered; nothing was done
     */
    String access(Deadline deadline) {
        Optional<Pair> known = current.filter(this::fresh);
        if (known.isPresent()) {
            return known.get().access;
        }
        lock();
        try {
            Optional<Pair> meanwhile = current.filter(this::fresh);
            if (meanwhile.isPresent()) {
                return meanwhile.get().access;
            }
            Optional<Pair> old = current;
            // Whatever becomes of the refresh token now, it is not used a second time.
            current = Optional.empty();
            Pair renewed = old.flatMap(pair -> refreshed(pair, deadline)).orElseGet(() -> loggedIn(deadline));
            current = Optional.of(renewed);
            return renewed.access;
        } finally {
            renewing.unlock();
        }
    }

    /** Forgets a token that FOLIO did not take, unless it was replaced by another meanwhile. */
    void rejected(String access) {
        lock();
        try {
            current = current.filter(pair -> !pair.access.equals(access));
        } finally {
            renewing.unlock();
        }
    }

    private void lock() {
        try {
            if (renewing.tryLock(settings.answer().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BackendBusyException(name + ": the log-in of another request did not end in time");
    }

    private boolean fresh(Pair pair) {
        return clock.instant().isBefore(pair.accessEnds.minus(settings.renewEarly()));
    }

    private Optional<Pair> refreshed(Pair old, Deadline deadline) {
        if (old.refresh.isEmpty() || !clock.instant().isBefore(old.refreshEnds.minus(settings.renewEarly()))) {
            return Optional.empty();
        }
        Instant asked = clock.instant();
        Answer answer = link.exchange(
                Call.post("authn", "refresh")
                        .header(TENANT, settings.tenant())
                        .header("Cookie", REFRESH + "=" + old.refresh.get())
                        .reading(),
                deadline);
        if (!answer.ok()) {
            LOG.info("{}: refreshing was answered {}; logging in again", name, answer.status());
            return Optional.empty();
        }
        return Optional.of(pair(answer, asked));
    }

    private Pair loggedIn(Deadline deadline) {
        Instant asked = clock.instant();
        if (asked.isBefore(notBefore)) {
            throw nonsense("the log-in of the service account was refused; it is tried again at " + notBefore);
        }
        char[] password = settings.password().reveal();
        try {
            Answer answer = link.exchange(logIn(settings.tenant(), settings.user(), password), deadline);
            if (!answer.ok()) {
                notBefore = asked.plus(AFTER_REFUSAL);
                throw nonsense("the log-in of the service account was refused with " + answer.status());
            }
            LOG.info("{}: logged in", name);
            return pair(answer, asked);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** A log-in. */
    static Call logIn(String tenant, String user, char[] password) {
        return Call.post("authn", "login-with-expiry")
                .header(TENANT, tenant)
                .json(Map.of("username", user, "password", password))
                .reading();
    }

    private Pair pair(Answer answer, Instant asked) {
        Optional<Cookie> access = cookie(answer, ACCESS);
        if (access.isEmpty()) {
            throw nonsense("a log-in or refresh came without an access token");
        }
        Optional<Cookie> refresh = cookie(answer, REFRESH);
        return new Pair(
                access.get().value,
                ends(access, answer, "accessTokenExpiration", asked),
                refresh.map(Cookie::value),
                ends(refresh, answer, "refreshTokenExpiration", asked));
    }

    /** By the cookie's own age, which needs no equal clocks, else by the date in the body; what says neither has ended. */
    private static Instant ends(Optional<Cookie> cookie, Answer answer, String field, Instant asked) {
        return cookie.flatMap(Cookie::age)
                .map(asked::plus)
                .or(() -> answer.json().flatMap((JsonNode body) -> Json.moment(body, field)))
                .orElse(asked);
    }

    private record Cookie(String value, Optional<Duration> age) {}

    private static Optional<Cookie> cookie(Answer answer, String cookie) {
        return answer.header("set-cookie").stream()
                .map(header -> header.split(";"))
                .filter(parts -> parts[0].strip().startsWith(cookie + "="))
                .map(parts -> new Cookie(parts[0].strip().substring(cookie.length() + 1), age(parts)))
                .findFirst();
    }

    private static Optional<Duration> age(String[] parts) {
        return Arrays.stream(parts)
                .map(String::strip)
                .filter(part -> part.matches("(?i)max-age=\\d{1,9}"))
                .map(part -> Duration.ofSeconds(Long.parseLong(part.substring(part.indexOf('=') + 1))))
                .findFirst();
    }

    private BackendSilentException nonsense(String what) {
        return new BackendSilentException(name + ": " + what, true, new IOException(what));
    }
}
