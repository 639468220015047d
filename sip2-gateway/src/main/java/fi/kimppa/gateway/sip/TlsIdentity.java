package fi.kimppa.gateway.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The server's key and certificate: two PEM files in a directory, made at the first start and self-signed, since the
 * terminals pin the certificate by its fingerprint instead of trusting an authority. Who has certificates of their
 * own puts them there under the same names.
 *
 * @param keys hold this key, for TLS
 * @param fingerprint SHA-256 of the certificate, 64 lower-case hexadecimal digits
 */
record TlsIdentity(List<KeyManager> keys, String fingerprint) {
    /** The private key, PKCS 8, readable by its owner alone. */
    static final String KEY = "sip2-tls-key.pem";
    /** The certificate and, where there is one, its chain. */
    static final String CERTIFICATE = "sip2-tls-certificate.pem";
    /** The fingerprint, for whoever sets up a kiosk. */
    static final String FINGERPRINT = "sip2-tls-certificate.sha256";

    private static final Duration LIFE = Duration.ofDays(3650);
    /** Terminals with a clock that is a little late must not refuse a certificate made today. */
    private static final Duration BACKDATED = Duration.ofDays(30);

    /**
     * The identity kept in this directory; made if there is none.
     *
     * @throws UncheckedIOException if the directory cannot be read or written
     * @throws IllegalStateException if the files in it are no key and certificate
     */
    static TlsIdentity in(Path directory, Instant now) {
        Path key = directory.resolve(KEY);
        Path certificate = directory.resolve(CERTIFICATE);
        try {
            Files.createDirectories(directory);
            if (Files.notExists(key) || Files.notExists(certificate)) {
                make(key, certificate, now);
            }
            TlsIdentity identity = read(key, certificate);
            Files.writeString(directory.resolve(FINGERPRINT), identity.fingerprint() + "\n");
            return identity;
        } catch (IOException e) {
            throw new UncheckedIOException("the SIP2 certificate in " + directory + " cannot be read or written", e);
        } catch (GeneralSecurityException | OperatorCreationException | IllegalArgumentException e) {
            throw new IllegalStateException(KEY + " and " + CERTIFICATE + " in " + directory + " cannot be used", e);
        }
    }

    private static TlsIdentity read(Path keyFile, Path certificateFile) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> chain;
        try (InputStream in = Files.newInputStream(certificateFile)) {
            chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        Certificate own = chain.stream()
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no certificate in " + certificateFile));
        byte[] pkcs8 = Base64.getMimeDecoder()
                .decode(Files.readString(keyFile)
                        .replaceAll("-----[A-Z ]+-----", "")
                        .strip());
        PrivateKey key = KeyFactory.getInstance(own.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        char[] password = HexFormat.of().formatHex(randomBytes(16)).toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("sip2", key, password, chain.toArray(Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(own.getEncoded());
        return new TlsIdentity(
                List.of(managers.getKeyManagers()), HexFormat.of().formatHex(digest));
    }

    /**
     * TLS with this key.
     *
     * @param trust judges the other end's certificate where one is asked for
     */
    SSLContext context(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.toArray(KeyManager[]::new), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine has no TLS", e);
        }
    }

    private static void make(Path keyFile, Path certificateFile, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String host = InetAddress.getLocalHost().getHostName();
        X500Name name = new X500Name("CN=Kimppa gateway");
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, host),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                new BigInteger(1, randomBytes(16)),
                                Date.from(now.minus(BACKDATED)),
                                Date.from(now.plus(LIFE)),
                                name,
                                pair.getPublic())
                        .addExtension(Extension.subjectAlternativeName, false, names)
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        writeForOwner(keyFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** Never readable by others, not even for the moment between creation and a change of permissions. */
    private static void writeForOwner(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return String.join("\n", List.of("-----BEGIN " + kind + "-----", body, "-----END " + kind + "-----", ""));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
