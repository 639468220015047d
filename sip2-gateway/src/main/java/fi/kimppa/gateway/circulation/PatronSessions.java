package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.wire.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * What is remembered of the patron at a terminal, in memory only: the language that was asked for, and a right PIN
 * as a keyed hash, so that a pile of books costs one slow verification. The key is made anew by every process.
 * Dropped at 35, when the connection closes, or after five minutes. May be used by several threads.
 */
@Component
public class PatronSessions {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String HMAC = "HmacSHA256";

    private final Map<String, Session> byLogin = new ConcurrentHashMap<>();
    private final SecretKeySpec key;
    private final Clock clock;

    PatronSessions(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
    }

    /** Whether this PIN was found right for this card at this terminal a short while ago. */
    public boolean knows(Terminal terminal, String card, Secret pin) {
        return session(terminal, card)
                .flatMap(Session::pin)
                .filter(known -> MessageDigest.isEqual(known, hash(card, pin)))
                .isPresent();
    }

    /** Remembers a right PIN. */
    public void remember(Terminal terminal, String card, Secret pin) {
        Language language = language(terminal, card);
        byLogin.put(terminal.login(), new Session(card, language, Optional.of(hash(card, pin)), until()));
    }

    /** Remembers the language of a 23 or 63, which opens the patron's session; "unspecified" leaves what is known. */
    public void speak(Terminal terminal, String card, Language language) {
        if (language == Language.UNSPECIFIED && session(terminal, card).isPresent()) {
            return;
        }
        Optional<byte[]> pin = session(terminal, card).flatMap(Session::pin);
        Instant until = session(terminal, card).map(Session::until).orElseGet(this::until);
        byLogin.put(terminal.login(), new Session(card, language, pin, until));
    }

    /** The language that this patron asked for at this terminal. */
    public Language language(Terminal terminal, String card) {
        return session(terminal, card).map(Session::language).orElse(Language.UNSPECIFIED);
    }

    /** Drops what is known of the terminal's patron. */
    public void forget(Terminal terminal) {
        byLogin.remove(terminal.login());
    }

    private Optional<Session> session(Terminal terminal, String card) {
        return Optional.ofNullable(byLogin.get(terminal.login()))
                .filter(session -> session.card.equals(card))
                .filter(session -> clock.instant().isBefore(session.until));
    }

    private Instant until() {
        return clock.instant().plus(LIFETIME);
    }

    private byte[] hash(String card, Secret pin) {
        char[] characters = pin.reveal();
        byte[] utf8 = new byte[4 * characters.length];
        ByteBuffer out = ByteBuffer.wrap(utf8);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), out, true);
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(card.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(utf8, 0, out.position());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        } finally {
            Arrays.fill(characters, '\0');
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private record Session(String card, Language language, Optional<byte[]> pin, Instant until) {
        @Override
        public String toString() {
            return "session until " + until;
        }
    }
}
