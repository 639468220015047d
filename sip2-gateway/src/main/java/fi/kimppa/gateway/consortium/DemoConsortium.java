package fi.kimppa.gateway.consortium;

import fi.kimppa.sip2.wire.Secret;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The consortium of the demonstration, modelled on Vaski as its members described it in 2011. Written once, into an
 * empty database.
 */
@Component("demoConsortium")
@Profile("demo")
class DemoConsortium implements InitializingBean {
    /** With figures of inhabitants that are invented and near the truth. */
    private static final List<Place> PLACES = List.of(
            new Place("KAARINA", "Kaarina", "FI-Kaarina", 35_400),
            new Place("KUSTAVI", "Kustavi", "FI-Kustavi", 960),
            new Place("LAITILA", "Laitila", "FI-Laitila", 8_300),
            new Place("LIETO", "Lieto", "FI-Lieto", 20_700),
            new Place("MASKU", "Masku", "FI-Masku", 9_500),
            new Place("MYNAMAKI", "Mynämäki", "FI-Mynamaki", 7_500),
            new Place("NAANTALI", "Naantali", "FI-Naantali", 20_200),
            new Place("NOUSIAINEN", "Nousiainen", "FI-Nousiainen", 4_600),
            new Place("PAIMIO", "Paimio", "FI-Paimio", 11_200),
            new Place("PYHARANTA", "Pyhäranta", "FI-Pyharanta", 1_900),
            new Place("RAISIO", "Raisio", "FI-Raisio", 25_500),
            new Place("RUSKO", "Rusko", "FI-Rusko", 6_400),
            new Place("SAUVO", "Sauvo", "FI-Sauvo", 2_900),
            new Place("TAIVASSALO", "Taivassalo", "FI-Taivassalo", 1_600),
            new Place("TURKU", "Turku", "FI-Turku", 203_000),
            new Place("UKI", "Uusikaupunki", "FI-Uusikaupunki", 15_100),
            new Place("VEHMAA", "Vehmaa", "FI-Vehmaa", 2_200),
            new Place("AURA", "Aura", "FI-Aura", 3_900));

    private static final String PARTNER = "AURA";
    private static final String AFTER_HOURS = "LIETO";

    private static final List<Terminal> TERMINALS = List.of(
            new Terminal("kiosk-turku", Terminal.Kind.KIOSK, "TURKU", "TURKU"),
            new Terminal("kiosk-lieto", Terminal.Kind.KIOSK, "LIETO", "LIETO"),
            new Terminal("kiosk-naantali", Terminal.Kind.KIOSK, "NAANTALI", "NAANTALI"),
            new Terminal("kiosk-aura", Terminal.Kind.KIOSK, "AURA", "AURA"),
            new Terminal("door-lieto", Terminal.Kind.DOOR, "LIETO", "LIETO"));

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** The installation comes first: it refuses a database that is no demonstration. */
    DemoConsortium(JdbcClient jdbc, PlatformTransactionManager transactions, Installation installation) {
        if (!installation.demo()) {
            throw new IllegalStateException("demo data outside a demonstration");
        }
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void afterPropertiesSet() {
        if (jdbc.sql("select count(*) from municipalities").query(Integer.class).single() == 0) {
            transaction.executeWithoutResult(_ -> {
                PLACES.forEach(this::write);
                TERMINALS.forEach(this::write);
            });
        }
    }

    private void write(Place place) {
        jdbc.sql("""
                        insert into municipalities (code, name, isil, partner, population)
                        values (:code, :name, :isil, :partner, :population)
                        """)
                .param("code", place.code)
                .param("name", place.name)
                .param("isil", place.isil)
                .param("partner", place.code.equals(PARTNER))
                .param("population", place.population)
                .update();
        jdbc.sql("""
                        insert into branches (code, name, municipality, isil, minimum_age, phone)
                        values (:code, :name, :code, :isil, :age, :phone)
                        """)
                .param("code", place.code)
                .param("name", place.name)
                .param("isil", place.isil)
                .param("age", place.code.equals(AFTER_HOURS) ? 15 : 0)
                .param("phone", "02 000 0000")
                .update();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(DayOfWeek.SATURDAY) < 0) {
                write(place.code, day, LocalTime.of(10, 0), LocalTime.of(18, 0), ServiceMode.STAFFED);
            }
            if (place.code.equals(AFTER_HOURS)) {
                write(place.code, day, LocalTime.of(6, 0), LocalTime.of(22, 0), ServiceMode.SELF_SERVICE);
            }
        }
    }

    private void write(String branch, DayOfWeek day, LocalTime from, LocalTime to, ServiceMode mode) {
        jdbc.sql("""
                        insert into opening_periods (branch_code, day, starts, minutes, mode)
                        values (:branch, :day, :from, :minutes, :mode)
                        """)
                .param("branch", branch)
                .param("day", day.getValue())
                .param("from", from)
                .param("minutes", (to.toSecondOfDay() - from.toSecondOfDay()) / 60)
                .param("mode", mode.name())
                .update();
    }

    private void write(Terminal terminal) {
        jdbc.sql("""
                        insert into terminals (login, kind, branch_code, institution_id, password)
                        values (:login, :kind, :branch, :institution, :password)
                        """)
                .param("login", terminal.login())
                .param("kind", terminal.kind().name())
                .param("branch", terminal.branchCode())
                .param("institution", terminal.institutionId())
                .param("password", TerminalPassword.store(Secret.of("demo-" + terminal.login())))
                .update();
    }

    private record Place(String code, String name, String isil, int population) {}
}
