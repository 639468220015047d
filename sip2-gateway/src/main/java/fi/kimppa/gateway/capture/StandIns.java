package fi.kimppa.gateway.capture;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stand-ins for words under one key: a word always gets the same one, another word another one as far as their letters
 * allow, and nobody without the key gets back. A digit stands for a digit, a letter for a letter of the same case, a
 * letter with a mark for one that takes as many bytes; everything else stays, so that a value keeps its length and its
 * look in every charset.
 *
 * <p>A word is a run of letters and digits. Its characters are permuted by a Feistel network over the characters' own
 * alphabets (the idea of NIST SP 800-38G, with HMAC-SHA256 in each round), so that two cards of one form never share a
 * stand-in. A word that would stand for itself takes the next one.
 *
 * <p>Threads: immutable, may be shared.
 */
final class StandIns {
    private static final int ROUNDS = 8;
    static final Pattern WORD = Pattern.compile("[0-9A-Za-z[^\\x00-\\x7F]]+");

    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    /** Beyond ASCII: letters by the bytes that they take, which are one in the sets of one byte, else as in UTF-8. */
    private static final String[] MARKED = {"äöåéü", "äöåéü", "ạẹịọụ", "𐐨𐐩𐐪𐐫𐐬"};

    private final SecretKeySpec key;

    StandIns(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The stand-in for a value's bytes, as many. What the charset cannot read becomes what it cannot read either. */
    byte[] of(byte[] value, Charset charset) {
        Optional<String> text = text(value, charset);
        return text.isPresent()
                ? text(text.get(), charset).getBytes(charset)
                : text(new String(value, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
                        .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text of these bytes; empty if they are no text of this charset. */
    static Optional<String> text(byte[] value, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(value));
            return Optional.of(text.toString()).filter(whole -> Arrays.equals(whole.getBytes(charset), value));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** The stand-in for a text: each of its words has its own. */
    String text(String text, Charset charset) {
        return WORD.matcher(text).replaceAll(found -> Matcher.quoteReplacement(word(found.group(), charset)));
    }

    /** The words of a text. */
    static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** The stand-in for a single word. */
    String word(String word, Charset charset) {
        int[] points = word.codePoints().toArray();
        String[] alphabets = new String[points.length];
        int[] places = new int[points.length];
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            alphabets[i] = alphabet(points[i], charset);
            places[i] = place(points[i], alphabets[i]);
            form.append(alphabets[i].codePointAt(0));
        }
        int[] permuted = permuted(places, alphabets, form.toString());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < points.length; i++) {
            String alphabet = alphabets[i];
            int point = alphabet.codePointAt(alphabet.offsetByCodePoints(0, permuted[i]));
            out.appendCodePoint(upper(points[i]) ? Character.toUpperCase(point) : point);
        }
        return out.toString();
    }

    private static boolean upper(int point) {
        return Character.isUpperCase(point) || Character.isTitleCase(point);
    }

    private static String alphabet(int point, Charset charset) {
        if (point < 0x80) {
            return Character.isDigit(point) ? DIGITS : LETTERS;
        }
        int bytes = Character.toString(point).getBytes(charset).length;
        return MARKED[Math.min(bytes, MARKED.length) - 1];
    }

    private static int place(int point, String alphabet) {
        int lower = Character.toLowerCase(point);
        int at = alphabet.indexOf(lower);
        int size = alphabet.codePointCount(0, alphabet.length());
        return at < 0 ? lower % size : alphabet.codePointCount(0, at);
    }

    private int[] permuted(int[] places, String[] alphabets, String form) {
        int[] now = places.clone();
        int half = now.length / 2;
        for (int round = 0; round < ROUNDS; round++) {
            boolean left = round % 2 == 0;
            int from = left ? 0 : half;
            int to = left ? half : now.length;
            byte[] stream = stream(round, form, now, from, to);
            for (int i = from; i < to; i++) {
                int size = size(alphabets[i]);
                int add = Byte.toUnsignedInt(stream[2 * (i - from)]) << 8
                        | Byte.toUnsignedInt(stream[2 * (i - from) + 1]);
                now[i] = (now[i] + add) % size;
            }
        }
        if (Arrays.equals(now, places) && now.length > 0) {
            int last = now.length - 1;
            now[last] = (now[last] + 1) % size(alphabets[last]);
        }
        return now;
    }

    private static int size(String alphabet) {
        return alphabet.codePointCount(0, alphabet.length());
    }

    /** Two bytes for each place of the half that is changed, out of the other half. */
    private byte[] stream(int round, String form, int[] now, int from, int to) {
        StringBuilder other = new StringBuilder().append(round).append(' ').append(form);
        for (int i = 0; i < now.length; i++) {
            if (i < from || i >= to) {
                other.append(' ').append(now[i]);
            }
        }
        byte[] message = other.toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer stream = ByteBuffer.allocate(2 * (to - from) + 32);
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            for (int block = 0; stream.position() < 2 * (to - from); block++) {
                mac.update(message);
                stream.put(mac.doFinal(new byte[] {(byte) block}));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
        return stream.array();
    }
}
