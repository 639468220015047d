package fi.kimppa.gateway;

import fi.kimppa.gateway.database.Absence;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the gateway: who decides between self-service machines and circulation backends. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class GatewayApplication {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Starts the gateway; {@code --spring.profiles.active=demo} brings the demo consortium. Where its database goes away in the middle, as
     * one does that another server takes over, it begins again: what has been loaded by then need not be loaded once more, and nobody has
     * to start the program.
     */
    public static void main(String[] arguments) {
        while (!started(arguments)) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean started(String[] arguments) {
        try {
            SpringApplication.run(GatewayApplication.class, arguments);
            return true;
        } catch (RuntimeException e) {
            // It has been told.
            if (Absence.in(e).or(() -> Absence.ofRoom(e)).isEmpty()) {
                throw e;
            }
            return false;
        }
    }
}
