package fi.kimppa.gateway.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Two tips and two tiles of the demonstration, written once. The addresses are of public services. */
@Component
@Profile("demo")
@DependsOn("demoConsortium")
class DemoFeed implements InitializingBean {
    private final JdbcClient jdbc;
    private final Clock clock;

    DemoFeed(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void afterPropertiesSet() {
        int tiles = jdbc.sql("""
                        insert into e_resources (code, municipality, place, name_fi, name_sv, name_en, address)
                        values ('e-library', null, 10, 'E-kirjasto', 'E-biblioteket', 'E-library', 'https://e-kirjasto.fi/'),
                               ('areena', null, 20, 'Yle Areena', 'Yle Arenan', 'Yle Areena', 'https://areena.yle.fi/')
                            on conflict do nothing
                        """).update();
        if (tiles > 0) {
            LocalDate today = LocalDate.now(clock);
            jdbc.sql("""
                            insert into reading_tips (municipality, heading_fi, heading_sv, heading_en, text_fi, text_sv,
                                                      text_en, first_day, last_day, who, entered_at)
                            values (null, 'Pimeän ajan lukemista', 'Läsning för mörka kvällar', 'Reading for dark evenings',
                                    'Lainaa Lajien synty, ennen kuin joku muu ehtii.',
                                    'Låna Arternas uppkomst innan någon annan hinner.',
                                    'Borrow On the Origin of Species before somebody else does.',
                                    :first, :last, 'demo', :now),
                                   ('LIETO', 'Lukupiiri tiistaisin', 'Läsecirkel på tisdagar', 'Reading circle on Tuesdays',
                                    'Klo 18 Liedon kirjastossa.', 'Kl. 18 i Lundo bibliotek.', 'At 18 in Lieto library.',
                                    :first, :last, 'demo', :now)
                            """)
                    .param("first", today.minusDays(3))
                    .param("last", today.plusDays(60))
                    .param("now", OffsetDateTime.now(clock))
                    .update();
        }
    }
}
