package fi.kimppa.deploy;

import fi.kimppa.sip2.Sip2Address;
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
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A machine at which things are lent and brought back, one after the other. Where no answer comes it says the very same again, with the
 * same date, until it has one that is a yes or a no. For one thread.
 */
final class ChaosTerminal {
    private static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");
    private static final Duration AGAIN = Duration.ofMillis(300);

    private final String branch;
    private final List<ChaosItem> items;
    private final List<String> cards;
    private final ChaosTally tally;
    private final ChaosWaits waits;
    private final int number;
    private final Random random;
    private final Sip2Client client;
    private LocalDateTime last = LocalDateTime.now(ZONE);

    /**
     * A terminal that does not work yet.
     *
     * @param number its own among the waits
     */
    ChaosTerminal(
            int port,
            String login,
            String branch,
            List<ChaosItem> items,
            List<String> cards,
            ChaosTally tally,
            ChaosWaits waits,
            int number,
            long seed) {
        this.branch = branch;
        this.items = items;
        this.cards = cards;
        this.tally = tally;
        this.waits = waits;
        this.number = number;
        this.random = new Random(seed);
        Sip2Client.Settings usual =
                Sip2Client.Settings.of(Sip2Address.parse("sip2:tcp:127.0.0.1:" + port), login, Secret.of(login));
        this.client = new Sip2Client(new Sip2Client.Settings(
                usual.address(),
                usual.profile(),
                usual.login(),
                Optional.of(branch),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(7),
                1));
    }

    /**
     * Works until it is told to stop, and then to the end of what it has begun.
     *
     * @param pace is asked before each pause
     */
    void work(BooleanSupplier over, Supplier<ChaosPace> pace) {
        try (client) {
            while (!over.getAsBoolean()) {
                ChaosItem item = items.get(random.nextInt(items.size()));
                if (item.hand.tryLock()) {
                    try {
                        visit(item);
                    } finally {
                        item.hand.unlock();
                    }
                }
                LockSupport.parkNanos(pace.get().pause(random).toNanos());
            }
        } catch (RuntimeException e) {
            tally.broken(e);
        }
    }

    private void visit(ChaosItem item) {
        Timestamp now = tick();
        if (item.borrower().isPresent()) {
            if (answered(checkin(item.number(), now)) instanceof CheckinResponse back) {
                if (back.ok()) {
                    item.takeBack();
                }
                tally.came("09", back.ok());
            }
        } else {
            String card = cards.get(random.nextInt(cards.size()));
            if (answered(checkout(item.number(), card, now)) instanceof CheckoutResponse lent) {
                if (lent.ok()) {
                    item.lend(card);
                }
                tally.came("11", lent.ok());
            }
        }
    }

    /** Says it until somebody has decided. */
    private Response answered(Request request) {
        long begun = System.nanoTime();
        while (true) {
            boolean first = waits.asks(number);
            try {
                Response response = client.exchange(request);
                waits.heard(number, gateway());
                boolean open = response instanceof CheckoutResponse lent
                        && lent.itemProperties().orElse("").contains("outcome=unknown");
                if (!open) {
                    tally.took(Duration.ofNanos(System.nanoTime() - begun));
                    return response;
                }
                tally.unknown();
            } catch (Sip2Exception.LinkException e) {
                unanswered(e.phase(), first);
            } catch (Sip2Exception e) {
                tally.silent();
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
    }

    /**
     * There was no answer to the request.
     *
     * @param first whether it was the first try since something was heard
     */
    private void unanswered(Sip2Exception.Phase phase, boolean first) {
        switch (phase) {
            case OFFLINE -> {
                waits.heard(number, gateway());
                tally.offLine();
            }
            case BACK_OFF -> {
                // The client has not asked anybody.
                if (first) {
                    waits.asksNothing(number);
                }
            }
            case CONNECT, LOGIN, SEND, RECEIVE, CLOSED -> tally.silent();
        }
    }

    /** The place of the gateway that it speaks with: each of the house allows another number of retries. */
    private int gateway() {
        return client.status()
                .map(status -> Integer.parseInt(status.retriesAllowed()) - 1)
                .orElse(-1);
    }

    /** A date of its own for each: two of one second would be the same change to whoever answers. */
    private Timestamp tick() {
        LocalDateTime now = LocalDateTime.now(ZONE).truncatedTo(ChronoUnit.SECONDS);
        last = now.isAfter(last) ? now : last.plusSeconds(1);
        return Timestamp.of(last);
    }

    private Checkout checkout(String item, String card, Timestamp date) {
        return new Checkout(
                false,
                false,
                date,
                Timestamp.BLANK,
                branch,
                card,
                item,
                Optional.of(Secret.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private Checkin checkin(String item, Timestamp date) {
        return new Checkin(
                false,
                date,
                date,
                branch,
                branch,
                item,
                Optional.of(Secret.empty()),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
