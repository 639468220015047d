package fi.kimppa.gateway.console;

import fi.kimppa.gateway.consortium.CannotStartException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Refuses to serve HTTP outside loopback without TLS: passwords of staff and terminals travel over it. */
@Component
class HttpPlacement implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Ordered {
    private final Environment environment;

    HttpPlacement(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        String address = environment.getProperty("server.address", "");
        boolean encrypted = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && (environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.certificate")
                        || environment.containsProperty("server.ssl.key-store"));
        if (!encrypted && !loopback(address)) {
            throw new CannotStartException("server.address is "
                    + (address.isEmpty() ? "not set" : address)
                    + ", outside loopback, but HTTP has no TLS: set server.ssl.certificate and"
                    + " server.ssl.certificate-private-key, or server.address=127.0.0.1");
        }
    }

    private static boolean loopback(String address) {
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
