package fi.kimppa.gateway.backend.sip2;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Brings the configured servers into the gateway. */
@Configuration(proxyBeanMethods = false)
@Import(Sip2Backends.class)
class Sip2BackendWiring {}
