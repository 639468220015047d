package fi.kimppa.gateway.consortium;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of the record of changes.
 *
 * @param at when, by the gateway's clock
 * @param who name of the member of staff
 * @param scope where
 * @param key what
 * @param before what was set there; empty if nothing was
 * @param after what is set there now; empty if nothing is, so that it is inherited again
 * @param note why, in that person's words; may be empty
 */
public record SettingChange(
        Instant at,
        String who,
        Scope scope,
        String key,
        Optional<String> before,
        Optional<String> after,
        String note) {}
