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
    private static final List<Place> PLACES = List.of(
            new Place("KAARINA", "Kaarina", "FI-Kaarina"),
            new Place("KUSTAVI", "Kustavi", "FI-Kustavi"),
            new Place("LAITILA", "Laitila", "FI-Laitila"),
            new Place("LIETO", "Lieto", "FI-Lieto"),
            new Place("MASKU", "Masku", "FI-Masku"),
            new Place("MYNAMAKI", "Mynämäki", "FI-Mynamaki"),
            new Place("NAANTALI", "Naantali", "FI-Naantali"),
            new Place("NOUSIAINEN", "Nousiainen", "FI-Nousiainen"),
            new Place("PAIMIO", "Paimio", "FI-Paimio"),
            new Place("PYHARANTA", "Pyhäranta", "FI-Pyharanta"),
            new Place("RAISIO", "Raisio", "FI-Raisio"),
            new Place("RUSKO", "Rusko", "FI-Rusko"),
            new Place("SAUVO", "Sauvo", "FI-Sauvo"),
            new Place("TAIVASSALO", "Taivassalo", "FI-Taivassalo"),
            new Place("TURKU", "Turku", "FI-Turku"),
            new Place("UKI", "Uusikaupunki", "FI-Uusikaupunki"),
            new Place("VEHMAA", "Vehmaa", "FI-Vehmaa"),
            new Place("AURA", "Aura", "FI-Aura"));

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
        jdbc.sql("insert into municipalities (code, name, isil, partner) values (:code, :name, :isil, :partner)")
                .param("code", place.code)
                .param("name", place.name)
                .param("isil", place.isil)
                .param("partner", place.code.equals(PARTNER))
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

    private record Place(String code, String name, String isil) {}
}
