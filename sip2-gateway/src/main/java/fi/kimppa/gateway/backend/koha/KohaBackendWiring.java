package fi.kimppa.gateway.backend.koha;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Brings the configured Kohas into the gateway. */
@Configuration(proxyBeanMethods = false)
@Import(KohaBackends.class)
class KohaBackendWiring {}
