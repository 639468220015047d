package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Effect;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands receipts to the gateway, which sends them by e-mail: {@code POST /api/receipts} (deploy/contract). The gateway alone knows where
 * to; it has a receipt on disk before it says so. One that got no answer is handed over once more under the same number, while there is
 * time.
 *
 * <p>Threads: any; each receipt on a virtual thread of its own. Nothing of a receipt stays: the client and the writer of each are its own.
 */
public final class MailDesk implements Consumer<Effect.Mail> {
    private static final Logger LOG = LoggerFactory.getLogger(MailDesk.class);
    private static final int ACCEPTED = 202;

    /** A second try that begins later than this would end after the session has given up waiting. */
    private static final Duration TIME_FOR_ANOTHER = Duration.ofSeconds(2);

    private final Settings settings;
    private final BiFunction<Printout, Language, String> text;
    private final Consumer<KioskEvent> post;

    /**
     * Where receipts go.
     *
     * @param gateway base address, http or https
     * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
     */
    public record Settings(URI gateway, Optional<String> certificate, String login, Secret password) {}

    /** The body of the call. */
    record Receipt(UUID number, String card, String language, String text) {
        @Override
        public String toString() {
            return "Receipt[***]";
        }
    }

    /**
     * A desk.
     *
     * @param text puts a printout into lines of letters of one width
     * @param post takes the events in which the effects end; may wait
     */
    public MailDesk(Settings settings, BiFunction<Printout, Language, String> text, Consumer<KioskEvent> post) {
        this.settings = settings;
        this.text = text;
        this.post = post;
    }

    @Override
    public void accept(Effect.Mail mail) {
        Thread.startVirtualThread(() -> handOver(mail));
    }

    private void handOver(Effect.Mail mail) {
        boolean taken = false;
        try {
            byte[] body = body(new Receipt(
                    UUID.randomUUID(),
                    mail.card().text(),
                    mail.language().tag(),
                    text.apply(mail.printout(), mail.language())));
            try {
                taken = taken(body);
            } finally {
                Arrays.fill(body, (byte) 0);
            }
        } catch (RuntimeException e) {
            LOG.error("a receipt for e-mail could not be made", e);
        }
        post.accept(new KioskEvent.Mailed(mail.request(), taken));
    }

    /** Written without buffers that are used again. */
    static byte[] body(Receipt receipt) {
        return new JsonMapper(JsonFactory.builder()
                        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                        .build())
                .writeValueAsBytes(receipt);
    }

    private boolean taken(byte[] body) {
        long begun = System.nanoTime();
        Optional<Boolean> answer = ask(body);
        return answer.orElseGet(() -> System.nanoTime() - begun < TIME_FOR_ANOTHER.toNanos()
                && ask(body).orElse(false));
    }

    /** Whether the gateway has taken it; empty when it did not answer. */
    private Optional<Boolean> ask(byte[] body) {
        HttpPost call = new HttpPost(settings.gateway().resolve("/api/receipts"));
        call.setHeader(HttpHeaders.AUTHORIZATION, GatewayHttp.basic(settings.login(), settings.password()));
        call.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try (CloseableHttpClient http = GatewayHttp.client(settings.certificate())) {
            int code = http.execute(call, HttpResponse::getCode);
            if (code != ACCEPTED) {
                LOG.info("the gateway answered a receipt for e-mail with {}", code);
            }
            return Optional.of(code == ACCEPTED);
        } catch (IOException e) {
            LOG.debug("no answer to a receipt for e-mail: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
