package fi.kimppa.kiosk.session;

/** States as somebody meets them who uses headphones and keypad. */
public final class Aided {
    private Aided() {}

    /** With these aids. */
    public static KioskState with(KioskState state, Aids aids) {
        return States.in(state, state.around().with(aids));
    }

    /** Through headphones, at the first page. */
    public static KioskState listening(KioskState state) {
        return listening(state, 0);
    }

    /** Through headphones, at a page of the keypad. */
    public static KioskState listening(KioskState state, int page) {
        return with(state, new Aids(true, true, true, Aids.USUAL, page, 0));
    }
}
