package fi.kimppa.deploy;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the sources and documents of the whole house for what no compiler or formatter sees. */
class TidyTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "data", ".git", ".idea", ".vscode", ".cifuzz-corpus");
    private static final Set<String> TEXT =
            Set.of("java", "md", "xml", "sh", "sql", "properties", "css", "html", "yaml");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");

    private static List<Source> sources = List.of();

    /** A text file: its path from the top, with slashes, and its lines. */
    private record Source(String path, List<String> lines) {
        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isMain() {
            return path.contains("/src/main/");
        }

        boolean isTest() {
            return path.contains("/src/test/");
        }

        boolean isDocument() {
            return path.endsWith(".md");
        }
    }

    @BeforeAll
    static void readSources() throws IOException {
        List<Source> found = new ArrayList<>();
        Files.walkFileTree(TOP, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (TEXT.contains(name.substring(name.lastIndexOf('.') + 1))) {
                    String path = TOP.relativize(file).toString().replace('\\', '/');
                    found.add(new Source(path, List.of(Files.readString(file).split("\n", -1))));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        sources = List.copyOf(found);
        assertThat(sources).as("sources below " + TOP).hasSizeGreaterThan(50);
    }

    @Test
    void linesEndWhereTheirTextEnds() {
        assertThat(offences(
                        source -> !source.isJava(),
                        (lines, i) -> !lines.get(i).equals(lines.get(i).stripTrailing())))
                .isEmpty();
    }

    @Test
    void filesEndWithOneNewline() {
        assertThat(sources.stream()
                        .filter(source -> !source.lines().getLast().isEmpty())
                        .map(Source::path))
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        // Put together here, so that this file does not find itself.
        Pattern later = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        assertThat(offences(
                        Source::isJava,
                        (lines, i) -> later.matcher(lines.get(i)).find()))
                .isEmpty();
    }

    @Test
    void programsLogInsteadOfPrinting() {
        // What the house prints for the person who started the demo is its user interface, and so is what a
        // command-line tool prints.
        Pattern print = Pattern.compile("System\\.(out|err)\\b|\\.printStackTrace\\(\\)");
        assertThat(offences(
                        source -> source.isJava()
                                && source.isMain()
                                && !source.path().startsWith("deploy/")
                                && !source.path().contains("/sip2/tool/")
                                && !source.path().endsWith("/kiosk/StaffCardCommand.java")
                                && !source.path().contains("/device/tool/"),
                        (lines, i) -> print.matcher(lines.get(i)).find()))
                .isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() {
        Pattern off = Pattern.compile("^\\s*@Disabled\\b");
        assertThat(offences(
                        source -> source.isJava() && source.isTest(),
                        (lines, i) -> off.matcher(lines.get(i)).find()))
                .isEmpty();
    }

    @Test
    void noWarningIsSilencedWithoutAReason() {
        Pattern silence = Pattern.compile("^\\s*@SuppressWarnings\\b");
        Pattern comment = Pattern.compile("//|\\*/");
        assertThat(offences(
                        Source::isJava,
                        (lines, i) -> silence.matcher(lines.get(i)).find()
                                && !comment.matcher(lines.get(i)).find()
                                && !comment.matcher(lines.get(i - 1)).find()))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        Set<String> packages = sources.stream()
                .filter(source -> source.isJava() && source.isMain())
                .map(source -> source.path().substring(0, source.path().lastIndexOf('/')))
                .collect(toCollection(TreeSet::new));
        Set<String> described = sources.stream()
                .filter(source -> source.path().endsWith("/package-info.java"))
                .filter(source -> source.lines().contains("@NullMarked"))
                .filter(source -> source.lines().stream().anyMatch(line -> line.startsWith("/**")))
                .map(source -> source.path().substring(0, source.path().lastIndexOf('/')))
                .collect(toCollection(TreeSet::new));
        assertThat(described).as("packages with a @NullMarked package-info").containsAll(packages);
    }

    @Test
    void linksInDocumentsLeadSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Source source : sources) {
            if (source.isDocument()) {
                Path document = TOP.resolve(source.path());
                links(source)
                        .filter(link -> !link.contains(":"))
                        .filter(link -> !Files.exists(document.resolveSibling(link)))
                        .forEach(link -> dead.add(source.path() + " -> " + link));
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void decisionsAreNumberedWithoutGapsAndHaveAllSections() {
        List<Source> decisions = sources.stream()
                .filter(source -> source.path().startsWith("docs/decisions/"))
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .toList();
        assertThat(decisions).isNotEmpty();
        for (int i = 0; i < decisions.size(); i++) {
            Source decision = decisions.get(i);
            assertThat(decision.path()).startsWith("docs/decisions/%04d-".formatted(i + 1));
            assertThat(decision.lines().getFirst()).startsWith("# " + (i + 1) + ". ");
            assertThat(decision.lines())
                    .as(decision.path())
                    .containsSubsequence("## Context", "## Options", "## Choice", "## How it is checked");
        }
    }

    @Test
    void architectureNamesEveryDecision() {
        String architecture = read(TOP.resolve("ARCHITECTURE.md"));
        assertThat(sources.stream()
                        .map(Source::path)
                        .filter(path -> path.startsWith("docs/decisions/"))
                        .filter(path -> !architecture.contains("(" + path + ")")))
                .isEmpty();
    }

    @Test
    void referenceNamesEveryGroupOfSettings() {
        Pattern group = Pattern.compile("@ConfigurationProperties\\(\"([^\"]+)\"\\)");
        String reference = read(TOP.resolve("docs/reference/ports-and-settings.md"));
        List<String> groups = sources.stream()
                .filter(source -> source.isJava() && source.isMain())
                .flatMap(source -> source.lines().stream())
                .flatMap(line -> group.matcher(line).results())
                .map(result -> "`" + result.group(1) + ".")
                .toList();
        assertThat(groups).allSatisfy(name -> assertThat(reference).contains(name));
    }

    private static Stream<String> links(Source source) {
        return source.lines().stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(result -> result.group(1));
    }

    /** Path, number and text of the lines to which the rule objects; the rule gets all lines and the index of one. */
    private static List<String> offences(Predicate<Source> which, BiPredicate<List<String>, Integer> rule) {
        return sources.stream()
                .filter(which)
                .flatMap(source -> IntStream.range(0, source.lines().size())
                        .filter(i -> rule.test(source.lines(), i))
                        .mapToObj(i -> source.path() + ":" + (i + 1) + ": "
                                + source.lines().get(i).strip()))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
