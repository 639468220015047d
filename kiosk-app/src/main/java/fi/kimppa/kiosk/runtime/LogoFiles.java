package fi.kimppa.kiosk.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The logos that came from the gateway, beside its settings: each in a file that is called by the SHA-256 of its bytes, so that one that
 * is half written or damaged is never taken for whole. Threads: one at a time.
 */
public final class LogoFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LogoFiles.class);
    private static final Pattern NAMED = Pattern.compile("sha256-([0-9a-f]{64})");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    /** Of a kiosk's data folder. */
    public LogoFiles(Path folder) {
        this.folder = folder;
    }

    /** The digest in the name that the gateway gives a logo, such as {@code sha256-5e88…}; empty for any other text. */
    public static Optional<String> digest(String name) {
        Matcher named = NAMED.matcher(name);
        return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
    }

    /** The digest of the logo that settings of the gateway name. */
    static Optional<String> named(String settings) {
        try {
            return digest(JSON.readTree(settings).at("/look/logo").asString(""));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** Where a logo lies in such a folder. */
    public static Path file(Path folder, String digest) {
        return folder.resolve("logo-" + digest + ".png");
    }

    /** Whether these settings can be used: they name no logo, or it is here and whole. */
    public boolean whole(String settings) {
        return named(settings).map(this::has).orElse(true);
    }

    boolean has(String digest) {
        try {
            Path file = file(folder, digest);
            return Files.exists(file) && digest.equals(sha256(Files.readAllBytes(file)));
        } catch (IOException e) {
            LOG.warn("a logo from the gateway cannot be read", e);
            return false;
        }
    }

    /** Keeps a logo; what came cut or damaged is not kept. */
    boolean keep(String digest, byte[] content) throws IOException {
        if (!digest.equals(sha256(content))) {
            return false;
        }
        SteeringFile.replace(file(folder, digest), content);
        return true;
    }

    /** Forgets all but the one that these settings name. */
    public void tidy(String settings) {
        Optional<Path> kept = named(settings).map(digest -> file(folder, digest));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(
                            one -> one.getFileName().toString().matches("logo-[0-9a-f]{64}\\.png(\\.new)?"))
                    .filter(one -> !kept.equals(Optional.of(one)))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("old logos from the gateway cannot be deleted", e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
