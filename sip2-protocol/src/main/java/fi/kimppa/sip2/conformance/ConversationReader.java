package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.conformance.Conversation.Role;
import fi.kimppa.sip2.wire.WireProfile;
import fi.kimppa.sip2.wire.WireProfile.ErrorDetection;
import fi.kimppa.sip2.wire.WireProfile.Terminator;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one file: header lines, an empty line, the conversation. For one file each. */
final class ConversationReader {
    private static final Set<String> HEADERS = Set.of("rule", "source", "role", "links", "profile", "needs");
    private static final Pattern OF_THE_CLIENT = Pattern.compile("ask .*|answer .*|fails .*|hang up");

    private final String file;
    private final List<String> lines;
    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, Integer> headerLines = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> used = new TreeSet<>();
    private Role role = Role.SERVER;
    private char delimiter = '|';
    private int at;

    ConversationReader(String file, String text) {
        this.file = file;
        this.lines = text.lines().map(String::stripTrailing).toList();
    }

    Conversation read() {
        readHeader();
        role = role();
        Map<String, String> profile = profile();
        delimiter = wireProfile(profile).delimiter();
        for (; at < lines.size(); at++) {
            String line = lines.get(at);
            if (!line.isEmpty() && !line.startsWith("#")) {
                steps.add(step(line));
            }
        }
        if (steps.isEmpty()) {
            throw place().expected("a conversation after the header", "the end of the file");
        }
        Set<String> needs = words("needs");
        if (!needs.equals(used)) {
            throw new Token.Place(file, headerLines.getOrDefault("needs", 1))
                    .expected("needs: " + String.join(" ", used), "needs: " + String.join(" ", needs));
        }
        return new Conversation(file, value("rule"), value("source"), role, links(), profile, needs, steps);
    }

    // ---- header ------------------------------------------------------------------------------------------

    private void readHeader() {
        for (; at < lines.size() && !lines.get(at).isEmpty(); at++) {
            String line = lines.get(at);
            if (line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String key = colon < 0 ? line : line.substring(0, colon);
            if (!HEADERS.contains(key)) {
                throw place().expected("rule:, source:, role:, links:, profile:, needs: or an empty line", line);
            }
            if (header.putIfAbsent(key, line.substring(colon + 1).strip()) != null) {
                throw place().expected(key + ": once", "it again");
            }
            headerLines.put(key, at + 1);
        }
    }

    private String value(String key) {
        String value = header.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new Token.Place(file, headerLines.getOrDefault(key, 1)).expected(key + ": in the header", "none");
        }
        return value;
    }

    private Set<String> words(String key) {
        Set<String> words = new TreeSet<>(List.of(header.getOrDefault(key, "").split("\\s+", -1)));
        words.remove("");
        return words;
    }

    private Role role() {
        return switch (value("role")) {
            case "server" -> Role.SERVER;
            case "client" -> Role.CLIENT;
            default -> throw new Token.Place(file, line("role")).expected("role: server or client", value("role"));
        };
    }

    private Set<Transport> links() {
        value("links");
        Set<Transport> links = EnumSet.noneOf(Transport.class);
        for (String word : words("links")) {
            if (!word.matches("tcp|tls|https")) {
                throw new Token.Place(file, line("links")).expected("tcp, tls or https", word);
            }
            links.add(Transport.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return links;
    }

    private Map<String, String> profile() {
        Map<String, String> profile = new LinkedHashMap<>();
        for (String word : words("profile")) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new Token.Place(file, line("profile")).expected("setting=value", word);
            }
            profile.put(word.substring(0, equals), word.substring(equals + 1));
        }
        try {
            wireProfile(profile);
        } catch (IllegalArgumentException e) {
            throw new Token.Place(file, line("profile"))
                    .expected("values that a profile can have", header.getOrDefault("profile", ""));
        }
        return profile;
    }

    private int line(String key) {
        return headerLines.getOrDefault(key, 1);
    }

    /** @throws IllegalArgumentException if a value is none */
    static WireProfile wireProfile(Map<String, String> profile) {
        WireProfile usual = WireProfile.DEFAULT;
        String delimiter = profile.getOrDefault("delimiter", Character.toString(usual.delimiter()));
        if (delimiter.length() != 1) {
            throw new IllegalArgumentException("delimiter=" + delimiter);
        }
        return new WireProfile(
                Charset.forName(profile.getOrDefault("charset", usual.charset().name())),
                delimiter.charAt(0),
                profile.containsKey("terminator")
                        ? Terminator.valueOf(profile.get("terminator").toUpperCase(Locale.ROOT))
                        : usual.terminator(),
                profile.containsKey("error-detection")
                        ? ErrorDetection.valueOf(profile.get("error-detection").toUpperCase(Locale.ROOT))
                        : usual.errorDetection(),
                usual.maxFrameBytes(),
                usual.maxFields());
    }

    // ---- conversation ------------------------------------------------------------------------------------

    private Step step(String line) {
        if (role == Role.SERVER && OF_THE_CLIENT.matcher(line).matches()) {
            throw place().expected("a step of a conversation with a server", line);
        }
        String sign = role == Role.SERVER ? ">" : "<";
        String other = role == Role.SERVER ? "<" : ">";
        int number = at + 1;
        if (line.startsWith(sign + "+ ")) {
            return send(number, line.substring(3), false);
        }
        if (line.startsWith(sign + " ")) {
            return send(number, line.substring(2), true);
        }
        if (line.equals(other + " {same}")) {
            return new Step.ExpectSame(number);
        }
        if (line.startsWith(other + " ")) {
            return new Step.Expect(number, line, expectation(line.substring(2)));
        }
        if (line.startsWith("ask ")) {
            return new Step.Ask(number, line, template(line.substring("ask ".length())));
        }
        if (line.startsWith("answer ")) {
            return new Step.Answer(number, line, expectation(line.substring("answer ".length())));
        }
        return switch (line) {
            case "log in" -> {
                if (role == Role.SERVER) {
                    used.add("LOGIN");
                    used.add("PASSWORD");
                }
                yield new Step.LogIn(number);
            }
            case "silence" -> new Step.Silence(number);
            case "closed" -> new Step.Closed(number);
            case "reconnect" -> new Step.Reconnect(number);
            case "hang up" -> new Step.HangUp(number);
            case "fails format known" -> new Step.Fails(number, true, true);
            case "fails format unknown" -> new Step.Fails(number, true, false);
            case "fails link known" -> new Step.Fails(number, false, true);
            case "fails link unknown" -> new Step.Fails(number, false, false);
            default ->
                throw place().expected(
                                role == Role.SERVER
                                        ? "> or < and a message, log in, silence, closed or reconnect"
                                        : "> or < and a message, ask, answer, fails, log in, silence, closed, hang up or"
                                                + " reconnect",
                                line);
        };
    }

    private Step send(int number, String text, boolean ended) {
        return new Step.Send(number, text, template(text), ended);
    }

    private Template template(String text) {
        Template template = Template.read(text, place());
        note(template.tokens());
        return template;
    }

    private Expectation expectation(String text) {
        Expectation expected = Expectation.read(text, delimiter, place());
        note(expected.tokens());
        return expected;
    }

    private void note(List<Token> tokens) {
        for (Token token : tokens) {
            if (token instanceof Token.Variable(String name)) {
                used.add(name);
            }
        }
    }

    private Token.Place place() {
        return new Token.Place(file, Math.min(at + 1, Math.max(1, lines.size())));
    }
}
