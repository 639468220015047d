package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule of SIP2 as a conversation: what one side says, and what the other side, which is tested, must say.
 * docs/reference/golden-conversations.md has the form of the files. Immutable.
 */
public final class Conversation {
    /** How a file's name ends. */
    public static final String ENDING = ".sip2";

    private final String name;
    private final String rule;
    private final String source;
    private final Role role;
    private final Set<Transport> links;
    private final Map<String, String> profile;
    private final Set<String> needs;
    private final List<Step> steps;

    /** Whom a conversation tests. */
    public enum Role {
        /** The library's end; the file speaks for the self-check. */
        SERVER,
        /** The self-check's end; the file speaks for the library. */
        CLIENT
    }

    Conversation(
            String name,
            String rule,
            String source,
            Role role,
            Set<Transport> links,
            Map<String, String> profile,
            Set<String> needs,
            List<Step> steps) {
        this.name = name;
        this.rule = rule;
        this.source = source;
        this.role = role;
        this.links = Set.copyOf(links);
        this.profile = Map.copyOf(profile);
        this.needs = Set.copyOf(needs);
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a conversation.
     *
     * @param name of the file, for messages and reports
     * @throws ConversationException with line, what was expected and what was found
     */
    public static Conversation read(String name, String text) {
        return new ConversationReader(name, text).read();
    }

    /**
     * Reads a file, or all files of a folder that end with {@link #ENDING}, by name.
     *
     * @throws ConversationException if one cannot be understood
     */
    public static List<Conversation> read(Path path) {
        try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            return files.filter(file -> !Files.isDirectory(file)
                            && (file.equals(path) || file.toString().endsWith(ENDING)))
                    .sorted()
                    .map(Conversation::readFile)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ConversationException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** The conversations that ship with this library, by name. */
    public static List<Conversation> shipped() {
        // The files are beside this class; a folder's own name could be found in several places of a class path.
        URL here = Conversation.class.getResource("Conversation.class");
        if (here == null) {
            throw new ConversationException("the golden conversations cannot be found");
        }
        String url = here.toString();
        try {
            if (!url.startsWith("jar:")) {
                return read(Path.of(here.toURI()).resolveSibling("."));
            }
            Path jar = Path.of(URI.create(url.substring("jar:".length(), url.indexOf("!/"))));
            try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                return read(inside.getPath("/fi/kimppa/sip2/conformance"));
            }
        } catch (URISyntaxException | IOException e) {
            throw new ConversationException("cannot read the golden conversations: " + e.getMessage(), e);
        }
    }

    private static Conversation readFile(Path file) {
        try {
            String name = file.getFileName().toString();
            return read(name, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name without its ending. */
    public String name() {
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** The rule, as a sentence. */
    public String rule() {
        return rule;
    }

    /** Where the rule comes from: document and section, or repository and file. */
    public String source() {
        return source;
    }

    /** Whom it tests. */
    public Role role() {
        return role;
    }

    /**
     * What the file's own side puts on the wire, terminators included, as far as that does not depend on answers: for
     * tests that want these bytes without the conversation around them.
     *
     * @param variables one text for each of {@link #needs()}
     * @param now what {@code {now}} means
     * @param zone of local times
     */
    public byte[] bytes(Map<String, String> variables, Instant now, ZoneId zone) {
        Values values = new Values(variables, now, zone, wireProfile().charset());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (Step step : steps) {
            if (step instanceof Step.Send send) {
                all.writeBytes(send.bytes().bytes(values, line));
                if (send.ended()) {
                    all.write('\r');
                    line.reset();
                }
            }
        }
        return all.toByteArray();
    }

    /** The links that it holds for. */
    public Set<Transport> links() {
        return links;
    }

    /** What the terminal's profile must be set to, by setting; empty when it holds for the usual one. */
    public Map<String, String> profile() {
        return profile;
    }

    /** Names of the variables that its data must have. */
    public Set<String> needs() {
        return needs;
    }

    /** What of the profile is about the wire; the rest is the usual. */
    public WireProfile wireProfile() {
        return ConversationReader.wireProfile(profile);
    }

    List<Step> steps() {
        return steps;
    }

    @Override
    public String toString() {
        return name();
    }
}
