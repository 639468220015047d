package fi.kimppa.gateway.consortium;

import java.time.Instant;

/**
 * A setting that the consortium alone decides.
 *
 * @param who name of the member of staff who locked it
 * @param why in that person's words; may be empty
 */
public record SettingLock(String key, String who, Instant since, String why) {}
