package fi.kimppa.gateway.database;

import com.zaxxer.hikari.HikariDataSource;
import fi.kimppa.gateway.consortium.CannotStartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data source: the gateway's own server unless {@code spring.datasource.url} names one. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** Without these a commit that was answered may be lost. */
    private static final List<String> MUST_BE_ON = List.of("fsync", "synchronous_commit", "full_page_writes");

    /** The gateway's own server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "none")
    static class OwnServer {
        @Bean
        PostgresServer postgresServer(DatabaseSettings settings) {
            return PostgresServer.start(
                    settings.dataDirectory(), settings.database().port());
        }

        @Bean
        DataSource dataSource(PostgresServer server, DatabaseSettings settings) {
            HikariDataSource source = new HikariDataSource();
            source.setPoolName("own");
            source.setJdbcUrl(server.url());
            source.setUsername(PostgresServer.USER);
            source.setPassword(server.password());
            source.setMaximumPoolSize(settings.database().connections());
            source.setMinimumIdle(2);
            // As application.yaml has it for a server that is given.
            source.setConnectionTimeout(5_000);
            source.setInitializationFailTimeout(30_000);
            source.addDataSourceProperty("tcpKeepAlive", true);
            source.addDataSourceProperty("socketTimeout", 60);
            source.addDataSourceProperty(
                    "options", "-c idle_in_transaction_session_timeout=15s -c random_page_cost=1.1");
            return source;
        }
    }

    /** Asks the server, own or given, whether it keeps what it has answered, before anything is written. */
    @Bean
    Durability durability(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                try (ResultSet row = statement.executeQuery("show " + setting)) {
                    row.next();
                    if (row.getString(1).equals("off")) {
                        throw new CannotStartException("The database runs with " + setting
                                + "=off and may lose what a patron was promised; set it to on");
                    }
                }
            }
        }
        return new Durability();
    }

    /** The proof that the database was asked. */
    static final class Durability {}
}
