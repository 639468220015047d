package fi.kimppa.kiosk.session;

/**
 * How somebody uses the kiosk who does not see it or does not touch it. It belongs to the person: at the end of a session nothing
 * of it is left but that headphones are in.
 *
 * @param plugged whether headphones are in
 * @param speaking whether the kiosk speaks: from plugging in or the first key to the end of the session
 * @param keys whether the keypad is in use, so that the screens show its numbers
 * @param volume step of the voice, 0 to {@link #LOUDEST}; one step is 6 dB
 * @param at page of the keypad that the person has moved to, see {@link Keypad.Page#at}; 0 while they have not
 * @param asked how often the person has asked to hear it again
 */
public record Aids(boolean plugged, boolean speaking, boolean keys, int volume, int at, int asked) {
    /** The loudest step. From the softest to it are 18 dB, with a step 12 dB above the softest (EN 301 549 8.2.1). */
    public static final int LOUDEST = 3;

    /** The step that every session begins with. */
    public static final int USUAL = 1;

    /** Nobody uses any. */
    public static final Aids NONE = new Aids(false, false, false, USUAL, 0, 0);

    /** Checks the range. */
    public Aids {
        if (volume < 0 || volume > LOUDEST) {
            throw new IllegalArgumentException("a volume is 0 to " + LOUDEST + ", found " + volume);
        }
    }

    /** Whether somebody listens through headphones. */
    public boolean listens() {
        return plugged && speaking;
    }

    /** Headphones were put in, or pulled out: then the voice is silent at once. */
    Aids plug(boolean in) {
        return in == plugged ? this : new Aids(in, in, keys, USUAL, at, asked);
    }

    /** A key was pressed. */
    Aids used() {
        return new Aids(plugged, true, true, volume, at, asked);
    }

    /** Nobody is here any more. */
    Aids rested() {
        return new Aids(plugged, false, false, USUAL, 0, 0);
    }

    /** Whether nothing is left of a person. */
    boolean atRest() {
        return equals(rested());
    }

    Aids movedTo(int page) {
        return new Aids(plugged, speaking, keys, volume, page, asked);
    }

    Aids again() {
        return new Aids(plugged, speaking, keys, volume, at, asked + 1);
    }

    Aids louder(int steps) {
        return new Aids(plugged, speaking, keys, Math.clamp(volume + (long) steps, 0, LOUDEST), at, asked);
    }
}
