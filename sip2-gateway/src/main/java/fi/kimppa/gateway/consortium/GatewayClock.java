package fi.kimppa.gateway.consortium;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * The one clock of the gateway, in the consortium's time zone. Everything that needs the time is given this bean;
 * the database's own clock is never asked.
 */
@Configuration(proxyBeanMethods = false)
public class GatewayClock {
    /** Where all branches of the consortium are. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");

    /**
     * The clock.
     *
     * @param start {@code kimppa.clock.start}: the moment that the clock shows when the gateway starts, with offset;
     *     empty for the real time
     * @throws CannotStartException if the time is set outside the demo profile
     */
    @Bean
    Clock clock(@Value("${kimppa.clock.start:}") String start, Environment environment) {
        Clock real = Clock.system(ZONE);
        if (start.isBlank()) {
            return real;
        }
        if (!environment.acceptsProfiles(Profiles.of("demo"))) {
            throw new CannotStartException("kimppa.clock.start is set, but only the profile demo may turn the clock");
        }
        return Clock.offset(
                real,
                Duration.between(real.instant(), OffsetDateTime.parse(start).toInstant()));
    }
}
