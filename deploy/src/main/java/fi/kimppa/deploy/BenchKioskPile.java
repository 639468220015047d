package fi.kimppa.deploy;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskClock;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.LineTiming;
import fi.kimppa.device.simulator.SerialOutlet;
import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.kiosk.Kiosk;
import fi.kimppa.kiosk.KioskConfiguration;
import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.KioskWindow;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanRow;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A kiosk with its window before a pad that is as slow as a serial reader, on which ten things are laid again and again. Threads: one script's.
 */
final class BenchKioskPile implements AutoCloseable {
    /** A patron of the demo. */
    static final String CARD = "2000012345";

    /** Numbers that only have to look like things of the library. */
    static final List<String> NUMBERS =
            IntStream.range(0, 10).mapToObj("39000000%02d"::formatted).toList();

    private static final String PIN = "1234";
    private static final int TAGS = 10;
    /** So many copies are tried until ten are found that this patron may borrow. */
    private static final int CANDIDATES = 200;

    private static final ZoneId ZONE = ZoneId.of("Europe/Helsinki");

    // The least sequence, in bytes of advanced frames (H40801): two inventories, and for each tag one read of eight
    // blocks, one
    // AFI written and one read back.
    private static final int INVENTORY = 9 + 9;
    private static final int RECORD = 10;
    private static final int TAGS_PER_ANSWER = 8;
    private static final int READ = 19 + 50;
    private static final int WRITE_AFI = 18 + 8;
    private static final int READ_BACK = 17 + 21;

    private final VirtualDesk desk;
    private final SerialOutlet outlet;
    private final BenchLine line;
    private final Kiosk kiosk;
    private final KioskWindow window;
    private final Sip2Client counter;
    private final List<String> items;
    private final Answers answers = new Answers();

    /**
     * What one pile took.
     *
     * @param wireMillis of the least sequence of commands
     * @param answerMillis what the kiosk waited for the gateway
     * @param line what it was busy with
     * @param askedMillis until the library was asked for the first loan
     * @param frames how long each frame took, if that was asked for
     */
    record Lent(
            double millis,
            double wireMillis,
            double answerMillis,
            String line,
            double askedMillis,
            List<Double> frames) {
        double ratio() {
            return millis / (wireMillis + answerMillis);
        }

        String said() {
            return String.format(
                    Locale.ROOT,
                    "ten green rows after %.0f ms, the first asked for after %.0f ms; least on the wire %.0f ms, answers"
                            + " %.0f ms, ratio %.2f; the line carried %s",
                    millis,
                    askedMillis,
                    wireMillis,
                    answerMillis,
                    ratio(),
                    line);
        }
    }

    private BenchKioskPile(
            VirtualDesk desk,
            SerialOutlet outlet,
            BenchLine line,
            Kiosk kiosk,
            KioskWindow window,
            Sip2Client counter,
            List<String> items) {
        this.desk = desk;
        this.outlet = outlet;
        this.line = line;
        this.kiosk = kiosk;
        this.window = window;
        this.counter = counter;
        this.items = items;
    }

    /**
     * Sets the kiosk up and finds things that can be lent.
     *
     * @param configuring how a kiosk at this desk and at the address of its slow pad is configured
     */
    static BenchKioskPile start(
            Path home, Ports ports, BenchServer server, BiFunction<VirtualDesk, DeviceAddress, String> configuring) {
        DeskClock clock = DeskClock.running();
        var line = new BenchLine();
        VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
        SerialOutlet outlet = SerialOutlet.plug(
                "feig", home.resolve("pad"), link -> desk.pad().serve(line.on(LineTiming.FEIG.on(link, clock))));
        Kiosk kiosk = new Kiosk(KioskConfiguration.parse(
                "bench", configuring.apply(desk, DeviceAddress.parse("feig:serial:" + outlet.name()))));
        KioskWindow window = KioskWindow.open("bench", DeviceProfile.MIDDLE, false, kiosk::offer);
        var address = new Sip2Address("127.0.0.1", ports.of(Ports.Use.SIP), false, Optional.empty());
        var counter =
                new Sip2Client(Sip2Client.Settings.of(address, "kiosk-naantali", Secret.of("demo-kiosk-naantali")));
        var pile = new BenchKioskPile(desk, outlet, line, kiosk, window, counter, new ArrayList<>());
        kiosk.addListener(window::show);
        kiosk.addListener(pile.answers::heard);
        kiosk.start();
        pile.choose(new BenchStore(server, BenchServer.NAME, new BenchSize(0, 0)).items(CANDIDATES));
        return pile;
    }

    private void choose(List<String> candidates) {
        for (String number : candidates) {
            if (items.size() < TAGS && number.matches("\\d+") && borrowed(number)) {
                returned(number);
                items.add(number);
            }
        }
        if (items.size() < TAGS) {
            throw new StartException("Of " + candidates.size() + " things only " + items.size() + " can be lent.");
        }
    }

    private boolean borrowed(String number) {
        Timestamp now = Timestamp.of(Instant.now(), ZONE);
        return counter.exchange(new Checkout(
                                false,
                                false,
                                now,
                                now,
                                "NAANTALI",
                                CARD,
                                number,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Secret.of(PIN)),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()))
                        instanceof CheckoutResponse answer
                && answer.ok();
    }

    private void returned(String number) {
        Timestamp now = Timestamp.of(Instant.now(), ZONE);
        boolean ok = counter.exchange(new Checkin(
                                false,
                                now,
                                now,
                                "NAANTALI",
                                "NAANTALI",
                                number,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()))
                        instanceof CheckinResponse answer
                && answer.ok();
        if (!ok) {
            throw new StartException("The return of " + number + " was refused.");
        }
    }

    static List<VirtualTag> tags(List<String> numbers) {
        return numbers.stream()
                .map(number ->
                        DemoTags.tag(ItemTag.single(number, "FI-Turku", TagModel.ISO_28560_2), TagSecurity.SECURED))
                .toList();
    }

    /**
     * Lays the ten things, waits until all rows are green and drawn, ends the session and brings everything back.
     *
     * @param watched whether frames are drawn all the time and timed; that costs time of its own
     */
    Lent lend(boolean watched) {
        await(
                "nobody is here",
                () -> kiosk.state() instanceof KioskState.Idle idle
                        && idle.around().banners().isEmpty());
        desk.scanner().scan(CARD);
        await("the PIN is asked for", () -> kiosk.state() instanceof KioskState.AskingPin);
        PIN.chars().forEach(digit -> kiosk.touch(new Choice.Digit(digit - '0')));
        kiosk.touch(new Choice.Ok());
        await("a pile is waited for", () -> kiosk.state() instanceof KioskState.Borrowing);
        line.forget();
        answers.forget();
        AtomicBoolean timing = new AtomicBoolean(watched);
        List<Double> frames = new CopyOnWriteArrayList<>();
        if (watched) {
            time(timing, frames, System.nanoTime());
        }
        tags(items).forEach(desk.pad()::lay);
        await("ten rows are green", () -> answers.done == TAGS);
        await("they are drawn", () -> answers.drawnAt.get() != 0);
        timing.set(false);
        Lent lent = new Lent(
                (answers.drawnAt.get() - line.firstTagAt()) / 1e6,
                wireMillis(),
                answers.nanos / 1e6,
                line.said(),
                (answers.firstAskedAt - line.firstTagAt()) / 1e6,
                frames);
        leave();
        items.forEach(this::returned);
        return lent;
    }

    private void time(AtomicBoolean going, List<Double> frames, long before) {
        window.afterNextFrame(() -> {
            long now = System.nanoTime();
            frames.add((now - before) / 1e6);
            if (going.get()) {
                time(going, frames, now);
            }
        });
    }

    private void leave() {
        kiosk.touch(new Choice.Finish());
        await("a receipt is offered", () -> kiosk.state() instanceof KioskState.OfferingReceipt);
        kiosk.touch(new Choice.NoReceipt());
        desk.pad().clear();
        await("nobody is here", () -> kiosk.state() instanceof KioskState.Idle);
    }

    private void await(String what, Checks.Condition condition) {
        if (!Checks.until(condition)) {
            throw new StartException("Within 20 s it did not come to this: " + what + "; the kiosk is in "
                    + kiosk.state().getClass().getSimpleName() + ".");
        }
    }

    private static double wireMillis() {
        int answers = (TAGS + TAGS_PER_ANSWER - 1) / TAGS_PER_ANSWER;
        long bytes = 2L * (answers * INVENTORY + TAGS * RECORD) + (long) TAGS * (READ + WRITE_AFI + READ_BACK);
        long commands = 2L * answers + 3L * TAGS;
        return (LineTiming.FEIG.nanos(bytes) + commands * LineTiming.FEIG.work().toNanos()) / 1e6;
    }

    @Override
    public void close() {
        window.close();
        kiosk.close();
        counter.close();
        outlet.close();
        desk.close();
    }

    /** Adds up how long rows wait for the library. Called on the session's thread. */
    private final class Answers {
        private final Map<Integer, Long> asked = new HashMap<>();
        private final AtomicLong drawnAt = new AtomicLong();
        private volatile long nanos;
        private volatile long firstAskedAt;
        private volatile long done;

        void heard(KioskState state) {
            if (state instanceof KioskState.Borrowing pile) {
                long now = System.nanoTime();
                pile.rows().forEach(row -> heard(row, now));
                long green = pile.rows().stream()
                        .filter(row -> row.state() instanceof LoanState.Done)
                        .count();
                if (green == TAGS && done < TAGS) {
                    window.afterNextFrame(() -> drawnAt.compareAndSet(0, System.nanoTime()));
                }
                done = green;
            }
        }

        private void heard(LoanRow row, long now) {
            if (row.state() instanceof LoanState.Lending) {
                asked.putIfAbsent(row.number(), now);
                firstAskedAt = firstAskedAt == 0 ? now : firstAskedAt;
            } else {
                Long since = asked.remove(row.number());
                if (since != null) {
                    nanos = nanos + now - since;
                }
            }
        }

        void forget() {
            nanos = 0;
            firstAskedAt = 0;
            done = 0;
            drawnAt.set(0);
        }
    }
}
