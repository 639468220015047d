package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.circulation.PatronMail;
import fi.kimppa.gateway.circulation.PatronMail.Found;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells a kiosk of ours whether its patron's receipt can go by e-mail: in the 64, by the address with most of it covered. The address
 * itself does not go to a kiosk that asks so. Threads: any.
 */
@Component
public class ReceiptOffer {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptOffer.class);

    /** The patron waits at the kiosk behind the PIN, which the library system has found right by now. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How the words begin in CH of a 63 by which a kiosk of ours asks for something. */
    private static final String OURS = "tell=";

    /** The word by which it asks for this. */
    private static final String TELL = OURS + "mail";

    /** The field of the answer. */
    private static final String COVERED = "PE";

    private final ReceiptDesk desk;
    private final PatronMail patrons;

    ReceiptOffer(ReceiptDesk desk, PatronMail patrons) {
        this.desk = desk;
        this.patrons = patrons;
    }

    /** The answer to a request as this terminal gets it; all but the 64 to a kiosk that asks in our words stays as it is. */
    public Response told(Response answer, Request request, Terminal terminal) {
        if (!(answer instanceof PatronInformationResponse patron) || !(request instanceof PatronInformation asked)) {
            return answer;
        }
        List<String> words = words(asked);
        if (words.stream().noneMatch(word -> word.startsWith(OURS))) {
            return answer;
        }
        Optional<String> address = words.contains(TELL)
                        && patron.identified()
                        && terminal.kind() == Terminal.Kind.KIOSK
                        && desk.offered(terminal.branchCode())
                ? address(patron, terminal)
                : Optional.empty();
        Frame frame = patron.toFrame();
        List<CodedField> fields = new ArrayList<>(frame.fields());
        fields.removeIf(field -> field.code().equals(Field.BE.code()));
        address.ifPresent(text -> fields.add(new CodedField.Text(COVERED, text)));
        return Response.from(frame.withFields(fields));
    }

    private static List<String> words(PatronInformation request) {
        return request.extras().stream()
                .filter(field -> field.code().equals(Field.CH.code()))
                .flatMap(field -> field instanceof CodedField.Text text ? Stream.of(text.value()) : Stream.empty())
                .flatMap(text -> Stream.of(text.split("[;,\\s]+", -1)))
                .toList();
    }

    private Optional<String> address(PatronInformationResponse patron, Terminal terminal) {
        return patron.emailAddress()
                .filter(text -> !text.isBlank())
                .or(() -> asked(patron.patronIdentifier(), terminal.branchCode()))
                .flatMap(Address::read)
                .map(ReceiptOffer::covered);
    }

    /** What the library system says at once; nobody waits long for a mere offer. */
    private Optional<String> asked(String card, String branch) {
        CompletableFuture<Found> answer =
                CompletableFuture.supplyAsync(() -> patrons.of(card, branch), Thread.ofVirtual()::start);
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) instanceof Found.At(String known)
                    ? Optional.of(known)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Whether a receipt can go by e-mail is not known: {}", e.toString());
            return Optional.empty();
        }
    }

    /** As in {@code k***@e***.fi}: its owner knows it again, and nobody else learns it. */
    static String covered(InternetAddress address) {
        String text = address.getAddress();
        int at = text.lastIndexOf('@');
        String domain = text.substring(at + 1);
        int dot = domain.lastIndexOf('.');
        return first(text) + "***@" + first(domain) + "***" + (dot > 0 ? domain.substring(dot) : "");
    }

    private static String first(String text) {
        return text.substring(0, text.offsetByCodePoints(0, 1));
    }
}
