package fi.kimppa.gateway.backup;

import static fi.kimppa.gateway.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.database.TestPostgres.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The drill: a working gateway is backed up, its database is lost, and another one goes on from the file. */
class BackupTest {
    private static final String ITEM = "3000000028";

    @TempDir
    private static Path folder;

    private static Path file;
    private static Map<String, String> before;
    private static long lastRow;

    @Configuration(proxyBeanMethods = false)
    @ComponentScan("fi.kimppa.gateway.backup")
    @EnableConfigurationProperties(BackupSettings.class)
    static class WithBackups {
        @Bean
        JsonMapper json() {
            return new JsonMapper();
        }
    }

    @BeforeAll
    static void work() {
        Database database = TestPostgres.demo(template -> BackHalf.on(template).close());
        try (BackHalf house =
                BackHalf.on(database, Map.of("kimppa.backup.directory", folder.toString()), WithBackups.class)) {
            Asking turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
            assertThat(turku.bringBack(ITEM).ok()).isTrue();
            assertThat(turku.lend("2000012345", ITEM).ok()).isTrue();
            Backups backups = house.bean(Backups.class);
            backups.begin();
            await(() -> backups.underWay().isEmpty());
            assertThat(backups.failed()).isFalse();
            file = backups.file(backups.kept().getFirst().name()).orElseThrow();
            before = contents(database);
            lastRow = house.value(Long.class, "select max(id) from journal");
            assertThat(turku.bringBack(ITEM).ok()).as("and this is lost").isTrue();
        }
    }

    private static BackHalf restored(Database into, Path from) {
        return BackHalf.on(into, Map.of("kimppa.backup.restore", from.toString()), WithBackups.class);
    }

    /** Every row of every table, by table. */
    private static Map<String, String> contents(Database database) {
        Map<String, String> contents = new TreeMap<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String table : Catalogue.tables(connection).keySet()) {
                try (var row =
                        statement.executeQuery("select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from "
                                + Catalogue.quoted(table) + " t")) {
                    row.next();
                    contents.put(table, row.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return contents;
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    @Test
    void everythingIsBackAndWorkGoesOn() {
        Database database = TestPostgres.empty();
        try (BackHalf house = restored(database, file)) {
            Map<String, String> after = contents(database);
            assertThat(after.remove("restores")).contains("2026");
            before.entrySet().stream()
                    .filter(table -> after.containsKey(table.getKey()))
                    .forEach(table -> assertThat(after).containsEntry(table.getKey(), table.getValue()));
            assertThat(after.keySet())
                    .containsExactlyInAnyOrderElementsOf(before.keySet().stream()
                            .filter(name -> !name.equals("restores"))
                            .toList());

            Asking turku = new Asking(house.circulation(), BackHalf.TURKU, house.clock());
            assertThat(turku.bringBack(ITEM).ok()).isTrue();
            assertThat(house.value(Long.class, "select max(id) from journal"))
                    .as("no number is given twice")
                    .isGreaterThan(lastRow);
        }
        try (BackHalf again = BackHalf.on(database, Map.of(), WithBackups.class)) {
            assertThat(again.value(Long.class, "select count(*) from restores")).isOne();
        }
    }

    @Test
    void whatHadNoEndIsMarked() throws SQLException {
        Database first = TestPostgres.demo(template -> BackHalf.on(template).close());
        Path taken = folder.resolve("open.zip");
        try (Connection connection = connect(first);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into journal (gateway, backend, command, state, terminal, terminal_kind, branch_code, institution_id,
                                         item, transaction_date, no_block, cancel, fee_acknowledged, detail, request,
                                         opened_at)
                    select 1, 'elsewhere', '09', state, 'kiosk-turku', 'KIOSK', 'TURKU', 'TURKU', state, '20261124    193000',
                           false, false, false, '', '', now()
                      from unnest(array['OPEN', 'UNKNOWN', 'WAITING', 'WITH_STAFF']) state
                    """);
        }
        write(first, taken);
        Database database = TestPostgres.empty();
        try (BackHalf house = restored(database, taken)) {
            assertThat(house.jdbc()
                            .sql("select item from journal where restored order by item")
                            .query(String.class)
                            .list())
                    .containsExactly("OPEN", "UNKNOWN", "WAITING");
        }
    }

    private static Manifest write(Database database, Path into) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        try {
            return new Backup(source, new JsonMapper(), Clock.systemUTC()).into(into);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFileOfAnEarlierVersionIsReadByThisOne() throws Exception {
        Database old = TestPostgres.empty();
        Flyway.configure()
                .dataSource(old.url(), old.user(), old.password())
                .target("110")
                .load()
                .migrate();
        try (Connection connection = connect(old);
                Statement statement = connection.createStatement()) {
            statement.execute("update patron_categories set loan_limit = 77 where code = 'ADULT'");
        }
        Path taken = folder.resolve("old.zip");
        assertThat(write(old, taken).schema()).isEqualTo(110);
        try (BackHalf house = restored(TestPostgres.empty(), taken)) {
            assertThat(house.value(Integer.class, "select loan_limit from patron_categories where code = 'ADULT'"))
                    .isEqualTo(77);
            assertThat(house.value(Boolean.class, "select to_regclass('restore_to_finish') is null"))
                    .isTrue();
        }
    }

    @Test
    void aGatewayThatDiedAfterTheRowsGoesOn() throws SQLException {
        Database database = TestPostgres.empty();
        restored(database, file).close();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("truncate restores");
            statement.execute("create table restore_to_finish as select now() as taken_at");
        }
        try (BackHalf house = restored(database, file)) {
            assertThat(house.value(Long.class, "select count(*) from restores")).isOne();
        }
    }

    @Test
    void aDatabaseInUseIsLeftAlone() {
        Database database = TestPostgres.demo(template -> BackHalf.on(template).close());
        Map<String, String> was = contents(database);
        refused(database, file, "in use already");
        assertThat(contents(database)).isEqualTo(was);
    }

    @Test
    void filesThatAreNotWholeChangeNothingAndAWholeOneStillCan() throws IOException {
        Database database = TestPostgres.empty();
        refused(database, broken("nothing"), "cannot be read");
        refused(database, broken("cut"), "cannot be read");
        refused(database, broken("text"), "cannot be read");
        refused(database, broken("other"), "is no backup");
        refused(database, broken("altered"), "not what was written");
        refused(database, broken("missing"), "is not in it");
        refused(database, broken("later"), "later version");
        refused(database, broken("format"), "does not know");
        restored(database, file).close();
    }

    private static void refused(Database database, Path from, String reason) {
        assertThatThrownBy(() -> restored(database, from)).as(from.toString()).hasStackTraceContaining(reason);
    }

    private static Path broken(String fault) throws IOException {
        Path broken = folder.resolve(fault + ".zip");
        Files.copy(file, broken);
        switch (fault) {
            case "nothing" -> Files.delete(broken);
            case "cut" -> Files.write(broken, Arrays.copyOf(Files.readAllBytes(file), 4_000));
            case "text" -> Files.writeString(broken, "a shopping list");
            default -> inside(broken, fault);
        }
        return broken;
    }

    private static void inside(Path broken, String fault) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + broken.toUri()), Map.of())) {
            Path manifest = zip.getPath(Manifest.ENTRY);
            Path patrons = zip.getPath("tables", "patrons");
            switch (fault) {
                case "other" -> Files.delete(manifest);
                case "altered" ->
                    Files.writeString(patrons, Files.readString(patrons).replaceFirst("Virtanen|a", "b"));
                case "missing" -> Files.delete(patrons);
                case "later" ->
                    Files.writeString(
                            manifest,
                            Files.readString(manifest).replaceFirst("\"schema\" : \\d+", "\"schema\" : 99999"));
                case "format" ->
                    Files.writeString(
                            manifest, Files.readString(manifest).replaceFirst("\"format\" : 1", "\"format\" : 2"));
                default -> throw new IllegalArgumentException(fault);
            }
        }
    }

    @Test
    void onlyTheLastOnesAreKeptAndNobodyElseReadsThem() throws IOException {
        Path kept = folder.resolve("kept");
        Database database = TestPostgres.demo(template -> BackHalf.on(template).close());
        try (BackHalf house = BackHalf.on(
                database,
                Map.of("kimppa.backup.directory", kept.toString(), "kimppa.backup.keep", "2"),
                WithBackups.class)) {
            Backups backups = house.bean(Backups.class);
            for (int night = 0; night < 3; night++) {
                backups.nightly();
                await(() -> backups.underWay().isEmpty());
                house.pass(Duration.ofDays(1));
            }
            List<Backups.Kept> there = backups.kept();
            assertThat(there).hasSize(2);
            assertThat(there.getFirst().takenAt()).isAfter(there.getLast().takenAt());
            assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(Files.getPosixFilePermissions(
                            backups.file(there.getFirst().name()).orElseThrow()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(backups.file("../../etc/passwd")).isEmpty();
        }
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNothingAndIsTold() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "");
        Database database = TestPostgres.demo(template -> BackHalf.on(template).close());
        try (BackHalf house =
                BackHalf.on(database, Map.of("kimppa.backup.directory", occupied.toString()), WithBackups.class)) {
            Backups backups = house.bean(Backups.class);
            backups.begin();
            await(() -> backups.underWay().isEmpty());
            assertThat(backups.failed()).isTrue();
            assertThat(backups.kept()).isEmpty();
        }
    }
}
