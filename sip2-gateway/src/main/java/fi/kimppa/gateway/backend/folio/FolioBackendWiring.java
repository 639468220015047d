package fi.kimppa.gateway.backend.folio;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Brings the configured FOLIO tenants into the gateway. */
@Configuration(proxyBeanMethods = false)
@Import(FolioBackends.class)
class FolioBackendWiring {}
