package fi.kimppa.gateway.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Turns card numbers into keyed hashes (HMAC-SHA256). Card numbers are few enough to be tried out, so the key stands
 * in a file beside the database, never in it: who gets hold of a backup alone learns no card. Gateways that share a
 * database share the file.
 */
@Component
public class CardHash {
    private static final String FILE = "card-hash.key";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    CardHash(@Value("${kimppa.data-directory:./data/gateway}") Path dataDirectory) {
        this.key = new SecretKeySpec(keyIn(dataDirectory), "HmacSHA256");
    }

    /** 64 hexadecimal digits. */
    public String of(String card) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(card.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] keyIn(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            if (Files.notExists(file)) {
                make(file);
            }
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the cards' hashes cannot be read or made: " + file, e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            return;
        }
        Files.writeString(file, HexFormat.of().formatHex(fresh) + "\n", StandardOpenOption.WRITE);
    }
}
