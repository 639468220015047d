package fi.kimppa.gateway.backend.embedded.exchange;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One file within a larger stream: is hashed on its way, and does not close the stream. One thread. */
final class HashedBody extends FilterOutputStream {
    private final MessageDigest digest;

    HashedBody(OutputStream out) {
        this(out, sha256Digest());
    }

    private HashedBody(OutputStream out, MessageDigest digest) {
        super(new DigestOutputStream(out, digest));
        this.digest = digest;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /** What is around it goes on. */
    @Override
    public void close() throws IOException {
        flush();
    }

    /** Of all that was written; to be asked once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
