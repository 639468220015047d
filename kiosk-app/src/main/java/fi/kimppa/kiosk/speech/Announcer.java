package fi.kimppa.kiosk.speech;

import fi.kimppa.kiosk.session.Aids;
import fi.kimppa.kiosk.session.Announcement;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.StaffTask;
import fi.kimppa.kiosk.text.Texts;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What staff let be heard from the loudspeaker: each sound and each sentence to its end, one after the other.
 *
 * <p>Threads: any may call any method; all return at once.
 */
public final class Announcer {
    private final SpeechService speech;
    private final boolean voice;
    private final boolean sounds;
    private final Supplier<List<Language>> languages;

    /**
     * An announcer.
     *
     * @param voice whether there is one
     * @param sounds whether there are short sounds
     * @param languages in which a sentence is said, in order
     */
    public Announcer(SpeechService speech, boolean voice, boolean sounds, Supplier<List<Language>> languages) {
        this.speech = speech;
        this.voice = voice;
        this.sounds = sounds;
        this.languages = languages;
    }

    /**
     * Lets it be heard.
     *
     * @param ended is told whether it could be played; called once, on the voice's thread, and not where somebody cut it short
     */
    public void play(StaffTask.Play play, Consumer<Boolean> ended) {
        Deque<Consumer<Runnable>> rest = new ArrayDeque<>();
        if (sounds && play.what() == Announcement.TRIAL) {
            Arrays.stream(Chime.values()).forEach(chime -> rest.add(next -> speech.sound(chime, play.softer(), next)));
        }
        if (voice) {
            languages.get().stream()
                    .map(language -> Texts.in(language).readAloud())
                    .distinct()
                    .map(language -> sentence(play.what(), Texts.in(language)))
                    .forEach(sentence -> rest.add(next -> speech.say(sentence, Aids.LOUDEST - play.softer(), next)));
        }
        go(rest, ended);
    }

    private static Utterance sentence(Announcement what, Texts texts) {
        return new Telling()
                .say(texts.say(
                        switch (what) {
                            case TRIAL -> "speech.trial";
                            case CLOSING -> "announce.closing";
                        }))
                .in(texts.language());
    }

    private void go(Deque<Consumer<Runnable>> rest, Consumer<Boolean> ended) {
        Consumer<Runnable> next = rest.poll();
        if (next == null || !speech.working()) {
            ended.accept(speech.working());
        } else {
            next.accept(() -> go(rest, ended));
        }
    }
}
