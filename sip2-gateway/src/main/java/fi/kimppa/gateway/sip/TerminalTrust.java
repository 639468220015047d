package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.CannotStartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the certificates of terminals: one is accepted if its fingerprint is known, whoever signed it, or if one of
 * the configured authorities did. May be used by several threads.
 */
final class TerminalTrust extends X509ExtendedTrustManager {
    private static final Logger log = LoggerFactory.getLogger(TerminalTrust.class);

    private final Optional<X509ExtendedTrustManager> authorities;
    private final Predicate<String> known;

    /**
     * Trust of one listener.
     *
     * @param authorities PEM file of those whose signature is enough
     * @param known whether a certificate is known by its SHA-256 in hex; asked at every handshake
     */
    TerminalTrust(Optional<Path> authorities, Predicate<String> known) {
        this.authorities = authorities.map(TerminalTrust::signedBy);
        this.known = known;
    }

    private static X509ExtendedTrustManager signedBy(Path bundle) {
        try (InputStream in = Files.newInputStream(bundle)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new CannotStartException("there is no certificate in " + bundle);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager pkix) {
                    return pkix;
                }
            }
            throw new IllegalStateException("this Java has no PKIX trust manager");
        } catch (IOException | GeneralSecurityException e) {
            throw new CannotStartException(
                    "the authorities of client-certificates cannot be read from " + bundle + ": " + e.getMessage(), e);
        }
    }

    /**
     * Who a certificate says that it is.
     *
     * @param chain the certificate itself first
     * @throws CertificateException if it is not accepted
     */
    ClientCertificate judge(X509Certificate[] chain) throws CertificateException {
        X509Certificate own = chain[0];
        String sha256 = sha256(own);
        boolean signed = signed(chain);
        if (!signed && !known.test(sha256)) {
            throw new CertificateException("a certificate that no terminal has, SHA-256 " + sha256);
        }
        return new ClientCertificate(sha256, commonName(own), signed);
    }

    private boolean signed(X509Certificate[] chain) {
        if (authorities.isEmpty()) {
            return false;
        }
        try {
            authorities.get().checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            log.debug("A certificate that none of the authorities stands for: {}", e.getMessage());
            return false;
        }
    }

    private static String sha256(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    private static String commonName(X509Certificate certificate) {
        RDN[] names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return names.length == 1 ? IETFUtils.valueToString(names[0].getFirst().getValue()) : "";
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw thisEndIsTheServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw thisEndIsTheServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw thisEndIsTheServer();
    }

    private static CertificateException thisEndIsTheServer() {
        return new CertificateException("this end is a server");
    }

    /** None is named, since a terminal would then keep back a certificate that it signed itself. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
