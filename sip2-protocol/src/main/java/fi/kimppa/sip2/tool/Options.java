package fi.kimppa.sip2.tool;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.wire.WireProfile;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import fi.kimppa.sip2.wire.WireProfile.Terminator;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command line, taken apart: {@code --name value} or {@code --name=value}, flags, and the rest in
 * order. After {@code --} everything is the rest.
 */
final class Options {
    private final String help;
    private final Map<String, String> values = new HashMap<>();
    private final List<String> rest = new ArrayList<>();

    private Options(String help) {
        this.help = help;
    }

    /**
     * @param flags options without a value
     * @param valued options with one
     */
    static Options read(List<String> args, Set<String> flags, Set<String> valued, String help) {
        Options options = new Options(help);
        for (int i = 0; i < args.size(); i++) {
            String word = args.get(i);
            if (word.equals("--")) {
                options.rest.addAll(args.subList(i + 1, args.size()));
                break;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                options.rest.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 && (flags.contains(name) || name.equals("--help") || name.equals("-h"))) {
                options.values.put(name.equals("-h") ? "--help" : name, "");
            } else if (!valued.contains(name)) {
                throw new UsageException("there is no option " + name, help);
            } else if (equals >= 0) {
                options.values.put(name, word.substring(equals + 1));
            } else if (i + 1 < args.size()) {
                i++;
                options.values.put(name, args.get(i));
            } else {
                throw new UsageException(name + " needs a value", help);
            }
        }
        return options;
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    List<String> rest() {
        return rest;
    }

    UsageException wrong(String message) {
        return new UsageException(message, help);
    }

    // ---- what several commands understand ---------------------------------------------------------------

    /** HOST:PORT is TCP; everything else is as {@link Sip2Address} reads it. */
    Sip2Address address(String text) {
        try {
            return Sip2Address.parse(text.startsWith("sip2:") ? text : "sip2:tcp:" + text);
        } catch (IllegalArgumentException e) {
            throw wrong("an address is HOST:PORT, sip2:tcp:HOST:PORT, sip2:tls:HOST:PORT[?pin=SHA256] or"
                    + " sip2:https:HOST[:PORT][/PATH][?pin=SHA256], found \"" + text + "\"");
        }
    }

    /** Seconds, with a point if need be. */
    Duration seconds(String name, Duration usual) {
        return value(name)
                .map(text -> {
                    if (!text.matches("\\d{1,5}(\\.\\d{1,3})?") || Double.parseDouble(text) < 0.001) {
                        throw wrong(name + " is a number of seconds, found \"" + text + "\"");
                    }
                    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
                })
                .orElse(usual);
    }

    static final Set<String> WIRE = Set.of("--charset", "--delimiter", "--terminator", "--error-detection");

    WireProfile wireProfile() {
        WireProfile usual = WireProfile.DEFAULT;
        String delimiter = value("--delimiter").orElse("|");
        if (delimiter.length() != 1 || delimiter.charAt(0) <= ' ' || delimiter.charAt(0) > '~') {
            throw wrong("--delimiter is one printable ASCII character, found \"" + delimiter + "\"");
        }
        return new WireProfile(
                value("--charset").map(this::charset).orElse(usual.charset()),
                delimiter.charAt(0),
                value("--terminator")
                        .map(text -> oneOf(Terminator.class, "--terminator", text))
                        .orElse(usual.terminator()),
                value("--error-detection")
                        .map(text -> oneOf(ErrorDetection.class, "--error-detection", text))
                        .orElse(usual.errorDetection()),
                usual.maxFrameBytes(),
                usual.maxFields());
    }

    private Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw wrong(
                    "--charset is UTF-8, ISO-8859-1, windows-1252, IBM850, US-ASCII or another that Java knows, found \""
                            + name + "\"");
        }
    }

    private <E extends Enum<E>> E oneOf(Class<E> choices, String name, String text) {
        List<String> words = new ArrayList<>();
        for (E choice : choices.getEnumConstants()) {
            String word = choice.name().toLowerCase(Locale.ROOT);
            if (word.equals(text.toLowerCase(Locale.ROOT))) {
                return choice;
            }
            words.add(word);
        }
        throw wrong(name + " is " + String.join(" or ", words) + ", found \"" + text + "\"");
    }
}
