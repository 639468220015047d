package fi.kimppa.deploy;

import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
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
    private static final FrameCodec CODEC = new FrameCodec(WireProfile.DEFAULT);
    private static final int OF_TEN = 10;

    /** How many of ten things that somebody has are renewed and not brought back. */
    private static final int RENEWED = 2;

    private static final Duration AGAIN = Duration.ofMillis(300);

    private final String branch;
    private final List<ChaosItem> items;
    private final List<ChaosCard> cards;
    private final boolean endsHolds;
    private final ChaosTally tally;
    private final ChaosWaits waits;
    private final int number;
    private final Random random;
    private final Sip2Client client;
    private int payments;
    private LocalDateTime last = LocalDateTime.now(ZONE);

    /**
     * A terminal that does not work yet.
     *
     * @param endsHolds whether in its library system a loan ends the hold of who gets it
     * @param number its own among the waits
     */
    ChaosTerminal(
            int port,
            String login,
            String branch,
            List<ChaosItem> items,
            List<ChaosCard> cards,
            boolean endsHolds,
            ChaosTally tally,
            ChaosWaits waits,
            int number,
            long seed) {
        this.branch = branch;
        this.items = items;
        this.cards = cards;
        this.endsHolds = endsHolds;
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
                if (random.nextInt(OF_TEN) == 0) {
                    pay(cards.get(random.nextInt(cards.size())));
                } else if (random.nextInt(OF_TEN) == 0) {
                    hold(cards.get(random.nextInt(cards.size())), item.number());
                } else if (item.hand.tryLock()) {
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
        if (item.borrower().isPresent() && random.nextInt(OF_TEN) < RENEWED) {
            if (answered(renewal(item.number(), item.borrower().get(), now)) instanceof RenewResponse renewed) {
                if (renewed.ok()) {
                    item.renew();
                }
                tally.came("29", renewed.ok());
            }
        } else if (item.borrower().isPresent()) {
            if (answered(checkin(item.number(), now)) instanceof CheckinResponse back) {
                if (back.ok()) {
                    item.takeBack();
                }
                tally.came("09", back.ok());
            }
        } else {
            ChaosCard card = cards.get(random.nextInt(cards.size()));
            if (answered(checkout(item.number(), card.number(), now)) instanceof CheckoutResponse lent) {
                if (lent.ok()) {
                    item.lend(card.number());
                    if (endsHolds) {
                        card.hold(item.number(), false);
                    }
                }
                tally.came("11", lent.ok());
            }
        }
    }

    private void pay(ChaosCard card) {
        if (answered(payment(card.number(), tick())) instanceof FeePaidResponse paid) {
            if (paid.paymentAccepted()) {
                card.pay();
            }
            tally.came("37", paid.paymentAccepted());
        }
    }

    private void hold(ChaosCard card, String item) {
        boolean wanted = !card.held().contains(item);
        if (answered(hold(card.number(), item, wanted, tick())) instanceof HoldResponse held) {
            if (held.ok()) {
                card.hold(item, wanted);
            }
            tally.came("15", held.ok());
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
                if (!open(response)) {
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

    private static boolean open(Response response) {
        return response.toFrame().fields().stream()
                .anyMatch(field -> field instanceof CodedField.Text text
                        && text.code().equals(Field.CH.code())
                        && text.value().contains("outcome=unknown"));
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

    private Renew renewal(String item, String card, Timestamp date) {
        return new Renew(
                false,
                false,
                date,
                Timestamp.BLANK,
                branch,
                card,
                Optional.empty(),
                Optional.of(item),
                Optional.empty(),
                Optional.of(Secret.empty()),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private Hold hold(String card, String item, boolean wanted, Timestamp date) {
        return (Hold) said("15" + (wanted ? "+" : "-") + date.text() + "BS" + branch + "|AO" + branch + "|AA" + card
                + "|AB" + item + "|AC|");
    }

    private FeePaid payment(String card, Timestamp date) {
        payments++;
        return (FeePaid) said("37" + date.text() + "0400EURBV1.00|AO" + branch + "|AA" + card + "|AC|BKchaos-" + number
                + '-' + payments + "|");
    }

    private static Request said(String line) {
        return Request.from(((Decoded.Complete) CODEC.decode(line.getBytes(StandardCharsets.UTF_8))).frame());
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
