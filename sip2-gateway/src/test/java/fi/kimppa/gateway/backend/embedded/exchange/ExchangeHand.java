package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.embedded.exchange.Imports.Order;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.database.TestPostgres.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Brings files in and takes them out as staff would, and does the gateway's work when it is told to. */
final class ExchangeHand {
    private static final String WHO = "anna";

    private final BackHalf house;

    ExchangeHand(BackHalf house) {
        this.house = house;
    }

    static Database demo() {
        return TestPostgres.demo(template -> BackHalf.on(template).close());
    }

    /** A gateway that looks for imports only when it is told to. */
    static BackHalf house(Database database, String... settings) {
        Map<String, String> all = new TreeMap<>(Map.of("kimppa.exchange.look", "1h"));
        for (String setting : settings) {
            all.put("kimppa.exchange." + setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return BackHalf.on(database, all);
    }

    long bring(Kind kind, boolean overwrite, String holdings, byte[] file) throws IOException {
        return house.bean(Imports.class)
                .take(new Order(kind, "file", holdings, overwrite), new ByteArrayInputStream(file), WHO)
                .orElseThrow();
    }

    /** Brings a file and has its dry run done. */
    ImportJob rehearse(Kind kind, boolean overwrite, String file) throws Exception {
        return rehearse(kind, overwrite, file.getBytes(StandardCharsets.UTF_8));
    }

    ImportJob rehearse(Kind kind, boolean overwrite, byte[] file) throws Exception {
        long number = bring(kind, overwrite, "952", file);
        work();
        return job(number);
    }

    /** Brings a file, confirms it and has it written. */
    ImportJob doAll(Kind kind, boolean overwrite, byte[] file) throws Exception {
        return confirm(rehearse(kind, overwrite, file));
    }

    ImportJob doAll(Kind kind, boolean overwrite, String file) throws Exception {
        return doAll(kind, overwrite, file.getBytes(StandardCharsets.UTF_8));
    }

    ImportJob confirm(ImportJob job) throws Exception {
        house.bean(Imports.class).begin(job.id(), WHO);
        work();
        return job(job.id());
    }

    void work() throws SQLException, InterruptedException {
        house.bean(ImportWorker.class).work();
    }

    ImportJob job(long number) {
        return house.bean(ImportStore.class).find(number).orElseThrow();
    }

    /** What was found, such as {@code 3 home_branch UNKNOWN_BRANCH XYZ}. */
    List<String> findings(ImportJob job) {
        return house.bean(ImportStore.class).findings(job.id(), 1000).stream()
                .map(one -> (one.record() + " " + one.field() + " " + one.why() + " " + one.said()).strip())
                .toList();
    }

    /** The files of an export by name. */
    Map<String, String> export(Optional<String> municipality) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        house.bean(StoreExport.class).write(municipality, WHO, out);
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
