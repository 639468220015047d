package fi.kimppa.gateway.transit;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Routes of the demonstration, invented: all begin and end at the largest library, so that crates change there. */
@Component
@Profile("demo")
@DependsOn("demoConsortium")
class DemoRoutes implements InitializingBean {
    private static final List<Tour> TOURS = List.of(
            new Tour("Itä", "135", List.of("TURKU", "KAARINA", "PAIMIO", "SAUVO", "LIETO", "AURA", "TURKU")),
            new Tour(
                    "Länsi",
                    "24",
                    List.of(
                            "TURKU",
                            "MYNAMAKI",
                            "VEHMAA",
                            "TAIVASSALO",
                            "KUSTAVI",
                            "UKI",
                            "PYHARANTA",
                            "LAITILA",
                            "TURKU")),
            new Tour(
                    "Seutu", "12345", List.of("TURKU", "RAISIO", "NAANTALI", "MASKU", "NOUSIAINEN", "RUSKO", "TURKU")));

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DemoRoutes(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void afterPropertiesSet() {
        if (jdbc.sql("select count(*) from routes").query(Long.class).single() == 0) {
            transaction.executeWithoutResult(_ -> TOURS.forEach(this::write));
        }
    }

    private void write(Tour tour) {
        long id = jdbc.sql(
                        "insert into routes (name, carrier, days) values (:name, 'Demokuljetus', :days) returning id")
                .param("name", tour.name)
                .param("days", tour.days)
                .query(Long.class)
                .single();
        for (int i = 0; i < tour.stops.size(); i++) {
            jdbc.sql("insert into route_stops (route_id, position, branch_code) values (:id, :position, :branch)")
                    .param("id", id)
                    .param("position", i + 1)
                    .param("branch", tour.stops.get(i))
                    .update();
        }
    }

    private record Tour(String name, String days, List<String> stops) {}
}
