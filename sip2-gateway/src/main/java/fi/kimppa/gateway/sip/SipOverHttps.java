package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.wire.FrameAssembler;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.SipEnvelope;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * SIP2 in HTTPS requests, in the form of the Koha-Suomi plugin SIPoHTTP: each request brings login, password and one
 * message, and takes its answer home. Nothing is remembered in between. A refused login is the answer {@code 940} with
 * HTTP 200, no answer is an empty {@code response} with HTTP 200, and what cannot be read is HTTP 400 with a sentence,
 * all as there. The exchange itself is an ordinary {@link Sip2Session}.
 */
@RestController
@ConditionalOnProperty(name = "kimppa.sip.https.enabled", havingValue = "true", matchIfMissing = true)
class SipOverHttps {
    private static final MediaType XML = new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8);
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    /** What the plugin says at its own log-ins. */
    private static final Optional<String> LOCATION = Optional.of("SIP2OHTTP");

    private final Sip2Server server;
    private final Sip2Settings settings;
    private final TerminalProfiles profiles;

    SipOverHttps(Sip2Server server, Sip2Settings settings, TerminalProfiles profiles) {
        this.server = server;
        this.settings = settings;
        this.profiles = profiles;
    }

    @PostMapping(SipEnvelope.PATH)
    ResponseEntity<byte[]> exchange(HttpServletRequest http) throws IOException {
        Optional<byte[]> xml = envelope(http);
        if (xml.isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, "Invalid request. The message belongs into the body.");
        }
        if (xml.get().length > most()) {
            return refused(HttpStatus.CONTENT_TOO_LARGE, "Invalid request. The message is too long.");
        }
        SipEnvelope.Request request;
        try {
            request = SipEnvelope.readRequest(xml.get());
        } catch (IllegalArgumentException _) {
            return refused(HttpStatus.BAD_REQUEST, "Invalid Request. XML Validation failed.");
        } finally {
            Arrays.fill(xml.get(), (byte) 0);
        }
        try (var password = request.password()) {
            if (request.login().isEmpty() || password.isEmpty()) {
                return refused(HttpStatus.BAD_REQUEST, "Invalid request. Missing login/pw in XML.");
            }
            Charset charset = profiles.ofLogin(request.login()).profile().charset();
            Optional<byte[]> message = line(request.message(), charset);
            if (message.isEmpty()) {
                return refused(HttpStatus.BAD_REQUEST, "Invalid request. Missing SIP Request in XML.");
            }
            Arrival arrival = arrival(http);
            HttpsLine line = new HttpsLine(arrival, login(request, arrival), message.get());
            if (!server.serve(line)) {
                return refused(HttpStatus.SERVICE_UNAVAILABLE, "Too many connections.");
            }
            String answer =
                    line.answer().map(bytes -> new String(bytes, charset)).orElse("");
            return ResponseEntity.ok().contentType(XML).body(SipEnvelope.response(answer));
        }
    }

    /** The XML: the body, or the query parameter of that name where that is allowed; empty if it is not. */
    private Optional<byte[]> envelope(HttpServletRequest http) throws IOException {
        // Not getParameter, which would also look for one in the body and take that away.
        String query = Optional.ofNullable(http.getQueryString()).orElse("");
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("query=")) {
                byte[] xml = URLDecoder.decode(parameter.substring("query=".length()), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8);
                return settings.https().queryParameterAllowed() ? Optional.of(xml) : Optional.empty();
            }
        }
        try (InputStream body = http.getInputStream()) {
            return Optional.of(body.readNBytes(most() + 1));
        }
    }

    /** A character may take six bytes in XML, as a quotation mark does, and there is an envelope around it. */
    private int most() {
        return Math.toIntExact(6 * settings.maxFrame().toBytes() + 4096);
    }

    private Optional<byte[]> line(String message, Charset charset) {
        FrameAssembler assembler =
                new FrameAssembler(Math.toIntExact(settings.maxFrame().toBytes()));
        // The plugin drops line ends wherever they stand, so that a document may be laid out in lines.
        for (byte next : message.replaceAll("[\r\n]", "").strip().getBytes(charset)) {
            assembler.accept(next);
        }
        return assembler.oversized() ? Optional.empty() : assembler.accept((byte) '\r');
    }

    private byte[] login(SipEnvelope.Request request, Arrival arrival) {
        FrameCodec codec = profiles.of(arrival).codec();
        Login login = new Login("0", "0", request.login(), request.password(), LOCATION, List.of());
        byte[] frame = codec.encode(login.toFrame().withSequence(OptionalInt.of(0)), true);
        return Arrays.copyOf(
                frame, frame.length - codec.profile().terminator().text().length());
    }

    private static Arrival arrival(HttpServletRequest http) {
        InetAddress address = InetAddress.ofLiteral(http.getRemoteAddr());
        return new Arrival(
                Arrival.HTTPS,
                http.getLocalPort(),
                new InetSocketAddress(address, http.getRemotePort()),
                Optional.empty());
    }

    private static ResponseEntity<byte[]> refused(HttpStatus status, String words) {
        return ResponseEntity.status(status).contentType(TEXT).body(words.getBytes(StandardCharsets.UTF_8));
    }
}
