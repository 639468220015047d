package fi.kimppa.gateway.consortium;

import java.nio.file.Path;
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
 * The one clock of the gateway, in the consortium's time zone. Everything that needs the time is given this bean. The database's own
 * clock is asked only for how long ago another gateway did something, since the clocks of two gateways may differ.
 */
@Configuration(proxyBeanMethods = false)
public class GatewayClock {
    /** Where all branches of the consortium are. */
    public static final String ZONE_NAME = "Europe/Helsinki";

    /** The same. */
    public static final ZoneId ZONE = ZoneId.of(ZONE_NAME);

    /**
     * The clock.
     *
     * @param start {@code kimppa.clock.start}: the moment that the clock shows when the gateway starts, with offset;
     *     empty for the real time
     * @param offsetFile {@code kimppa.clock.offset-file}: a file that says by how much the clock is wrong, an ISO-8601 duration
     *     such as {@code -PT90S}, and may change at any time; empty for none
     * @throws CannotStartException if the time is set outside the demo profile
     */
    @Bean
    Clock clock(
            @Value("${kimppa.clock.start:}") String start,
            @Value("${kimppa.clock.offset-file:}") String offsetFile,
            Environment environment) {
        if (!(start + offsetFile).isBlank() && !environment.acceptsProfiles(Profiles.of("demo"))) {
            throw new CannotStartException(
                    "kimppa.clock.start or kimppa.clock.offset-file is set, but only the profile demo may turn the clock");
        }
        Clock real = Clock.system(ZONE);
        Clock begun = start.isBlank()
                ? real
                : Clock.offset(
                        real,
                        Duration.between(
                                real.instant(), OffsetDateTime.parse(start).toInstant()));
        return offsetFile.isBlank() ? begun : new WrongClock(begun, Path.of(offsetFile));
    }
}
