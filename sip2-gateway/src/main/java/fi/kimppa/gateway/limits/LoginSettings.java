package fi.kimppa.gateway.limits;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How log-in tries slow down ({@code kimppa.sip.limits.login.*}). A wait is counted from the last failure, so that who
 * comes back later than that does not notice it.
 *
 * @param firstWait the wait after the first failure that counts; each further one doubles it
 * @param mostWait the longest wait of a login at the address where it failed
 * @param addressFree failures at an address that make nobody else there wait
 * @param mostAddressWait the longest wait of everybody at an address
 * @param nameFree failures of a login, wherever, that make it wait nowhere else
 * @param mostNameWait the longest wait of a login for what was tried in its name at other addresses
 * @param quiet so long after the last failure all is forgotten
 */
@Validated
@ConfigurationProperties("kimppa.sip.limits.login")
record LoginSettings(
        @DefaultValue("250ms") Duration firstWait,
        @DefaultValue("5s") Duration mostWait,
        @Min(0) @DefaultValue("20") int addressFree,
        @DefaultValue("1s") Duration mostAddressWait,
        @Min(0) @DefaultValue("5") int nameFree,
        @DefaultValue("500ms") Duration mostNameWait,
        @DefaultValue("10m") Duration quiet) {}
