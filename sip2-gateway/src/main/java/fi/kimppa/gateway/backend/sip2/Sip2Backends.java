package fi.kimppa.gateway.backend.sip2;

import java.time.Clock;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** One backend for each server that {@code kimppa.backends.sip2} names. */
class Sip2Backends implements BeanRegistrar {
    private static final String SETTINGS = "kimppa.backends.sip2";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        Binder.get(environment)
                .bind(SETTINGS, Bindable.mapOf(String.class, ServerSettings.class))
                .ifBound(servers -> servers.forEach((name, settings) -> registry.registerBean(
                        "sip2-" + name,
                        Sip2Backend.class,
                        spec -> spec.supplier(context -> new Sip2Backend(name, settings, context.bean(Clock.class))))));
    }
}
