package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.KioskState.Account;
import fi.kimppa.kiosk.session.KioskState.AskingPin;
import fi.kimppa.kiosk.session.KioskState.Blocked;
import fi.kimppa.kiosk.session.KioskState.Borrowing;
import fi.kimppa.kiosk.session.KioskState.Farewell;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.NotTaken;
import fi.kimppa.kiosk.session.Patience;
import fi.kimppa.kiosk.session.ReturnState;
import java.time.Duration;
import java.util.Optional;

/** Short sounds. Each accompanies words on the screen, and tells nothing that is not there (EN 301 549 5.1.5). */
public enum Chime {
    /** Lent, or returned: rises. */
    DONE(660, 880),
    /** Refused, or wrong: falls, and is lower. */
    REFUSED(330, 247),
    /** Time runs out, or something is asked. */
    WARNING(523, 523),
    /** Somebody is about to leave things on the pad. */
    LEFT(784, 523);

    /** Between two of those. */
    private static final long AGAIN_SECONDS = 3;

    private static final int TONE_MILLIS = 110;
    private static final int FADE_MILLIS = 10;
    private static final double LOUDNESS = 0.3;

    private final int firstHertz;
    private final int secondHertz;

    Chime(int firstHertz, int secondHertz) {
        this.firstHertz = firstHertz;
        this.secondHertz = secondHertz;
    }

    /** The sound of a change, if it has one. Pure. */
    public static Optional<Chime> between(KioskState before, KioskState now) {
        boolean asked = now.question().isPresent() && !now.question().equals(before.question());
        if (asked || (warned(now) && !warned(before))) {
            return Optional.of(WARNING);
        }
        if (refused(now) > (before.getClass().equals(now.getClass()) ? refused(before) : 0)) {
            return Optional.of(REFUSED);
        }
        if (calls(now) > calls(before)) {
            return Optional.of(LEFT);
        }
        return done(now) > done(before) ? Optional.of(DONE) : Optional.empty();
    }

    /** How often somebody was called back to what they left, once they had the time to take it. */
    private static long calls(KioskState state) {
        if (!(state instanceof Farewell bye)
                || !bye.takeItems()
                || bye.around().now().isBefore(bye.until())) {
            return 0;
        }
        return 1 + Duration.between(bye.until(), bye.around().now()).toSeconds() / AGAIN_SECONDS;
    }

    private static boolean warned(KioskState state) {
        return state.waiting().map(Patience::warned).orElse(false);
    }

    private static long done(KioskState state) {
        return switch (state) {
            case Account s -> s.renewed();
            case Borrowing s -> s.done();
            case Returning s -> s.done();
            default -> 0;
        };
    }

    private static long refused(KioskState state) {
        return switch (state) {
            case Borrowing s ->
                s.rows().stream()
                        .filter(row -> row.state() instanceof LoanState.Refused
                                || row.state() instanceof LoanState.NotRenewed
                                || row.state() instanceof LoanState.Incomplete)
                        .count();
            case Returning s ->
                s.rows().stream()
                        .filter(row -> row.state() instanceof ReturnState.Refused
                                || row.state() instanceof ReturnState.Incomplete)
                        .count();
            case KioskState.AskingCard s -> s.notTaken().map(NotTaken::times).orElse(0);
            case KioskState.TypingCard s -> s.notTaken().map(NotTaken::times).orElse(0);
            case AskingPin s -> s.wrong();
            case Blocked _ -> 1;
            default -> 0;
        };
    }

    /**
     * The sound itself: 16-bit samples, one channel, least significant byte first.
     *
     * @param softer steps of 6 dB
     */
    byte[] samples(int rate, int softer) {
        int each = rate * TONE_MILLIS / 1000;
        byte[] bytes = new byte[4 * each];
        for (int i = 0; i < 2 * each; i++) {
            int in = i % each;
            double hertz = i < each ? firstHertz : secondHertz;
            double fade = Math.min(1, Math.min(in, each - in) * 1000.0 / (rate * FADE_MILLIS));
            long sample = Math.round(
                    Short.MAX_VALUE * LOUDNESS / (1 << softer) * fade * Math.sin(2 * Math.PI * hertz * in / rate));
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        return bytes;
    }
}
