package fi.kimppa.gateway.backup;

import fi.kimppa.gateway.consortium.GatewayClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The backups of this gateway: one each night, the last ones kept. They lie beside the database unless the settings say otherwise, which
 * helps against mistakes and not against a broken disk. May be used by several threads; takes one at a time.
 */
@Component
class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final String BEGIN = "kimppa-";
    private static final String END = ".backup.zip";
    /** By the time of the whole world, so that a night with two two o'clocks has no name twice. */
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern OURS = Pattern.compile("kimppa-(\\d{8}T\\d{6}Z)\\.backup\\.zip");

    private final Backup backup;
    private final BackupSettings settings;
    private final Optional<Path> directory;
    private final Clock clock;
    private final AtomicReference<Optional<Instant>> underWay = new AtomicReference<>(Optional.empty());
    private volatile boolean failed;

    Backups(
            Backup backup,
            BackupSettings settings,
            @Value("${kimppa.data-directory:./data/gateway}") Path dataDirectory,
            @Value("${spring.datasource.url:none}") String url,
            MeterRegistry meters,
            Clock clock) {
        this.backup = backup;
        this.settings = settings;
        this.clock = clock;
        this.directory = settings.chosenDirectory()
                .or(() -> url.equals("none") ? Optional.of(dataDirectory.resolve("backups")) : Optional.empty());
        Gauge.builder("kimppa.backup.age", this, Backups::age)
                .baseUnit("seconds")
                .description("How old the last backup of this gateway is")
                .register(meters);
    }

    /**
     * One that is there.
     *
     * @param bytes its size
     */
    record Kept(String name, Instant takenAt, long bytes) {}

    /** Where they are kept; empty where this gateway takes none. */
    Optional<Path> directory() {
        return directory;
    }

    /** Since when one is being taken. */
    Optional<Instant> underWay() {
        return underWay.get();
    }

    /** Whether the last one could not be taken; the log says why. */
    boolean failed() {
        return failed;
    }

    private double age() {
        return kept().stream()
                .findFirst()
                .map(last -> Duration.between(last.takenAt, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /** Those that are there, newest first. */
    List<Kept> kept() {
        if (directory.filter(Files::isDirectory).isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory.get())) {
            return files.flatMap(file -> kept(file).stream())
                    .sorted(Comparator.comparing(Kept::takenAt).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Kept> kept(Path file) {
        var name = OURS.matcher(String.valueOf(file.getFileName()));
        try {
            return name.matches()
                    ? Optional.of(new Kept(name.group(), NAME.parse(name.group(1), Instant::from), Files.size(file)))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} went while it was looked at", file, e);
            return Optional.empty();
        }
    }

    /** The file of one that is there. */
    Optional<Path> file(String name) {
        return kept().stream()
                .filter(one -> one.name.equals(name))
                .findFirst()
                .flatMap(one -> directory.map(folder -> folder.resolve(one.name)));
    }

    /** Begins one, unless one is under way or this gateway takes none; it is taken in the background. */
    void begin() {
        if (directory.isPresent() && underWay.compareAndSet(Optional.empty(), Optional.of(clock.instant()))) {
            Thread.ofVirtual().name("backup").start(() -> take(directory.get()));
        }
    }

    @Scheduled(cron = "${kimppa.backup.at:0 30 2 * * *}", zone = GatewayClock.ZONE_NAME)
    void nightly() {
        begin();
    }

    private void take(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve(BEGIN + NAME.format(clock.instant()) + END);
            Manifest manifest = backup.into(file);
            failed = false;
            LOG.info("Backup {}: {} rows", file, manifest.rows());
            forget(folder);
        } catch (IOException | SQLException | RuntimeException e) {
            failed = true;
            LOG.error(
                    "No backup could be taken in {}; look whether the disk is full and whose the folder is", folder, e);
        } finally {
            underWay.set(Optional.empty());
        }
    }

    private void forget(Path folder) throws IOException {
        for (Kept old : kept().stream().skip(settings.keep()).toList()) {
            Files.deleteIfExists(folder.resolve(old.name));
        }
    }
}
