package fi.kimppa.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A whole gateway with the demo consortium, its own PostgreSQL and free ports, on the evening of the scripted demo.
 * Started once for all tests that extend it.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "kimppa.clock.start=2026-11-24T19:30:00+02:00",
            "kimppa.sip.plain.port=0",
            "kimppa.sip.tls.port=0",
            // A machine that runs tests stands still now and then; what the gateway does then is a test of its own.
            "kimppa.sip.standstill=1h",
            "kimppa.fleet.silent-after=3s"
        })
@ActiveProfiles("demo")
@TypeExcludeFilters(ProductOnly.class)
public abstract class GatewayTest {
    /** Where this run's gateway keeps its data. */
    protected static final Path DATA = directory();

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("kimppa.data-directory", DATA::toString);
        settings.add("kimppa.sip.trace-file", () -> DATA.resolve("trace.txt"));
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "gateway-data").toAbsolutePath()), "run");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
