package fi.kimppa.gateway.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The gateway's signature under what it allows its kiosks (Ed25519). The key stands in a file beside the database; gateways that share
 * a database share the file. Kiosks have its public half in their own files. Threads: any.
 */
@Component
class PermitSignature {
    private static final Logger LOG = LoggerFactory.getLogger(PermitSignature.class);
    private static final String FILE = "offline-permits.key";
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;
    private final String publicKey;

    PermitSignature(@Value("${kimppa.data-directory:./data/gateway}") Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            Files.createDirectories(dataDirectory);
            if (Files.notExists(file)) {
                make(dataDirectory, file);
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 2) {
                throw new IllegalStateException(file + ": expected two lines, found " + lines.size());
            }
            this.key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(0))));
            this.publicKey = lines.get(1);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of off-line permits cannot be read or made: " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("the key of off-line permits cannot be read: " + file, e);
        }
        LOG.info("Kiosks know this gateway's off-line permits by \"offlineKey\": \"{}\"", publicKey);
    }

    /** Whole or not at all, since another gateway may start at this moment. */
    private static void make(Path directory, Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        Path fresh = Files.createTempFile(
                directory,
                FILE,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Base64.Encoder text = Base64.getEncoder();
            Files.writeString(
                    fresh,
                    text.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                            + text.encodeToString(pair.getPublic().getEncoded()) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException _) {
            return;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The signature under these bytes, in Base64. */
    String sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /** By which kiosks know the signature: X.509 in Base64. */
    String publicKey() {
        return publicKey;
    }
}
