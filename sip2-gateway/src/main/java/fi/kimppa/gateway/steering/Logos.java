package fi.kimppa.gateway.steering;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.SettingPlan;
import fi.kimppa.gateway.consortium.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The pictures that staff have brought for kiosks. What a kiosk takes of its own file is taken here. Threads: any. */
@Component
class Logos {
    static final int MOST_BYTES = 512 * 1024;
    static final int LEAST_PIXELS = 32;
    static final int MOST_PIXELS = 2000;
    static final int MOST_TIMES_AS_WIDE = 6;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final Duration UNUSED = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Settings settings;
    private final Consortium consortium;
    private final Clock clock;

    Logos(JdbcClient jdbc, Settings settings, Consortium consortium, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.consortium = consortium;
        this.clock = clock;
    }

    /** What becomes of a file. */
    sealed interface Brought {
        /** It is kept. */
        record Kept(String digest) implements Brought {}

        /** It is no picture for a kiosk. */
        record Refused(Fault fault) implements Brought {}
    }

    /** What is wrong with a file. */
    sealed interface Fault {
        /** Nothing was chosen. */
        record Nothing() implements Fault {}

        /** Of so many kilobytes. */
        record TooLarge(long kilobytes) implements Fault {}

        /** It is something else than a PNG. */
        record NoPng() implements Fault {}

        /** It begins as one and cannot be drawn. */
        record Damaged() implements Fault {}

        /** It is too small, too large or too wide. */
        record Size(int width, int height) implements Fault {}
    }

    private record Pixels(int width, int height) {
        boolean fit() {
            return Math.min(width, height) >= LEAST_PIXELS
                    && Math.max(width, height) <= MOST_PIXELS
                    && width <= MOST_TIMES_AS_WIDE * height;
        }
    }

    // ---- bringing ----------------------------------------------------------------------------------------

    /** Looks at a file and keeps it if it is a picture for a kiosk. */
    Brought bring(byte[] file, String who) {
        if (file.length == 0) {
            return new Brought.Refused(new Fault.Nothing());
        }
        if (file.length > MOST_BYTES) {
            return new Brought.Refused(new Fault.TooLarge(Math.ceilDiv(file.length, 1024L)));
        }
        if (!Arrays.equals(file, 0, Math.min(file.length, PNG.length), PNG, 0, PNG.length)) {
            return new Brought.Refused(new Fault.NoPng());
        }
        Optional<Pixels> pixels = pixels(file);
        if (pixels.isEmpty()) {
            return new Brought.Refused(new Fault.Damaged());
        }
        if (!pixels.get().fit()) {
            return new Brought.Refused(
                    new Fault.Size(pixels.get().width(), pixels.get().height()));
        }
        forget();
        return new Brought.Kept(keep(file, pixels.get(), who));
    }

    /** Its size is read first: a small file may claim more pixels than there is memory for. */
    private static Optional<Pixels> pixels(byte[] file) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        ImageReader reader = readers.next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            Pixels pixels = new Pixels(reader.getWidth(0), reader.getHeight(0));
            if (pixels.fit()) {
                reader.read(0);
            }
            return Optional.of(pixels);
        } catch (IOException | RuntimeException _) {
            // The reader throws what it likes at a file that breaks its own promises.
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    private String keep(byte[] file, Pixels pixels, String who) {
        String digest = digest(file);
        jdbc.sql("""
                        insert into kiosk_logos (digest, png, width, height, brought_by, brought_at)
                        values (:digest, :png, :width, :height, :who, :at)
                        on conflict (digest) do update set brought_at = excluded.brought_at
                        """)
                .param("digest", digest)
                .param("png", file)
                .param("width", pixels.width())
                .param("height", pixels.height())
                .param("who", who)
                .param("at", OffsetDateTime.now(clock))
                .update();
        return digest;
    }

    private static String digest(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Those that nothing names any more. */
    private void forget() {
        String key = SteeringKeys.LOGO.name();
        Set<String> named = Stream.concat(
                        places().flatMap(place -> named(place, key)),
                        settings.plans().stream()
                                .filter(plan -> plan.key().equals(key))
                                .map(SettingPlan::value)
                                .flatMap(Optional::stream))
                .collect(Collectors.toSet());
        List<String> old = jdbc.sql("select digest from kiosk_logos where brought_at < :before")
                .param("before", OffsetDateTime.now(clock).minus(UNUSED))
                .query((row, _) -> row.getString("digest"))
                .list();
        old.stream()
                .filter(digest -> !named.contains(digest))
                .forEach(digest -> jdbc.sql("delete from kiosk_logos where digest = :digest")
                        .param("digest", digest)
                        .update());
    }

    private Stream<Scope> places() {
        return Stream.of(
                        Stream.of(Scope.CONSORTIUM),
                        consortium.municipalities().stream().map(one -> Scope.municipality(one.code())),
                        consortium.branches().stream().map(one -> Scope.branch(one.code())),
                        consortium.terminals().stream().map(one -> Scope.device(one.login())))
                .flatMap(Function.identity());
    }

    private Stream<String> named(Scope place, String key) {
        return Stream.of(settings.at(place), settings.idleAt(place))
                .flatMap(set -> Optional.ofNullable(set.get(key)).stream());
    }

    // ---- showing -----------------------------------------------------------------------------------------

    /** The picture of this digest. */
    Optional<byte[]> find(String digest) {
        return jdbc.sql("select png from kiosk_logos where digest = :digest")
                .param("digest", digest)
                .query((row, _) -> row.getBytes("png"))
                .optional();
    }

    /** Whether there is such a picture here: another gateway's file may name one that was never brought to this one. */
    boolean has(String digest) {
        return jdbc.sql("select exists (select 1 from kiosk_logos where digest = :digest)")
                .param("digest", digest)
                .query(Boolean.class)
                .single();
    }
}
