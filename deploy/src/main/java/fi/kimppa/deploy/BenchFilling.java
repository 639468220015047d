package fi.kimppa.deploy;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fills a store: on the server itself, in portions, each a transaction. Indexes that are not unique are made afterwards, as they were,
 * which is quicker than keeping them up to date; foreign keys stay and are not asked, since what is written fits by its making. What
 * is written is the same for the same size, whatever stood there before is gone.
 */
final class BenchFilling {
    /** Machines that have written the journal; as many in a small store as in a large one. */
    static final int TERMINALS = 200;

    private static final int PORTION = 200_000;
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(15);

    /** About how long a row takes in an index or in being looked through, for saying how much time is left; microseconds. */
    private static final double INDEXING = 1.2;

    private static final double VACUUMING = 1.0;

    /** Places as the demonstration has them: half of everything is Turku's. */
    private static final String PLACES =
            "array['TURKU','TURKU','TURKU','TURKU','TURKU','KAARINA','RAISIO','NAANTALI','LIETO','UKI']";

    private static final List<String> TOOLS = List.of(
            "set session_replication_role = replica",
            "set synchronous_commit = off",
            "set work_mem = '128MB'",
            "set maintenance_work_mem = '512MB'",
            """
            create function pg_temp.draw(n bigint, salt bigint, below bigint) returns bigint
            language sql immutable parallel safe
            return (hashint8extended(n, salt) & 9223372036854775807) % below
            """,
            // The link of a chain's line covers the one before: ChainLine in the gateway's package circulation.
            """
            create function pg_temp.next_link(state bytea, before bytea, number bigint, covered bytea) returns bytea
            language plpgsql immutable as
            $$ begin return sha256(coalesce(state, before, ''::bytea) || int8send(number) || covered); end $$
            """,
            "create aggregate pg_temp.link(bytea, bigint, bytea) (sfunc = pg_temp.next_link, stype = bytea)");

    private static final String EMPTY = """
            truncate titles, items, patrons, loans, holds, fees, payments, payment_parts, card_blocks, pin_failures, undo,
                     transits, journal, journal_chain, journal_chain_ends, cut_over_replays restart identity
            """;

    /**
     * One table's rows, of numbers from 1 on.
     *
     * @param what they are, for people
     * @param count how many numbers there are; not each of them becomes a row
     * @param micros about how long one takes
     */
    private record Step(String what, int count, double micros, String sql) {}

    /** An index as the schema has it. */
    private record Index(String table, String name, String definition) {}

    private final Connection connection;
    private final BenchSize size;
    private final Instant now;
    private final PrintStream out;
    private final long begun = System.nanoTime();
    private double wholeMicros;
    private double doneMicros;
    private long lastWords = System.nanoTime();

    /**
     * What is to be filled.
     *
     * @param connection to the database, for nothing else
     * @param now what the dates are counted back from
     */
    BenchFilling(Connection connection, BenchSize size, Instant now, PrintStream out) {
        this.connection = connection;
        this.size = size;
        this.now = now;
        this.out = out;
    }

    /** Fills it, and looks through it, so that the server knows what is there. Takes minutes. */
    void fill() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String tool : TOOLS) {
                statement.execute(tool);
            }
            statement.execute(EMPTY);
            List<Index> indexes = indexes(statement);
            for (Index index : indexes) {
                statement.execute("drop index " + index.name);
            }
            wholeMicros = steps().stream()
                            .mapToDouble(step -> step.count * step.micros)
                            .sum()
                    + indexes.stream()
                            .mapToDouble(index -> INDEXING * rows(index.table))
                            .sum()
                    + size.tables().keySet().stream()
                            .mapToDouble(table -> VACUUMING * rows(table))
                            .sum();
            for (Step step : steps()) {
                run(statement, step);
            }
            for (Index index : indexes) {
                statement.execute(index.definition);
                done("index " + index.name, INDEXING * rows(index.table));
            }
            numbers(statement);
            for (String table : size.tables().keySet()) {
                statement.execute("vacuum (analyze) " + table);
                done("looking through " + table, VACUUMING * rows(table));
            }
            BenchDatabase.terminals(statement, TERMINALS);
            statement.execute("checkpoint");
        }
    }

    private long rows(String table) {
        return size.tables().getOrDefault(table, 0L);
    }

    private List<Index> indexes(Statement statement) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                """
                select i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
                  from pg_index i
                 where not i.indisunique and i.indrelid::regclass::text in ('%s')
                 order by 1, 2
                """.formatted(String.join("', '", size.tables().keySet())))) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return indexes;
    }

    /** Ids that were given go on after the last. */
    private static void numbers(Statement statement) throws SQLException {
        for (String table : List.of("titles", "journal")) {
            statement.execute(
                    "select setval(pg_get_serial_sequence('%s', 'id'), max(id)) from %s".formatted(table, table));
        }
    }

    private void run(Statement statement, Step step) throws SQLException {
        for (int from = 1; from <= step.count; from += PORTION) {
            int to = Math.min(step.count, from + PORTION - 1);
            statement.execute(step.sql
                    .replace("{from}", Integer.toString(from))
                    .replace("{to}", Integer.toString(to))
                    .replace("{items}", Integer.toString(size.items()))
                    .replace("{patrons}", Integer.toString(size.patrons()))
                    .replace("{titles}", Integer.toString(size.titles()))
                    .replace("{rows}", Integer.toString(size.rows()))
                    .replace("{terminals}", Integer.toString(TERMINALS))
                    .replace("{places}", PLACES)
                    .replace("{now}", "timestamptz '" + now + "'"));
            done(
                    String.format(Locale.ROOT, "%s, %,d of %,d", step.what, to, step.count),
                    (to - from + 1) * step.micros);
        }
    }

    private void done(String what, double micros) {
        doneMicros += micros;
        if (System.nanoTime() - lastWords > BETWEEN_WORDS.toNanos()) {
            lastWords = System.nanoTime();
            double left = (System.nanoTime() - begun) / 60e9 * (wholeMicros / doneMicros - 1);
            out.printf(Locale.ROOT, "  %s; about %.0f min left%n", what, Math.ceil(left));
        }
    }

    // ---- what is written ---------------------------------------------------------------------------------

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>(collection());
        steps.addAll(openMatters());
        steps.addAll(journal());
        return steps;
    }

    /** Numbers of items are 3,100,000,000 and more, of cards 2,100,000,000 and more, so that each has ten digits. */
    private List<Step> collection() {
        return List.of(
                new Step("titles", size.titles(), 3, """
                        insert into titles (id, title, author)
                        select n, 'Teos ' || n, 'Tekijä ' || pg_temp.draw(n, 1, {titles} / 3)
                          from generate_series({from}, {to}) n
                        """),
                new Step("items", size.items(), 5, """
                        insert into items (number, title_id, type, home_branch, current_branch, destination, call_number)
                        select (3100000000 + n)::text, 1 + pg_temp.draw(n, 2, {titles}),
                               case when pg_temp.draw(n, 3, 8) = 0 then 'AUDIOBOOK' else 'BOOK' end,
                               home, case when travels then 'SAUVO' else home end, case when travels then home end, '84.2'
                          from (select n, ({places})[1 + pg_temp.draw(n, 4, 10)::int] as home,
                                       n % 100 = 50 and n % 7 <> 3 as travels
                                  from generate_series({from}, {to}) n) made
                        """),
                new Step("patrons", size.patrons(), 5, """
                        insert into patrons (card, family_name, given_name, birth_date, category, home_branch, pin, expires_on,
                                             self_service)
                        select (2100000000 + n)::text, 'Suku ' || pg_temp.draw(n, 5, 3000), 'Etunimi ' || pg_temp.draw(n, 6, 300),
                               date '1930-01-01' + pg_temp.draw(n, 7, 28000)::int, 'ADULT',
                               ({places})[1 + pg_temp.draw(n, 8, 10)::int], '-', date '2099-12-31', pg_temp.draw(n, 9, 5) < 2
                          from generate_series({from}, {to}) n
                        """));
    }

    /** What is on loan, awaited, owed and under way, and what is kept of it for a while afterwards. */
    private List<Step> openMatters() {
        return List.of(
                new Step("loans", size.items(), 1.5, """
                        insert into loans (item, card, lent_at, said_at, lent_branch, due_at)
                        select (3100000000 + n)::text, (2100000001 + pg_temp.draw(n, 11, {patrons}))::text, lent, lent, 'TURKU',
                               date_trunc('day', lent) + interval '28 days 21:59'
                          from (select n, {now} - make_interval(hours => 1 + pg_temp.draw(n, 10, 700)::int) as lent
                                  from generate_series({from}, {to}) n where n % 7 = 3) made
                        """),
                new Step("loans of the last day that have ended", size.items(), 0.2, """
                        with ended as (
                            insert into loans as l (item, card, lent_at, said_at, lent_branch, due_at, returned_at, returned_branch)
                            select (3100000000 + n)::text, (2100000001 + pg_temp.draw(n, 12, {patrons}))::text, back - interval '9 days',
                                   back - interval '9 days', 'TURKU', back + interval '19 days', back, 'TURKU'
                              from (select n, {now} - make_interval(secs => pg_temp.draw(n, 13, 80000)) as back
                                      from generate_series({from}, {to}) n where n % 200 = 11 and n % 7 <> 3) made
                            returning l.item, l.returned_at, to_jsonb(l) as loan)
                        insert into undo (item, command, terminal, at, branch, loan, holds)
                        select item, '09', 'bench-1', returned_at, 'TURKU', loan - 'returned_at' - 'returned_branch', '[]' from ended
                        """),
                new Step("holds", size.items() / 50, 10, """
                        insert into holds (card, title_id, pickup_branch, placed_at, state)
                        select (2100000001 + pg_temp.draw(n, 14, {patrons}))::text, 5 + 10 * pg_temp.draw(n, 15, {titles} / 10),
                               'TURKU', {now} - make_interval(hours => 1 + pg_temp.draw(n, 16, 1000)::int), 'WAITING'
                          from generate_series({from}, {to}) n
                            on conflict do nothing
                        """),
                new Step("holds that are ready", size.items(), 0.2, """
                        insert into holds (card, title_id, pickup_branch, placed_at, state, trapped_item, ready_at)
                        select (2100000001 + pg_temp.draw(n, 17, {patrons}))::text, i.title_id, 'TURKU', {now} - interval '20 days',
                               'READY', i.number, {now} - interval '2 days'
                          from generate_series({from}, {to}) n join items i on i.number = (3100000000 + n)::text
                         where n % 200 = 13 and n % 7 <> 3
                            on conflict do nothing
                        """),
                new Step("fees", size.patrons(), 1, """
                        insert into fees (card, fee_type, amount, created_at, paid_at, paid)
                        select (2100000000 + n)::text, '04', amount, {now} - interval '30 days',
                               case when n % 10 = 2 then {now} - interval '9 days' end, case when n % 10 = 2 then amount else 0 end
                          from (select n, (50 + pg_temp.draw(n, 18, 2000)) / 100.0 as amount
                                  from generate_series({from}, {to}) n where n % 10 in (1, 2)) made
                        """),
                new Step("transits", size.items(), 0.5, """
                        insert into transits (item, origin, destination, sent_at, arrived_at)
                        select i.number, 'SAUVO', coalesce(i.destination, i.home_branch), {now} - interval '4 days',
                               case when i.destination is null then {now} - interval '3 days' end
                          from generate_series({from}, {to}) n join items i on i.number = (3100000000 + n)::text
                         where i.destination is not null or n % 25 = 7
                        """));
    }

    /**
     * The journal of nearly seven days, evenly, and its chains. As the gateway leaves it: who it was about stands in the rows of the
     * last day alone. A few in ten thousand are returns that wait for a library system that does not answer, or are with staff.
     */
    private List<Step> journal() {
        return List.of(
                new Step("journal", size.rows(), 8, """
                        insert into journal (id, gateway, backend, command, state, terminal, terminal_kind, branch_code, institution_id,
                                             card, item, transaction_date, no_block, cancel, fee_acknowledged, request, response, ok,
                                             opened_at, settled_at, heard_at, moved_at, salt)
                        overriding system value
                        select n, 1, case state when 'WAITING' then 'far' else 'embedded' end, command, state,
                               'bench-' || (1 + (n - 1) % {terminals}), 'KIOSK', 'TURKU', 'TURKU',
                               card, item, said, false, false, false,
                               case when not fresh then null
                                    when command = '09' then '09N' || said || said || 'APTURKU|AOTURKU|AB' || item || '|AC|'
                                    else command || 'NN' || said || said || 'AOTURKU|AA' || card || '|AB' || item || '|AC|' end,
                               case when not fresh then null
                                    when command = '09' then '101YNN' || said || 'AOTURKU|AB' || item || '|AQTURKU|AJTeos|CL1|'
                                    else '121NUY' || said || 'AOTURKU|AA' || card || '|AB' || item || '|AJTeos|AH' || said || '|' end,
                               state <> 'SETTLED' or pg_temp.draw(n, 25, 33) > 0, opened,
                               case state when 'SETTLED' then opened + interval '20 milliseconds' end, opened,
                               opened + interval '20 milliseconds', case when fresh then decode(md5(n::text), 'hex') end
                          from (select n, opened, fresh, command, (3100000001 + pg_temp.draw(n, 22, {items}))::text as item,
                                       case when fresh and command <> '09'
                                            then (2100000001 + pg_temp.draw(n, 23, {patrons}))::text end as card,
                                       case when fresh and command = '09' and pg_temp.draw(n, 24, 300) = 0 then 'WAITING'
                                            when fresh and command = '09' and pg_temp.draw(n, 24, 6000) = 1 then 'WITH_STAFF'
                                            else 'SETTLED' end as state,
                                       to_char(opened at time zone 'Europe/Helsinki', 'YYYYMMDD    HH24MISS') as said
                                  from (select n, {now} - make_interval(secs => ago) as opened, ago < 86000 as fresh,
                                               case when kind = 0 then '29' when kind < 11 then '11' else '09' end as command
                                          from (select n::bigint as n, ({rows} - n) * (596000.0::float8 / {rows}) as ago,
                                                       pg_temp.draw(n, 21, 20) as kind
                                                  from generate_series({from}, {to}) n) numbered) made
                                offset 0) told
                        """), new Step("chains of the journal", size.rows(), 16, """
                        with lines as (
                            select j.id, j.terminal, 2 * ((j.id - 1) / {terminals}) + line as number, j.command,
                                   case when line = 1 then 'OPEN' when j.state <> 'SETTLED' then j.state
                                        when j.ok then 'DONE' else 'NOT_DONE' end as kind,
                                   case when line = 1 then j.opened_at else j.moved_at end as at,
                                   case when line = 1 and j.request is not null
                                        then sha256(j.salt || convert_to(concat_ws(E'\\n', j.terminal, j.command, coalesce(j.card, ''),
                                                    j.item, j.transaction_date, j.detail, j.request), 'UTF8'))
                                        else sha256(int8send(j.id) || int4send(line)) end as digest
                              from journal j cross join generate_series(1, 2) line
                             where j.id between {from} and {to}),
                        covered as (
                            select l.*, int8send(id) || int8send((extract(epoch from at) * 1000000)::bigint) || '\\x00'::bytea
                                        || convert_to(command || E'\\nTURKU\\n' || kind || E'\\n', 'UTF8') || digest as covered
                              from lines l),
                        added as (
                            insert into journal_chain as t (terminal, number, journal_id, command, branch_code, undo, kind, at,
                                                                digest, link)
                            select c.terminal, c.number, c.id, c.command, 'TURKU', false, c.kind, c.at, c.digest,
                                   pg_temp.link(e.link, c.number, c.covered)
                                       over (partition by c.terminal order by c.number rows unbounded preceding)
                              from covered c left join journal_chain_ends e on e.terminal = c.terminal
                            returning t.terminal, t.number, t.link)
                        insert into journal_chain_ends as e (terminal, number, link)
                        select distinct on (terminal) terminal, number, link from added order by terminal, number desc
                            on conflict (terminal) do update set number = excluded.number, link = excluded.link
                        """));
    }
}
