package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.CannotStartException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * One backend for each Koha that {@code kimppa.backends.koha} names. The one that speaks SIP2 with it is a backend of its
 * own, found by its name: no adapter imports another.
 */
class KohaBackends implements BeanRegistrar {
    private static final String SETTINGS = "kimppa.backends.koha";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        Binder.get(environment)
                .bind(SETTINGS, Bindable.mapOf(String.class, KohaSettings.class))
                .ifBound(systems -> systems.forEach((name, settings) -> {
                    check(name, settings, environment);
                    registry.registerBean(
                            "koha-" + name,
                            KohaBackend.class,
                            spec -> spec.supplier(context -> new KohaBackend(
                                    name,
                                    settings,
                                    Optional.ofNullable(settings.sip2())
                                            .map(other -> context.bean("sip2-" + other, CirculationBackend.class)),
                                    users(settings.sip2(), environment),
                                    context.bean(PatronSessions.class),
                                    context.bean(Clock.class))));
                }));
    }

    /** A SIP2 account, as far as it matters here: for Koha it is one of its own users. */
    record Login(@Nullable String user) {}

    private static Set<String> users(@Nullable String sip2, Environment environment) {
        return Binder.get(environment)
                .bind("kimppa.backends.sip2." + sip2 + ".accounts", Bindable.mapOf(String.class, Login.class))
                .orElse(Map.of())
                .values()
                .stream()
                .flatMap(login -> Optional.ofNullable(login.user()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void check(String name, KohaSettings settings, Environment environment) {
        String other = settings.sip2();
        if (other == null) {
            return;
        }
        String address = "kimppa.backends.sip2." + other + ".address";
        if (other.equals(name)
                || !Binder.get(environment).bind(address, String.class).isBound()) {
            throw new CannotStartException(SETTINGS + "." + name + ".sip2 must name a SIP2 server with another name;"
                    + " configure " + address);
        }
    }
}
