package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.Counts;
import fi.kimppa.gateway.backend.embedded.exchange.ImportJob.State;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Judgement;
import fi.kimppa.gateway.backend.embedded.exchange.Judge.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Imports, their rows and what was found, in the database. Changes are made within the caller's transaction. May be shared. */
@Component
class ImportStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final int FETCHED = 500;
    private static final int LONGEST_FOUND = 300;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ExchangeSettings settings;
    private final Clock clock;

    ImportStore(JdbcClient jdbc, JdbcTemplate batches, ExchangeSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.settings = settings;
        this.clock = clock;
    }

    /** A row that waits to be written, with what the dry run said of it. */
    record Staged(Row row, Verdict verdict) {}

    // ---- imports -----------------------------------------------------------------------------------------

    /** Begins one; says its number. */
    long insert(Kind kind, String file, String holdings, boolean overwrite, String who, byte[] key) {
        return jdbc.sql("""
                        insert into imports (kind, file, holdings, overwrite, state, who, started_at, key)
                        values (:kind, :file, :holdings, :overwrite, 'UPLOADING', :who, :now, :key) returning id
                        """)
                .param("kind", kind.name())
                .param("file", file)
                .param("holdings", holdings)
                .param("overwrite", overwrite)
                .param("who", who)
                .param("now", now())
                .param("key", key)
                .query(Long.class)
                .single();
    }

    Optional<ImportJob> find(long id) {
        return jdbc.sql("select * from imports where id = :id")
                .param("id", id)
                .query(ImportStore::job)
                .optional();
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Optional<ImportJob> lock(long id) {
        return jdbc.sql("select * from imports where id = :id for update")
                .param("id", id)
                .query(ImportStore::job)
                .optional();
    }

    /** The newest first. */
    List<ImportJob> all() {
        return jdbc.sql("select * from imports order by id desc limit 100")
                .query(ImportStore::job)
                .list();
    }

    /** Those that a gateway must read or write, the oldest first. */
    List<Long> atWork() {
        return jdbc.sql("select id from imports where state in ('READING', 'WRITING') order by id")
                .query((row, _) -> row.getLong("id"))
                .list();
    }

    private static ImportJob job(ResultSet row, int number) throws SQLException {
        return new ImportJob(
                row.getLong("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("file"),
                row.getString("holdings"),
                row.getBoolean("overwrite"),
                State.valueOf(row.getString("state")),
                row.getString("who"),
                row.getTimestamp("started_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant),
                row.getLong("bytes"),
                row.getLong("bytes_read"),
                row.getLong("at_record"),
                row.getInt("at_part"),
                row.getLong("read"),
                row.getLong("usable"),
                new Counts(
                        row.getLong("added"),
                        row.getLong("changed"),
                        row.getLong("same"),
                        row.getLong("skipped"),
                        row.getLong("refused")));
    }

    /** All of the file is there. */
    void arrived(long id, long bytes) {
        jdbc.sql("update imports set state = 'READING', bytes = :bytes where id = :id and state = 'UPLOADING'")
                .param("bytes", bytes)
                .param("id", id)
                .update();
    }

    /** The dry run is over: the file goes, and with it the PINs that are in it. */
    void checked(long id, State state) {
        jdbc.sql("delete from import_pieces where import = :id").param("id", id).update();
        jdbc.sql("update imports set state = :state, key = null, bytes_read = bytes, ended_at = :now where id = :id")
                .param("state", state.name())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Somebody wants it written. Says whether it could be. */
    boolean begin(long id) {
        return jdbc.sql("""
                        update imports set state = 'WRITING', at_record = 0, at_part = 0, added = 0, changed = 0,
                               same = 0, skipped = 0, ended_at = null
                         where id = :id and state = 'CHECKED'
                        """).param("id", id).update() == 1;
    }

    /** It is over; what waited to be written goes. */
    void ended(long id, State state) {
        jdbc.sql("delete from import_pieces where import = :id").param("id", id).update();
        jdbc.sql("delete from import_rows where import = :id").param("id", id).update();
        jdbc.sql("update imports set state = :state, key = null, ended_at = :now where id = :id")
                .param("state", state.name())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /** Deletes one with all that belongs to it. What it has written stays. */
    boolean delete(long id) {
        return jdbc.sql("delete from imports where id = :id").param("id", id).update() == 1;
    }

    /** Deletes what was kept long enough, and what nobody has confirmed. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT3M")
    void deleteOld() {
        jdbc.sql("""
                        delete from imports
                         where state not in ('READING', 'WRITING') and coalesce(ended_at, started_at) < :moment
                        """)
                .param("moment", Timestamp.from(clock.instant().minus(settings.keep())))
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    // ---- rows --------------------------------------------------------------------------------------------

    /** Which of these keys are in the file before, with their records. */
    Map<String, Long> staged(long id, Set<String> keys) {
        Map<String, Long> records = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql("select key, record from import_rows where import = :id and key in (:keys)")
                    .param("id", id)
                    .param("keys", keys)
                    .query((row, _) -> records.put(row.getString("key"), row.getLong("record")))
                    .list();
        }
        return records;
    }

    /** Keeps rows that can be written. */
    void stage(long id, Table table, List<Judgement> rows) {
        Nameless.run(() -> batches.batchUpdate(
                "insert into import_rows (import, record, part, key, texts, verdict) values (?, ?, ?, ?, ?::jsonb, ?)",
                rows.stream()
                        .map(row -> new Object[] {
                            id,
                            row.row().record(),
                            row.row().part(),
                            table.key(row.row().texts()),
                            JSON.writeValueAsString(row.row().texts()),
                            row.verdict().name()
                        })
                        .toList()));
    }

    /** The next rows to be written. */
    List<Staged> next(ImportJob job, int most) {
        return jdbc.sql("""
                        select record, part, texts, verdict from import_rows
                         where import = :id and (record, part) > (:record, :part) order by record, part limit :most
                        """)
                .param("id", job.id())
                .param("record", job.atRecord())
                .param("part", job.atPart())
                .param("most", most)
                .query((row, _) -> new Staged(
                        new Row(
                                row.getLong("record"),
                                row.getInt("part"),
                                JSON.readValue(row.getString("texts"), TEXTS)),
                        Verdict.valueOf(row.getString("verdict"))))
                .list();
    }

    /**
     * Goes on from one place of the file to another.
     *
     * @param bytesRead of the file
     * @param read rows that were read; 0 while they are written
     * @param usable how many of them can be written
     * @return whether nobody else has, and the import is still at it
     */
    boolean advance(ImportJob job, long atRecord, int atPart, long bytesRead, long read, long usable, Counts more) {
        return jdbc.sql("""
                        update imports
                           set at_record = :record, at_part = :part, bytes_read = :bytes, read = read + :read,
                               usable = usable + :usable, added = added + :added, changed = changed + :changed,
                               same = same + :same, skipped = skipped + :skipped, refused = refused + :refused
                         where id = :id and state = :state and at_record = :oldRecord and at_part = :oldPart
                        """)
                        .param("record", atRecord)
                        .param("part", atPart)
                        .param("bytes", bytesRead)
                        .param("read", read)
                        .param("usable", usable)
                        .param("added", more.added())
                        .param("changed", more.changed())
                        .param("same", more.same())
                        .param("skipped", more.skipped())
                        .param("refused", more.refused())
                        .param("id", job.id())
                        .param("state", job.state().name())
                        .param("oldRecord", job.atRecord())
                        .param("oldPart", job.atPart())
                        .update()
                == 1;
    }

    // ---- findings ----------------------------------------------------------------------------------------

    /** Keeps what was found. */
    void keep(long id, List<Finding> findings) {
        Nameless.run(() -> batches.batchUpdate(
                "insert into import_findings (import, record, field, why, said, here) values (?, ?, ?, ?, ?, ?)",
                findings.stream()
                        .map(one -> new Object[] {
                            id,
                            one.record(),
                            one.field(),
                            one.why().name(),
                            shortened(one.said()),
                            shortened(one.here())
                        })
                        .toList()));
    }

    /** What the database can keep, and people can read. */
    private static String shortened(String text) {
        String kept = text.replace("\0", "");
        return kept.length() <= LONGEST_FOUND ? kept : kept.substring(0, LONGEST_FOUND) + "…";
    }

    /** The first findings. */
    List<Finding> findings(long id, int most) {
        return jdbc.sql("""
                        select record, field, why, said, here from import_findings where import = :import
                         order by id limit :most
                        """)
                .param("import", id)
                .param("most", most)
                .query(ImportStore::finding)
                .list();
    }

    /** All findings, one after the other; within a transaction. */
    void findings(long id, Consumer<Finding> reader) {
        jdbc.sql("select record, field, why, said, here from import_findings where import = :import order by id")
                .withFetchSize(FETCHED)
                .param("import", id)
                .query((RowCallbackHandler) row -> reader.accept(finding(row, 0)));
    }

    /** How many findings there are of each kind. */
    Map<Why, Long> findingCounts(long id) {
        Map<Why, Long> counts = new EnumMap<>(Why.class);
        jdbc.sql("select why, count(*) as times from import_findings where import = :import group by why")
                .param("import", id)
                .query((row, _) -> counts.put(Why.valueOf(row.getString("why")), row.getLong("times")))
                .list();
        return counts;
    }

    private static Finding finding(ResultSet row, int number) throws SQLException {
        return new Finding(
                row.getLong("record"),
                row.getString("field"),
                Why.valueOf(row.getString("why")),
                row.getString("said"),
                row.getString("here"));
    }
}
