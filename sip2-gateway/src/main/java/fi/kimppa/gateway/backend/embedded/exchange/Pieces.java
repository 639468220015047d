package fi.kimppa.gateway.backend.embedded.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Files on their way in, kept in the database in pieces of a megabyte, so that any gateway can read on. There may be PINs in them:
 * each file is encrypted under a key of its own, which is forgotten when the file has been read.
 */
@Component
class Pieces {
    private static final int PIECE = 1024 * 1024;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;

    Pieces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A new key. */
    static byte[] key() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /**
     * Keeps a file.
     *
     * @param most bytes that it may have
     * @return how many it has; empty if they are more
     */
    Optional<Long> keep(long number, byte[] key, InputStream in, long most) throws IOException {
        long bytes = 0;
        for (int piece = 0; ; piece++) {
            byte[] read = in.readNBytes(PIECE);
            bytes += read.length;
            if (read.length == 0 || bytes > most) {
                return Optional.of(bytes).filter(all -> all <= most);
            }
            jdbc.sql("insert into import_pieces (import, number, bytes) values (:import, :number, :bytes)")
                    .param("import", number)
                    .param("number", piece)
                    .param("bytes", crypt(Cipher.ENCRYPT_MODE, key, piece, read))
                    .update();
        }
    }

    /** A key is used for one file, so the number of the piece will do as its nonce. */
    private static byte[] crypt(int mode, byte[] key, int piece, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(piece).array();
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a piece of an import cannot be read", e);
        }
    }

    /** The file as it was. */
    KeptFile open(long number) {
        byte[] key = jdbc.sql("select key from imports where id = :id")
                .param("id", number)
                .query((row, _) -> row.getBytes("key"))
                .single();
        return new KeptFile(number, key);
    }

    /** A file that is read piece by piece. */
    final class KeptFile extends InputStream {
        private final long number;
        private final byte[] key;
        private byte[] piece = new byte[0];
        private int next;
        private int at;
        private long before;

        private KeptFile(long number, byte[] key) {
            this.number = number;
            this.key = key.clone();
        }

        /** How many bytes were read. */
        long position() {
            return before + at;
        }

        @Override
        public int read() {
            return there() ? piece[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!there()) {
                return -1;
            }
            int taken = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, taken);
            at += taken;
            return taken;
        }

        private boolean there() {
            if (at < piece.length) {
                return true;
            }
            byte @Nullable [] bytes = jdbc.sql(
                            "select bytes from import_pieces where import = :import and number = :number")
                    .param("import", number)
                    .param("number", next)
                    .query((row, _) -> row.getBytes("bytes"))
                    .optional()
                    .orElse(null);
            if (bytes == null) {
                return false;
            }
            before += piece.length;
            piece = crypt(Cipher.DECRYPT_MODE, key, next++, bytes);
            at = 0;
            return piece.length > 0;
        }
    }
}
