package fi.kimppa.deploy;

import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A self-check of another maker in Turku that lends and takes back books as fast as it is answered, until nobody answers any more, and
 * remembers what it was told. What it remembers may be read after {@link #join()}.
 */
final class VendorMachine {
    static final String CARD = "2000012345";
    static final String PIN = "1234";
    static final String BRANCH = "TURKU";
    private static final String LOGIN = "kiosk-turku";

    private final House house;
    private final List<String> books;
    private final Random random;
    private final Thread thread = new Thread(this::run, "vendor-machine");
    private final AtomicInteger answers = new AtomicInteger();
    private final Set<String> lent = new HashSet<>();
    private final Map<String, Integer> loans = new HashMap<>();
    private Optional<Change> unanswered = Optional.empty();
    private Optional<String> complaint = Optional.empty();

    /** A request that changes something, and whether it is a loan. */
    record Change(String item, boolean loan, Request request) {}

    VendorMachine(House house, List<String> books, Random random) {
        this.house = house;
        this.books = List.copyOf(books);
        this.random = random;
    }

    void start() {
        thread.start();
    }

    /** How many changes were answered. */
    int answers() {
        return answers.get();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    /** Whether a book was lent when the last answer about it came. */
    boolean lent(String item) {
        return lent.contains(item);
    }

    /** How many loans of a book were answered. */
    int loans(String item) {
        return loans.getOrDefault(item, 0);
    }

    /** The change that was sent and not answered, if there was one. */
    Optional<Change> unanswered() {
        return unanswered;
    }

    /** What was not as it should be: an answer that was no yes. */
    Optional<String> complaint() {
        return complaint;
    }

    private void run() {
        try (Sip2Client client = house.machine(LOGIN)) {
            while (complaint.isEmpty()) {
                Change change = change(books.get(random.nextInt(books.size())));
                try {
                    answered(change, client.exchange(change.request()));
                } catch (Sip2Exception e) {
                    if (!e.outcomeKnown()) {
                        unanswered = Optional.of(change);
                    }
                    return;
                }
            }
        }
    }

    private void answered(Change change, Response response) {
        if (!ok(response)) {
            complaint = Optional.of(change.request() + " was answered with " + response);
        } else if (change.loan()) {
            lent.add(change.item());
            loans.merge(change.item(), 1, Integer::sum);
        } else {
            lent.remove(change.item());
        }
        answers.incrementAndGet();
    }

    /** Whether the library said yes. */
    static boolean ok(Response response) {
        return switch (response) {
            case CheckoutResponse answer -> answer.ok();
            case CheckinResponse answer -> answer.ok();
            default -> false;
        };
    }

    /** Sends a change once more, unaltered, over a new line, as a machine does that never saw its answer. */
    Response repeat(Change change) {
        try (Sip2Client client = house.machine(LOGIN)) {
            return client.exchange(change.request());
        }
    }

    private Change change(String item) {
        Timestamp now = Questions.now();
        Request request = lent.contains(item)
                ? new Checkin(
                        false,
                        now,
                        now,
                        BRANCH,
                        BRANCH,
                        item,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())
                : new Checkout(
                        false,
                        false,
                        now,
                        Timestamp.BLANK,
                        BRANCH,
                        CARD,
                        item,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Secret.of(PIN)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of());
        return new Change(item, !lent.contains(item), request);
    }
}
