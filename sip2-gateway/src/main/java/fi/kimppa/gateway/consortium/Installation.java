package fi.kimppa.gateway.consortium;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What this database is for. A database with demo data, whose logins and PINs everybody may know, is refused outside
 * the profile demo, and a real one within it.
 */
@Component
public class Installation {
    private final boolean demo;

    Installation(
            JdbcClient jdbc,
            Clock clock,
            Environment environment,
            @Value("${kimppa.consortium:VASKI}") String configuredName) {
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
        Optional<Row> known =
                jdbc.sql("select demo from installation").query(Row.class).optional();
        if (known.isPresent() && known.get().demo != demo) {
            throw new CannotStartException(
                    demo
                            ? "The profile demo is active, but this database is not a demonstration;"
                                    + " choose another kimppa.data-directory"
                            : "This database holds the demonstration with its well-known PINs and passwords;"
                                    + " start with the profile demo or choose another kimppa.data-directory");
        }
        if (known.isEmpty()) {
            jdbc.sql("insert into installation (demo, name, created_at) values (:demo, :name, :now)")
                    .param("demo", demo)
                    .param("name", configuredName)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** Whether this is a demonstration: only then are demo logins and PINs accepted. */
    public boolean demo() {
        return demo;
    }

    private record Row(boolean demo) {}
}
