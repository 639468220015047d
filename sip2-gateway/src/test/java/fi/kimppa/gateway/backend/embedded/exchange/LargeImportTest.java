package fi.kimppa.gateway.backend.embedded.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.database.TestPostgres.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A catalogue of 200,000 records goes in and out with the heap that a small gateway has. */
class LargeImportTest {
    private static final int RECORDS = 200_000;

    @Test
    @Tag("long")
    void twoHundredThousandRecordsGoThroughIn256Megabytes() throws Exception {
        Database database = ExchangeHand.demo();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeImport.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        String.valueOf(RECORDS))
                .redirectErrorStream(true)
                .start();

        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(said).isZero();
        assertThat(said).contains("WRITTEN " + RECORDS, "EXPORTED");
    }
}
