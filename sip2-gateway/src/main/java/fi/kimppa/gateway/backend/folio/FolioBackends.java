package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.circulation.PatronSessions;
import java.time.Clock;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** One backend for each FOLIO tenant that {@code kimppa.backends.folio} names. */
class FolioBackends implements BeanRegistrar {
    private static final String SETTINGS = "kimppa.backends.folio";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        Binder.get(environment)
                .bind(SETTINGS, Bindable.mapOf(String.class, FolioSettings.class))
                .ifBound(tenants -> tenants.forEach((name, settings) -> registry.registerBean(
                        "folio-" + name,
                        FolioBackend.class,
                        spec -> spec.supplier(context -> new FolioBackend(
                                name, settings, context.bean(PatronSessions.class), context.bean(Clock.class))))));
    }
}
