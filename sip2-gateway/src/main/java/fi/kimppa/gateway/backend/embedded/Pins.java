package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.wire.Secret;
import java.nio.CharBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks PINs against Argon2id hashes. A verification is slow and takes memory on purpose, so no more run at once
 * than there are cores. Five wrong PINs of a card within ten minutes pause the card for the rest of them.
 */
@Component
public class Pins {
    /**
     * Parameters of the hashes, one of the sets of equal strength that OWASP's cheat sheet gives for Argon2id: 9 MiB,
     * 4 passes, 1 lane; salt 16, hash 32 bytes. In Java it takes two thirds of the time of 19 MiB and 2 passes, and
     * half the memory. A hash carries its own, so older ones still hold.
     */
    private static final Argon2PasswordEncoder ARGON2 = new Argon2PasswordEncoder(16, 32, 1, 9 * 1024, 4);

    private static final int TRIES = 5;
    static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofSeconds(6);

    private final Semaphore verifications = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    /** Platform threads: a verification on a virtual one would hold its carrier, and with it everybody's answers. */
    private final ExecutorService verifiers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("pin-", 0).daemon().factory());

    private final JdbcClient jdbc;
    private final PatronSessions sessions;
    private final Clock clock;

    Pins(JdbcClient jdbc, PatronSessions sessions, Clock clock) {
        this.jdbc = jdbc;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What a check can say. */
    enum Check {
        /** No PIN came, or an empty one, which machines without a keypad send: no try. */
        NOT_ASKED,
        RIGHT,
        WRONG,
        /** Too many wrong ones before; this one was not looked at. */
        PAUSED;

        /** Whether a change that came with it is refused. */
        boolean isWrong() {
            return this == WRONG || this == PAUSED;
        }
    }

    /** The stored form of a PIN; slow on purpose. */
    public static String hash(String pin) {
        return ARGON2.encode(pin);
    }

    /** Whether this is the stored form of this PIN; as slow. No try is counted. */
    public static boolean isHashOf(String stored, String pin) {
        return ARGON2.matches(pin, stored);
    }

    /** Checks what came in AD. */
    Check check(Terminal terminal, PatronRow patron, Optional<Secret> pin) {
        if (pin.isEmpty() || pin.get().isEmpty()) {
            return Check.NOT_ASKED;
        }
        if (sessions.knows(terminal, patron.card(), pin.get())) {
            return Check.RIGHT;
        }
        if (failures(patron.card()) >= TRIES) {
            return Check.PAUSED;
        }
        if (!matches(pin.get(), patron.pin())) {
            countFailure(patron.card());
            return Check.WRONG;
        }
        jdbc.sql("delete from pin_failures where card = :card")
                .param("card", patron.card())
                .update();
        sessions.remember(terminal, patron.card(), pin.get());
        return Check.RIGHT;
    }

    private boolean matches(Secret pin, String stored) {
        char[] characters = pin.reveal();
        try {
            if (!verifications.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BackendBusyException("embedded: no PIN verification became free within " + WAIT);
            }
            try {
                return CompletableFuture.supplyAsync(
                                () -> ARGON2.matches(CharBuffer.wrap(characters), stored), verifiers)
                        .join();
            } finally {
                verifications.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendSilentException("embedded: interrupted before a PIN verification", true, e);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private int failures(String card) {
        return jdbc.sql("select failures from pin_failures where card = :card and since > :since")
                .param("card", card)
                .param("since", at(clock.instant().minus(PAUSE)))
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    private void countFailure(String card) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into pin_failures (card, failures, since) values (:card, 1, :now)
                        on conflict (card) do update
                           set failures = case when pin_failures.since > :start then pin_failures.failures + 1 else 1 end,
                               since = case when pin_failures.since > :start then pin_failures.since else :now end
                        """)
                .param("card", card)
                .param("now", at(now))
                .param("start", at(now.minus(PAUSE)))
                .update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
