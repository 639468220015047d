package fi.kimppa.sip2.conformance;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.Sip2Link;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.time.Duration;

/** One HTTPS request for each message. */
final class HttpsWire implements Wire {
    private final Sip2Link link;

    private HttpsWire(Sip2Link link) {
        this.link = link;
    }

    static HttpsWire open(Sip2Address address, Duration timeout, WireProfile profile) {
        return new HttpsWire(Sip2Link.open(address, timeout, profile));
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        try {
            link.send(bytes);
        } catch (Sip2Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public Heard hear(Duration timeout) {
        try {
            return link.receive(timeout).<Heard>map(Heard.Line::new).orElseGet(Heard.Nothing::new);
        } catch (LinkException e) {
            if (e.phase() == Phase.CONNECT) {
                throw e;
            }
            return new Heard.End(0);
        } catch (Sip2Exception e) {
            return new Heard.End(0);
        }
    }

    /** A response has no end of its own in XML. */
    @Override
    public boolean lineFeedFollows() {
        return false;
    }

    @Override
    public void close() {
        link.close();
    }
}
