package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.CardNumber;
import fi.kimppa.kiosk.session.OffLineTerms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the gateway allows one kiosk while it is away, with the cards that were in order lately: not their numbers but a keyed digest of
 * each. It is in memory alone, so that no disk tells of it; a kiosk that starts again asks for a new one. Immutable.
 *
 * @param terms what is allowed
 * @param key of the digests
 * @param cards a digest of each card, as {@link #digest} makes it
 */
record OffLinePermit(OffLineTerms terms, SecretKeySpec key, Set<String> cards) {
    private static final int DIGEST_BYTES = 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    OffLinePermit {
        cards = Set.copyOf(cards);
    }

    /**
     * The body of an answer to {@code GET /api/offline/permit}.
     *
     * @param permit the bytes that are signed, in Base64; {@code deploy/contract/offline-permit.json} has what they say
     * @param signature Ed25519, in Base64
     */
    record Signed(String permit, String signature) {}

    /** What is signed. */
    private record Body(
            String terminal,
            Instant issuedAt,
            Instant expiresAt,
            String loans,
            boolean withoutPin,
            int things,
            int days,
            String key,
            List<String> cards) {}

    /** A permit that is not one for this kiosk. The message is for whoever installs it. */
    static final class NoPermitException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoPermitException(String message, Throwable cause) {
            super(message, cause);
        }

        NoPermitException(String message) {
            super(message);
        }
    }

    /**
     * Reads a permit that the gateway has signed for this kiosk.
     *
     * @param login as which the kiosk logs in
     * @throws NoPermitException when it is not signed by that key, is for another kiosk or cannot be read
     */
    static OffLinePermit read(Signed signed, PublicKey gateway, String login) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signed.permit());
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(gateway);
            check.update(bytes);
            if (!check.verify(Base64.getDecoder().decode(signed.signature()))) {
                throw new NoPermitException("it is not signed by the gateway whose key is in gateway.offlineKey");
            }
            Body body = JSON.readValue(bytes, Body.class);
            if (!body.terminal().equals(login)) {
                throw new NoPermitException("it is for " + body.terminal());
            }
            return new OffLinePermit(
                    new OffLineTerms(
                            OffLineTerms.Lending.valueOf(body.loans()),
                            body.withoutPin(),
                            body.things(),
                            body.days(),
                            body.expiresAt()),
                    new SecretKeySpec(HexFormat.of().parseHex(body.key()), "HmacSHA256"),
                    new HashSet<>(body.cards()));
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
            throw new NoPermitException("it cannot be read", e);
        }
    }

    /** Whether a card was in order lately. */
    boolean knows(CardNumber card) {
        return !cards.isEmpty() && cards.contains(digest(card));
    }

    /** The first half of an HMAC-SHA256 over the number, in Base64 for addresses without its filling. */
    private String digest(CardNumber card) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] whole = mac.doFinal(card.text().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, DIGEST_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "OffLinePermit[" + terms + ", " + cards.size() + " cards]";
    }
}
