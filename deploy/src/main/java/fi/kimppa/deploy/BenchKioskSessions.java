package fi.kimppa.deploy;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.kiosk.KioskConfiguration;
import fi.kimppa.kiosk.runtime.SessionLoop;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.Effect;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.KioskSession;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Patrons who borrow one thing after the other, through the kiosk's own loop, with a library that answers at once and a clock that
 * jumps: whether memory grows. Threads: one script's, and the loop's.
 */
final class BenchKioskSessions {
    private static final int SESSIONS = 50_000;
    private static final int WARM = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration FAREWELL = Duration.ofSeconds(30);
    private static final String DATE = "20261124    193000";
    private static final String PATRON =
            "64              000" + DATE + "000000000000000000000000AOTURKU|AA2000012345|AE|BLY|CQY|";
    private static final String ENDED = "36Y" + DATE + "AOTURKU|AA2000012345|";

    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);
    private final Turning clock = new Turning();
    private final SessionLoop loop;

    /** A clock that jumps. Any thread. */
    private static final class Turning extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T17:30:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    BenchKioskSessions() {
        KioskConfiguration configuration = KioskConfiguration.parse("sessions", """
                {"login": "bench", "password": "bench", "institution": "TURKU", "branch": "TURKU",
                 "gateway": {"sip2": "sip2:tcp:127.0.0.1:1", "http": "http://127.0.0.1:1"},
                 "devices": {"pad": "feig:tcp:127.0.0.1:1"}, "data": "/nowhere"}""");
        loop = new SessionLoop(KioskSession.start(configuration.settings(), clock.instant()), clock);
    }

    /** Plays all sessions and says by how many megabytes the live heap has grown between the 5,000th and the last. */
    double grown(PrintStream out) {
        loop.start(this::carryOut);
        var ready = new DeviceStatus.Ready(clock.instant());
        loop.post(new KioskEvent.LineChanged(Surroundings.Line.UP));
        loop.post(new KioskEvent.DeviceChanged(DeviceKind.PAD, ready));
        loop.post(new KioskEvent.DeviceChanged(DeviceKind.SCANNER, ready));
        loop.post(new KioskEvent.DeviceChanged(DeviceKind.PRINTER, ready));
        await(KioskState.Idle.class);
        long began = System.nanoTime();
        double warm = 0;
        for (int session = 1; session <= SESSIONS; session++) {
            play(session);
            if (session == WARM) {
                warm = liveMegabytes();
            }
        }
        double grown = liveMegabytes() - warm;
        loop.close();
        out.printf(
                Locale.ROOT,
                "%,d sessions in %.0f s, live heap grew by %.2f MB%n",
                SESSIONS,
                (System.nanoTime() - began) / 1e9,
                grown);
        return grown;
    }

    private void play(int session) {
        ItemTag item = ItemTag.single(Integer.toString(300_000_000 + session), "FI-Turku", TagModel.ISO_28560_2);
        var uid = new Uid(0xE004_0150_0000_0000L + session);
        loop.post(new KioskEvent.Scanned("2000012345"));
        for (int digit = 1; digit <= 4; digit++) {
            loop.post(new KioskEvent.Touched(new Choice.Digit(digit)));
        }
        loop.post(new KioskEvent.Touched(new Choice.Ok()));
        loop.post(new KioskEvent.TagArrived(
                new PadTag(uid, 0, new TagContent.Decoded(item, false), Optional.of(TagSecurity.SECURED))));
        await(KioskState.Borrowing.class);
        while (!(loop.state() instanceof KioskState.Borrowing pile && pile.done() == 1 && pile.inWork() == 0)) {
            Thread.onSpinWait();
        }
        loop.post(new KioskEvent.Touched(new Choice.Finish()));
        await(KioskState.OfferingReceipt.class);
        loop.post(new KioskEvent.Touched(new Choice.NoReceipt()));
        loop.post(new KioskEvent.TagLeft(uid));
        await(KioskState.Farewell.class);
        clock.pass(FAREWELL);
        loop.post(new KioskEvent.Tick(clock.instant()));
        await(KioskState.Idle.class);
    }

    private void await(Class<? extends KioskState> state) {
        long began = System.nanoTime();
        while (!state.isInstance(loop.state())) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new StartException("A session did not come to " + state.getSimpleName() + " but to "
                        + loop.state().getClass().getSimpleName() + ".");
            }
            Thread.onSpinWait();
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send(long request, Request message) ->
                loop.post(new KioskEvent.Answered(request, answer(message)));
            case Effect.SetSecurity write ->
                loop.post(new KioskEvent.SecurityWritten(
                        write.row(), write.uid(), Optional.of(new SecurityWrite.Verified(true))));
            case Effect.Erase(var secret) -> secret.erase();
            default -> {
                // Nothing is printed, spooled or told to staff in these sessions.
            }
        }
    }

    private Response answer(Request request) {
        String line = switch (request.type()) {
            case PATRON_INFORMATION -> PATRON;
            case CHECKOUT ->
                "121NNY" + DATE + "AOTURKU|AA2000012345|AB" + ((Checkout) request).itemIdentifier()
                        + "|AJTitle|AH20261222    235900|";
            case END_PATRON_SESSION -> ENDED;
            default ->
                throw new StartException(
                        "Nobody was to be asked for " + request.type().title() + ".");
        };
        if (codec.decode(line.getBytes(StandardCharsets.UTF_8)) instanceof Decoded.Complete complete) {
            return Response.from(complete.frame());
        }
        throw new StartException("Not a SIP2 line: " + line);
    }

    private static double liveMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
    }
}
