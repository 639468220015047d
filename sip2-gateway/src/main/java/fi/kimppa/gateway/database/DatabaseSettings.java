package fi.kimppa.gateway.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The gateway's own database ({@code kimppa.*}); without effect when {@code spring.datasource.url} names another.
 *
 * @param dataDirectory kept between starts
 * @param database the server
 */
@ConfigurationProperties("kimppa")
record DatabaseSettings(
        @DefaultValue("./data/gateway") Path dataDirectory,
        @DefaultValue Server database) {
    /**
     * The server.
     *
     * @param port on loopback, 0 for a free one
     * @param connections most connections that this gateway holds
     */
    record Server(
            @DefaultValue("0") int port, @DefaultValue("16") int connections) {}
}
