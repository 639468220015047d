package fi.kimppa.gateway;

import fi.kimppa.gateway.circulation.Circulation;
import fi.kimppa.gateway.circulation.CirculationEvent;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.gateway.database.LockedRead;
import fi.kimppa.gateway.database.TestPostgres;
import fi.kimppa.gateway.database.TestPostgres.Database;
import fi.kimppa.gateway.fleet.TagOrders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The gateway without its doors to the world: circulation, the embedded backend and a real database. */
public final class BackHalf implements AutoCloseable {
    /** Terminals of the demonstration. */
    public static final Terminal TURKU = new Terminal("kiosk-turku", Terminal.Kind.KIOSK, "TURKU", "TURKU");

    public static final Terminal LIETO = new Terminal("kiosk-lieto", Terminal.Kind.KIOSK, "LIETO", "LIETO");
    public static final Terminal NAANTALI = new Terminal("kiosk-naantali", Terminal.Kind.KIOSK, "NAANTALI", "NAANTALI");
    public static final Terminal AURA = new Terminal("kiosk-aura", Terminal.Kind.KIOSK, "AURA", "AURA");
    public static final Terminal DOOR = new Terminal("door-lieto", Terminal.Kind.DOOR, "LIETO", "LIETO");

    private final ConfigurableApplicationContext context;
    private final Database database;

    private BackHalf(ConfigurableApplicationContext context, Database database) {
        this.context = context;
        this.database = database;
    }

    /** Starts on a fresh copy of the demonstration; with more beans, these bring a backend called faulty. */
    public static BackHalf start(Class<?>... more) {
        return on(TestPostgres.demo(template -> on(template).close()), more);
    }

    /** Starts on a fresh copy of the demonstration with the embedded backend and more beans. */
    public static BackHalf startWith(Class<?>... more) {
        return run(
                TestPostgres.demo(template -> on(template).close()),
                "demo",
                Map.of("kimppa.deadlines.backend", "4s"),
                more);
    }

    /** Starts on this database, as a demonstration. */
    public static BackHalf on(Database database, Class<?>... more) {
        return run(database, "demo", more);
    }

    /** Starts on this database, in earnest. */
    public static BackHalf real(Database database) {
        return run(database, "real");
    }

    /** Starts on this database, in earnest, with settings and more beans. */
    public static BackHalf real(Database database, Map<String, String> settings, Class<?>... more) {
        return run(database, "real", settings, more);
    }

    /** Starts on this database, as a demonstration with further settings and beans. */
    public static BackHalf on(Database database, Map<String, String> settings, Class<?>... more) {
        return run(database, "demo", settings, more);
    }

    private static BackHalf run(Database database, String profile, Class<?>... more) {
        return run(
                database,
                profile,
                more.length == 0
                        ? Map.of()
                        : Map.of("kimppa.circulation.backend", "faulty", "kimppa.deadlines.backend", "2s"),
                more);
    }

    private static BackHalf run(Database database, String profile, Map<String, String> further, Class<?>... more) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Scan.class)
                .web(WebApplicationType.NONE)
                .profiles(profile)
                .sources(more);
        List<String> settings = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.minimum-idle=1",
                "--kimppa.data-directory="
                        + Path.of(
                                "target", "back-half-" + ProcessHandle.current().pid()),
                "--logging.level.root=WARN"));
        further.forEach((key, value) -> settings.add("--" + key + "=" + value));
        return new BackHalf(builder.run(settings.toArray(String[]::new)), database);
    }

    public Circulation circulation() {
        return context.getBean(Circulation.class);
    }

    public Consortium consortium() {
        return context.getBean(Consortium.class);
    }

    public JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    public MovableClock clock() {
        return context.getBean(MovableClock.class);
    }

    /** Time passes: for the clock, and for what the journal knows by the database's. */
    public void pass(Duration time) {
        clock().pass(time);
        jdbc().sql("""
                        update journal set heard_at = heard_at - make_interval(secs => :passed),
                                           moved_at = moved_at - make_interval(secs => :passed),
                                           sent_at = sent_at - make_interval(secs => :passed),
                                           settler_since = settler_since - make_interval(secs => :passed),
                                           answering_since = answering_since - make_interval(secs => :passed)
                        """).param("passed", time.toSeconds()).update();
    }

    /** Every thing of the store is at home. A test moves a few of the twenty thousand, and only they are written. */
    public void bringAllHome() {
        jdbc().sql("""
                        update items set current_branch = home_branch, destination = null
                         where current_branch <> home_branch or destination is not null
                        """).update();
    }

    /** What was published so far, oldest first. */
    public List<CirculationEvent> events() {
        return context.getBean(Events.class).seen;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of a type, in no order. */
    public <T> List<T> beans(Class<T> type) {
        return List.copyOf(context.getBeansOfType(type).values());
    }

    public Database database() {
        return database;
    }

    /** The first column of the first row. */
    public <T> T value(Class<T> type, String sql, Object... parameters) {
        return jdbc().sql(sql).params(List.of(parameters)).query(type).single();
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({
        "fi.kimppa.gateway.consortium",
        "fi.kimppa.gateway.circulation",
        "fi.kimppa.gateway.cutover",
        "fi.kimppa.gateway.backend",
        "fi.kimppa.gateway.limits",
        "fi.kimppa.gateway.mail",
        "fi.kimppa.gateway.routing",
        "fi.kimppa.gateway.statistics",
        "fi.kimppa.gateway.transit"
    })
    @ConfigurationPropertiesScan({
        "fi.kimppa.gateway.circulation",
        "fi.kimppa.gateway.limits",
        "fi.kimppa.gateway.mail",
        "fi.kimppa.gateway.backend.embedded",
        "fi.kimppa.gateway.backend.finna"
    })
    @EnableScheduling
    @Import({LateWrites.class, LockedRead.class, TagOrders.class})
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static class Scan {
        @Bean
        @Primary
        MovableClock movableClock() {
            return new MovableClock();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Events events() {
            return new Events();
        }
    }

    static class Events {
        private final List<CirculationEvent> seen = new CopyOnWriteArrayList<>();

        @EventListener
        void on(CirculationEvent event) {
            seen.add(event);
        }
    }
}
