package fi.kimppa.device.card;

import fi.kimppa.device.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a code looks like as a scanner sends it. Pure.
 *
 * @param prefix what every code begins with, taken off; a code without it is dropped; empty for none
 * @param suffix what ends a code
 * @param least the fewest characters of a code
 * @param most the most, at most 255
 * @param repeat within which the same code counts once
 * @param alphabet the characters that a code may have; with others it is dropped, for a part of a number is another number
 * @param symbologies the only ones that are let in, for a scanner that sends AIM identifiers; empty lets in all
 */
public record ScanRules(
        String prefix,
        Suffix suffix,
        int least,
        int most,
        Duration repeat,
        Alphabet alphabet,
        Set<Symbology> symbologies) {
    /** 1 to 64 printable characters with any of the usual ends, once in 1.5 seconds. */
    public static final ScanRules USUAL =
            new ScanRules("", new Suffix.Usual(), 1, 64, Duration.ofMillis(1_500), Alphabet.PRINTABLE, Set.of());

    static final Set<String> SETTINGS = Set.of("prefix", "suffix", "min", "max", "repeat", "alphabet", "symbologies");

    private static final int AIM_LENGTH = 3;

    /** What ends a code. */
    public sealed interface Suffix {
        /** Carriage return, line feed or tab, one or several. */
        record Usual() implements Suffix {}

        /** These bytes, one character each. */
        record Exactly(String text) implements Suffix {
            public Exactly {
                if (text.isEmpty()) {
                    throw new IllegalArgumentException("Expected a suffix of at least one byte");
                }
            }
        }

        /** Nothing but a silence. */
        record Silence() implements Suffix {}
    }

    /** The characters of codes. */
    public enum Alphabet {
        /** ISO 8859-1 without controls. */
        PRINTABLE("[ -~\u00A0-\u00FF]*"),
        /** ASCII without controls. */
        ASCII("[ -~]*"),
        /** Letters and digits of ASCII, hyphens. */
        ALPHANUMERIC("[0-9A-Za-z-]*"),
        /** Digits. */
        DIGITS("[0-9]*");

        private final Pattern pattern;

        Alphabet(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    public ScanRules {
        symbologies = Set.copyOf(symbologies);
        if (least < 1 || most > 255 || least > most) {
            throw new IllegalArgumentException("Expected codes of 1 to 255 characters, found " + least + " to " + most);
        }
    }

    /**
     * The rules of an address: {@code prefix} and {@code suffix} in hexadecimal, the latter also {@code usual} or {@code silence};
     * {@code min}, {@code max}, {@code repeat} in ms, {@code alphabet}, and {@code symbologies} by their AIM letters.
     *
     * @throws IllegalArgumentException naming what was expected
     */
    static ScanRules of(DeviceAddress address) {
        return new ScanRules(
                address.setting("prefix")
                        .map(hex -> bytes(address, "prefix", hex))
                        .orElse(USUAL.prefix),
                address.setting("suffix").map(text -> suffix(address, text)).orElse(USUAL.suffix),
                address.setting("min", USUAL.least, 1, 255),
                address.setting("max", USUAL.most, 1, 255),
                Duration.ofMillis(address.setting("repeat", (int) USUAL.repeat.toMillis(), 0, 60_000)),
                address.setting("alphabet").map(name -> alphabet(address, name)).orElse(USUAL.alphabet),
                address.setting("symbologies")
                        .map(letters -> symbologies(address, letters))
                        .orElse(USUAL.symbologies));
    }

    private static Suffix suffix(DeviceAddress address, String text) {
        return switch (text) {
            case "usual" -> new Suffix.Usual();
            case "silence" -> new Suffix.Silence();
            default -> new Suffix.Exactly(bytes(address, "suffix", text));
        };
    }

    private static String bytes(DeviceAddress address, String name, String hex) {
        try {
            return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Device address '" + address + "': expected " + name + " in hexadecimal, found '" + hex + "'", e);
        }
    }

    private static Alphabet alphabet(DeviceAddress address, String name) {
        for (Alphabet alphabet : Alphabet.values()) {
            if (alphabet.name().toLowerCase(Locale.ROOT).equals(name)) {
                return alphabet;
            }
        }
        throw new IllegalArgumentException("Device address '" + address
                + "': expected the alphabet printable, ascii, alphanumeric or digits, found '" + name + "'");
    }

    private static Set<Symbology> symbologies(DeviceAddress address, String letters) {
        Set<Symbology> found = EnumSet.noneOf(Symbology.class);
        for (int i = 0; i < letters.length(); i++) {
            found.add(Symbology.ofLetter(letters.charAt(i))
                    .orElseThrow(() -> new IllegalArgumentException("Device address '" + address
                            + "': expected symbologies by AIM letters such as ACF, found '" + letters + "'")));
        }
        return found;
    }

    /** How many characters may come before a code is certainly too long. */
    int room() {
        int end = suffix instanceof Suffix.Exactly(String text) ? text.length() : 0;
        return prefix.length() + AIM_LENGTH + 2 + most + end;
    }

    /** Whether what came last ends a code. */
    boolean ends(CharSequence begun) {
        if (begun.isEmpty()) {
            return false;
        }
        char last = begun.charAt(begun.length() - 1);
        return switch (suffix) {
            case Suffix.Usual() -> last == '\r' || last == '\n' || last == '\t';
            case Suffix.Exactly(String text) -> begun.toString().endsWith(text);
            case Suffix.Silence() -> false;
        };
    }

    /** Whether what came last is the beginning of another code: the prefix, where it cannot be a part of a code. */
    boolean beginsAnew(CharSequence begun) {
        boolean control = prefix.chars().anyMatch(c -> c < ' ');
        return control && begun.length() > prefix.length() && begun.toString().endsWith(prefix);
    }

    /** Whether the character can be a part of what a scanner sends. */
    boolean belongs(char c) {
        return (c >= 0x20 && c != 0x7F)
                || prefix.indexOf(c) >= 0
                || switch (suffix) {
                    case Suffix.Usual() -> c == '\r' || c == '\n' || c == '\t';
                    case Suffix.Exactly(String text) -> text.indexOf(c) >= 0;
                    case Suffix.Silence() -> false;
                };
    }

    /** The code in what was sent, from prefix to suffix, if the rules let it in. */
    Optional<Scan> code(String sent) {
        if (!sent.startsWith(prefix)) {
            return Optional.empty();
        }
        String code = sent.substring(prefix.length());
        if (suffix instanceof Suffix.Exactly(String end) && code.endsWith(end)) {
            code = code.substring(0, code.length() - end.length());
        }
        code = code.replaceAll("[\\x00-\\x1F\\x7F]", "").strip();
        Optional<String> aim = Optional.empty();
        if (code.length() > AIM_LENGTH && code.charAt(0) == ']' && Character.isLetter(code.charAt(1))) {
            aim = Optional.of(code.substring(0, AIM_LENGTH));
            code = code.substring(AIM_LENGTH);
        }
        Optional<Symbology> symbology = aim.flatMap(Symbology::of);
        code = Symbology.withoutStartAndStop(code, aim);
        boolean let = code.length() >= least
                && code.length() <= most
                && alphabet.pattern.matcher(code).matches()
                && (symbologies.isEmpty()
                        || symbology.filter(symbologies::contains).isPresent());
        return let ? Optional.of(new Scan(code, aim)) : Optional.empty();
    }
}
