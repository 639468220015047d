package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.sip.Line.ArrivalRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** TLS of one listener: 1.2 and 1.3, with what it asks of the other end. May be used by several threads. */
final class ListenerTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final SSLContext context;
    private final TerminalTrust trust;
    private final Sip2Settings.ClientCertificates.Ask ask;

    ListenerTls(TlsIdentity identity, TerminalTrust trust, Sip2Settings.ClientCertificates.Ask ask) {
        this.context = identity.context(trust);
        this.trust = trust;
        this.ask = ask;
    }

    /**
     * Shakes hands on a connection.
     *
     * @throws ArrivalRefusedException if the other end speaks no such TLS, or shows no certificate that is accepted
     */
    SSLSocket handshake(Socket raw) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
        secure.setUseClientMode(false);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        switch (ask) {
            case NONE -> parameters.setNeedClientAuth(false);
            case WANT -> parameters.setWantClientAuth(true);
            case NEED -> parameters.setNeedClientAuth(true);
        }
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
        } catch (SSLException e) {
            if (e.getCause() instanceof EOFException) {
                // A peer that hangs up is normal, a balancer's health check among them.
                throw e;
            }
            throw new ArrivalRefusedException("handshake_failed", "the TLS handshake failed: " + e.getMessage());
        }
        return secure;
    }

    /**
     * The certificate that the other end showed. Judged anew: a resumed session brings the one of its first handshake,
     * which may have been taken out of use since.
     */
    Optional<ClientCertificate> certificateOf(SSLSession session) throws ArrivalRefusedException {
        if (ask == Sip2Settings.ClientCertificates.Ask.NONE) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Optional.of(trust.judge(Arrays.copyOf(chain, chain.length, X509Certificate[].class)));
        } catch (SSLPeerUnverifiedException _) {
            // It was asked for one and has none.
            return Optional.empty();
        } catch (CertificateException e) {
            throw new ArrivalRefusedException("handshake_failed", "not accepted any more: " + e.getMessage());
        }
    }
}
