package fi.kimppa.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * While gateways are upgraded one after the other, the version before works on the schema of the next: nothing that it reads or writes
 * may go, change its name or begin to refuse what it writes.
 */
class MigrationsTest {
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
    private static final Pattern NAME = Pattern.compile("V(\\d{3})__[a-z0-9_]+\\.sql");

    /** Those of before the first release, which no running gateway ever met. */
    private static final int FIRST_RELEASE = 110;

    private static final List<Pattern> BREAKING = Stream.of(
                    "drop table",
                    "drop column",
                    "drop view",
                    "rename (to|column)",
                    "set not null",
                    "alter column \\w+ (set data )?type",
                    "alter column \\w+ drop default",
                    "add (constraint|check|unique|primary key|foreign key)",
                    "add column( if not exists)? \\w+ [^;,]*not null(?![^;,]*default)(?<!default [^;,]{1,200}not null)")
            .map(Pattern::compile)
            .toList();

    private static final Pattern DROPPED = Pattern.compile("drop constraint (\\w+)");

    @TestFactory
    Stream<DynamicTest> theVersionBeforeWorksOnTheSchema() throws IOException {
        return migrations()
                .filter(file -> number(file) > FIRST_RELEASE)
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String sql = withoutComments(Files.readString(file));
                    assertThat(BREAKING)
                            .as(
                                    "a column or table goes in two steps: a version that no longer uses it, then one without it")
                            .noneMatch(breaking ->
                                    breaking.matcher(withoutReplaced(sql)).find());
                }));
    }

    @Test
    void theRuleSeesWhatBreaks() {
        assertThat(breaks("alter table a drop column b")).isTrue();
        assertThat(breaks("alter table a rename column b to c")).isTrue();
        assertThat(breaks("alter table a add column b text not null")).isTrue();
        assertThat(breaks("alter table a add column b text not null check (b <> '')"))
                .isTrue();
        assertThat(breaks("alter table a add column b text not null default ''"))
                .isFalse();
        assertThat(breaks("alter table a add column b text default '' not null"))
                .isFalse();
        assertThat(breaks("alter table a add column b text")).isFalse();
        assertThat(breaks("create table c (b text not null)")).isFalse();
        assertThat(breaks("alter table a add constraint c check (b <> '')")).isTrue();
        assertThat(breaks("alter table a drop constraint c, add constraint c check (true)"))
                .isFalse();
    }

    private static boolean breaks(String sql) {
        return BREAKING.stream()
                .anyMatch(breaking -> breaking.matcher(withoutReplaced(sql)).find());
    }

    /** A constraint that goes and comes back under its name lets through what it did: so it is widened. */
    private static String withoutReplaced(String sql) {
        return DROPPED.matcher(sql)
                .results()
                .map(dropped -> "add constraint " + dropped.group(1) + ' ')
                .reduce(sql, (left, added) -> left.replace(added, ""));
    }

    @Test
    void noTwoHaveOneNumber() throws IOException {
        assertThat(migrations().map(MigrationsTest::number)).doesNotHaveDuplicates();
    }

    private static Stream<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted().toList().stream();
        }
    }

    private static int number(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        assertThat(name.matches()).as("%s", file).isTrue();
        return Integer.parseInt(name.group(1));
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
