package fi.kimppa.gateway.consortium;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that is wrong by what a file says, so that it can be tried what becomes of several gateways whose clocks differ. The file is
 * looked at again after a tenth of a second; without it the clock is right. May be used by several threads.
 */
final class WrongClock extends Clock {
    private static final Logger LOG = LoggerFactory.getLogger(WrongClock.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Clock right;
    private final Path file;
    private volatile Seen seen = new Seen(Duration.ZERO, System.nanoTime() - BETWEEN_LOOKS.toNanos());

    WrongClock(Clock right, Path file) {
        this.right = right;
        this.file = file;
    }

    private record Seen(Duration offset, long at) {}

    @Override
    public Instant instant() {
        return right.instant().plus(offset());
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new WrongClock(right.withZone(zone), file);
    }

    private Duration offset() {
        Seen last = seen;
        if (System.nanoTime() - last.at < BETWEEN_LOOKS.toNanos()) {
            return last.offset;
        }
        Duration now = read(last.offset);
        seen = new Seen(now, System.nanoTime());
        return now;
    }

    private Duration read(Duration otherwise) {
        try {
            return Duration.parse(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        } catch (IOException | DateTimeParseException e) {
            LOG.warn("{} says no duration such as -PT90S; the clock stays wrong by {}", file, otherwise);
            return otherwise;
        }
    }
}
