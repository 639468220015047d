package fi.kimppa.gateway.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sign-in to the staff's pages.
 *
 * @param failures wrong passwords for one user from one address that begin a pause
 * @param failuresApart wrong passwords for one user from anywhere, or from one address for anybody, that begin one
 * @param window in which they are counted
 * @param pause how long they wait then
 */
@ConfigurationProperties("kimppa.console")
record ConsoleSettings(
        @DefaultValue("5") int failures,
        @DefaultValue("20") int failuresApart,
        @DefaultValue("10m") Duration window,
        @DefaultValue("10m") Duration pause) {}
