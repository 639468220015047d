package fi.kimppa.gateway.backend;

import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A machine of one case: it stands at the library's branch before a patron with a thing, whom and which no case before it
 * has met. Every message has a second of its own.
 */
public final class Machine {
    static final String PIN = "4711";
    static final String NO_CARD = "2899999999";
    static final String NO_ITEM = "3899999999";

    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final AtomicInteger TURN = new AtomicInteger(1);

    private final Library library;
    private final String card;
    private final String other;
    private final String item;
    private final int turn;
    private boolean otherThere;
    private int things;
    private LocalDateTime now;

    /** A new case in this library. */
    public Machine(Library library) {
        this.library = library;
        this.turn = TURN.getAndIncrement();
        this.card = "29%08d".formatted(2 * turn);
        this.other = "29%08d".formatted(2 * turn + 1);
        this.now = LocalDateTime.now(library.clock());
        library.patron(card, PIN);
        this.item = thing();
    }

    Library library() {
        return library;
    }

    /** The patron's. */
    String card() {
        return card;
    }

    /** Of another patron, with the same PIN; known to the library from the first call on. */
    String other() {
        if (!otherThere) {
            otherThere = true;
            library.patron(other, PIN);
        }
        return other;
    }

    /** What is on the pad. */
    String item() {
        return item;
    }

    /** One more thing of this branch. */
    String thing() {
        String number = nextNumber();
        library.item(number, title(number));
        return number;
    }

    /** One more thing, of the other branch. */
    String thingOfElsewhere() {
        String number = nextNumber();
        library.itemOfElsewhere(number, title(number));
        return number;
    }

    /** A number that nothing has yet. */
    String nextNumber() {
        return "39%06d%02d".formatted(turn, ++things);
    }

    /** The title of the thing with this number. */
    static String title(String number) {
        return "Case " + number;
    }

    /** A transaction number (BK) that no case before has used. */
    String transaction() {
        return "bk-" + turn;
    }

    /** The next second. */
    Timestamp tick() {
        now = now.plusSeconds(1);
        return Timestamp.of(now);
    }

    /** So many hours ago, by the machine's clock. */
    Timestamp hoursAgo(int hours) {
        return Timestamp.of(now.minusHours(hours));
    }

    /**
     * What the backend answers to a line of SIP2, in which {@code {now}}, {@code {AO}}, {@code {AP}}, {@code {card}},
     * {@code {item}} and {@code {pin}} stand for what they are.
     */
    <R extends Response> R say(Class<R> type, String line) {
        return type.cast(say(line));
    }

    Response say(String line) {
        String filled = line.replace("{now}", tick().text())
                .replace("{AO}", library.here().institutionId())
                .replace("{AP}", library.here().branchCode())
                .replace("{card}", card)
                .replace("{item}", item)
                .replace("{pin}", PIN);
        Decoded decoded = CODEC.decode(filled.getBytes(StandardCharsets.UTF_8));
        return serve(Request.from(((Decoded.Complete) decoded).frame()));
    }

    static String wire(Response answer) {
        return new String(CODEC.encode(answer.toFrame(), false), StandardCharsets.UTF_8);
    }

    private Response serve(Request request) {
        CirculationBackend backend = library.backend();
        Terminal here = library.here();
        return switch (request) {
            case PatronStatusRequest r -> backend.patronStatus(r, here);
            case PatronInformation r -> backend.patronInformation(r, here);
            case ItemInformation r -> backend.itemInformation(r, here);
            case Checkout r -> backend.checkout(r, here);
            case Checkin r -> backend.checkin(r, here);
            case Renew r -> backend.renew(r, here);
            case RenewAll r -> backend.renewAll(r, here);
            case Hold r -> backend.hold(r, here);
            case FeePaid r -> backend.feePaid(r, here);
            case BlockPatron r -> backend.blockPatron(r, here);
            case PatronEnable r -> backend.patronEnable(r, here);
            case ItemStatusUpdate r -> backend.itemStatusUpdate(r, here);
            case EndPatronSession r -> backend.endPatronSession(r, here);
            default -> throw new IllegalArgumentException(request.type().title());
        };
    }
}
