package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.KioskState;
import java.util.Optional;

/**
 * Follows the kiosk and says what there is to say. What was cut short by something newer is said again with it; what the person cut
 * short is not.
 *
 * <p>Threads: any may call any method; all return at once.
 */
public final class Narrator {
    private final SpeechService speech;
    private final boolean loudspeaker;
    private final boolean chimes;
    /** What the listener knows of. */
    private Optional<KioskState> known = Optional.empty();

    private Optional<Utterance> saying = Optional.empty();
    private Optional<KioskState> last = Optional.empty();

    /**
     * A narrator.
     *
     * @param loudspeaker whether the kiosk also speaks while no headphones are in, to somebody who uses the keypad
     * @param chimes whether there are short sounds
     */
    public Narrator(SpeechService speech, boolean loudspeaker, boolean chimes) {
        this.speech = speech;
        this.loudspeaker = loudspeaker;
        this.chimes = chimes;
    }

    /** The kiosk is in another state. */
    public synchronized void turned(KioskState now) {
        if (chimes) {
            last.flatMap(before -> Chime.between(before, now)).ifPresent(chime -> speech.sound(chime, softer(now)));
        }
        last = Optional.of(now);
        if (!audible(now)) {
            known = Optional.empty();
            // Whoever still has the headphones on when a session ends hears the goodbye to its end.
            if (!now.around().aids().plugged()) {
                silence();
            }
            return;
        }
        Optional<Utterance> utterance = Script.say(known, now)
                .map(all -> now.around().aids().plugged() ? all : all.aloud())
                .filter(all -> !all.isEmpty());
        if (utterance.isEmpty()) {
            if (saying.isEmpty()) {
                known = last;
            }
        } else if (!utterance.equals(saying)) {
            saying = utterance;
            var aids = now.around().aids();
            int volume = aids.plugged() ? aids.volume() : aids.volume() - softer(now);
            speech.say(utterance.get(), volume, () -> said(utterance.get(), now));
        }
    }

    private static int softer(KioskState state) {
        return state.around().machine().upkeep().softer();
    }

    private boolean audible(KioskState state) {
        var aids = state.around().aids();
        return aids.speaking() && (aids.plugged() || loudspeaker);
    }

    private void silence() {
        if (saying.isPresent()) {
            speech.hush();
        }
        saying = Optional.empty();
    }

    private synchronized void said(Utterance utterance, KioskState at) {
        if (saying.filter(utterance::equals).isPresent()) {
            saying = Optional.empty();
            known = last.filter(this::audible).map(_ -> at);
        }
    }

    /** The person did something: whatever is being said ends, and counts as heard. */
    public synchronized void acted() {
        if (saying.isPresent()) {
            speech.hush();
            saying = Optional.empty();
            known = last;
        }
    }
}
