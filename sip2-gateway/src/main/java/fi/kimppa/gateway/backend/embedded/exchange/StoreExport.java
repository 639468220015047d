package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.marc4j.MarcXmlWriter;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything of a municipality as one ZIP, written while it is read: nothing of it is held or kept by the gateway. All files show the
 * same moment. There are card numbers, names and hashes of PINs in it.
 */
@Component
class StoreExport {
    static final String README = "README.txt";

    private static final String KEY = "store.export";
    private static final int FETCHED = 500;
    private static final List<String> PAYMENT =
            List.of("card", "paid_at", "amount", "payment_type", "terminal", "transaction_id", "creditors");

    private final Tables tables;
    private final JdbcClient jdbc;
    private final Settings record;
    private final Clock clock;
    private final TransactionTemplate oneMoment;

    StoreExport(Tables tables, JdbcClient jdbc, Settings record, Clock clock, PlatformTransactionManager transactions) {
        this.tables = tables;
        this.jdbc = jdbc;
        this.record = record;
        this.clock = clock;
        this.oneMoment = new TransactionTemplate(transactions);
        this.oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.oneMoment.setReadOnly(true);
    }

    /** One file of the export: what stands in it, and how it can be known again. */
    private record Written(String name, long rows, String sha256) {}

    /**
     * Writes the ZIP; that it was begun, and what was given out, stands in the record of changes.
     *
     * @param municipality code; empty for the whole consortium
     * @throws IOException if whoever downloads has gone away
     */
    void write(Optional<String> municipality, String who, OutputStream out) throws IOException {
        note(municipality, who, "begun");
        List<Written> files = new ArrayList<>();
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        try {
            oneMoment.executeWithoutResult(_ -> {
                // Whoever downloads may be slow, and the transaction waits for them.
                jdbc.sql("select set_config('idle_in_transaction_session_timeout', '600s', true)")
                        .query(String.class)
                        .single();
                files.addAll(files(municipality, zip));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Written _ = entry(zip, README, body -> {
            body.write(readme(municipality, files).getBytes(StandardCharsets.UTF_8));
            return 1;
        });
        zip.finish();
        note(
                municipality,
                who,
                files.stream().map(file -> file.name() + " " + file.rows()).collect(Collectors.joining(", ")));
    }

    private void note(Optional<String> municipality, String who, String what) {
        Scope scope = municipality.map(Scope::municipality).orElse(Scope.CONSORTIUM);
        record.audited(who, () -> List.of(new Entry(scope, KEY, Optional.empty(), Optional.of(what))));
    }

    private List<Written> files(Optional<String> municipality, ZipOutputStream zip) {
        return List.of(
                csv(zip, "patrons.csv", Kind.PATRONS, municipality, true),
                csv(zip, "items.csv", Kind.ITEMS, municipality, true),
                marc(zip, municipality),
                csv(zip, "loans.csv", Kind.LOANS, municipality, true),
                csv(zip, "loans-across.csv", Kind.LOANS, municipality, false),
                csv(zip, "holds.csv", Kind.HOLDS, municipality, true),
                csv(zip, "holds-across.csv", Kind.HOLDS, municipality, false),
                csv(zip, "fees.csv", Kind.FEES, municipality, true),
                csv(zip, "fees-across.csv", Kind.FEES, municipality, false),
                payments(zip, municipality));
    }

    // ---- files -------------------------------------------------------------------------------------------

    private Written csv(ZipOutputStream zip, String name, Kind kind, Optional<String> municipality, boolean within) {
        Table table = tables.of(kind);
        List<String> head = table.columns().stream()
                .filter(Column::exported)
                .map(Column::name)
                .toList();
        return entry(zip, name, body -> {
            CsvBody csv = new CsvBody(body, head);
            table.export(municipality, within, csv::row);
            return csv.rows();
        });
    }

    private Written payments(ZipOutputStream zip, Optional<String> municipality) {
        return entry(zip, "payments.csv", body -> {
            CsvBody csv = new CsvBody(body, PAYMENT);
            jdbc.sql("""
                            select y.card, %s as paid_at, y.amount::text, y.payment_type, y.terminal, y.transaction_id,
                                   (select string_agg(creditor || '=' || amount, ' ' order by fee)
                                      from payment_parts where payment = y.id) as creditors
                              from payments y join patrons p on p.card = y.card
                              join branches home on home.code = p.home_branch
                             where coalesce(home.municipality = :municipality, true)
                             order by y.card, y.paid_at, y.id
                            """.formatted(TableSql.moment("y.paid_at")))
                    .withFetchSize(FETCHED)
                    .param("municipality", municipality.orElse(null), Types.VARCHAR)
                    .query((RowCallbackHandler) row -> {
                        List<String> cells = new ArrayList<>();
                        for (String column : PAYMENT) {
                            String text = row.getString(column);
                            cells.add(text == null ? "" : text);
                        }
                        csv.cells(cells);
                    });
            return csv.rows();
        });
    }

    /** Titles with their things, one record for each title. */
    private Written marc(ZipOutputStream zip, Optional<String> municipality) {
        return entry(zip, "titles.xml", body -> {
            MarcXmlWriter writer = new MarcXmlWriter(body, "UTF-8", true);
            MarcTitle titles = new MarcTitle(HoldingsField.KOHA);
            List<Map<String, String>> things = new ArrayList<>();
            long[] records = new long[1];
            Consumer<List<Map<String, String>>> write = all -> {
                if (!all.isEmpty()) {
                    writer.write(titles.record(List.copyOf(all)));
                    records[0]++;
                    all.clear();
                }
            };
            tables.items().exportByTitle(municipality, thing -> {
                if (!things.isEmpty() && !number(things.getFirst()).equals(number(thing))) {
                    write.accept(things);
                }
                things.add(thing);
            });
            write.accept(things);
            writer.close();
            return records[0];
        });
    }

    private static String number(Map<String, String> thing) {
        return thing.getOrDefault(ItemTable.TITLE_NUMBER, "");
    }

    /** What writes one file, and says how many rows it has. */
    @FunctionalInterface
    private interface Body {
        long write(HashedBody out) throws IOException;
    }

    private static Written entry(ZipOutputStream zip, String name, Body body) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            HashedBody out = new HashedBody(zip);
            long rows = body.write(out);
            out.flush();
            zip.closeEntry();
            return new Written(name, rows, out.sha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what is in it -----------------------------------------------------------------------------------

    private String readme(Optional<String> municipality, List<Written> files) {
        StringBuilder text = new StringBuilder("""
                    Export of Kimppa's own library system

                    Of:    %s
                    Made:  %s

                    THERE ARE CARD NUMBERS, NAMES AND HASHES OF PINS IN THESE FILES. Keep them like the library system
                    itself, and delete them when they are imported.

                    *.csv: RFC 4180, UTF-8, commas, CR LF, names of the columns in the first line, dates and moments as
                    ISO 8601 in UTC, amounts in euros. A text that a spreadsheet would take for a formula has an apostrophe
                    in front.
                    titles.xml: MARCXML, one record for each title; its things stand in fields 952 as Koha writes them.
                    *-across.csv: what needs a card or a thing of another municipality, for whoever settles it.
                    payments.csv: what was paid in the last month, for the books; it is not imported again.

                    Import in this order: patrons.csv, items.csv (or titles.xml), loans.csv, holds.csv, fees.csv.
                    All columns: docs/reference/import-and-export.md of Kimppa.

                    """.formatted(
                        municipality.orElse("the whole consortium"),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .replace("\n", "\r\n"));
        files.forEach(file -> text.append(
                String.format(Locale.ROOT, "%-18s %9d rows  SHA-256 %s\r\n", file.name(), file.rows(), file.sha256())));
        return text.toString();
    }
}
