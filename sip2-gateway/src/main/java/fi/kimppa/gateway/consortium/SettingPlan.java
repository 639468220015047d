package fi.kimppa.gateway.consortium;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A value that shall hold at a place from a day on.
 *
 * @param from the first day, from its beginning in the consortium's time zone
 * @param value canonical text; empty if the place shall inherit again
 * @param who name of the member of staff
 * @param note why, in that person's words; may be empty
 */
public record SettingPlan(Scope scope, String key, LocalDate from, Optional<String> value, String who, String note) {}
