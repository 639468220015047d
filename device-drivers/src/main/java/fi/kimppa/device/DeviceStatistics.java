package fi.kimppa.device;

import java.time.Instant;
import java.util.Optional;

/**
 * What a driver counted since it was opened.
 *
 * @param exchanges conversations with the device that ended well, status polls included
 * @param failures conversations that ended in a {@link DeviceException}
 * @param connections times that the link was opened; more than one means that the device came back
 * @param lastAnswer when the last good conversation ended
 */
public record DeviceStatistics(long exchanges, long failures, long connections, Optional<Instant> lastAnswer) {}
