package fi.kimppa.kiosk.session;

/** States of visits for tests of other packages. */
public final class Visits {
    private Visits() {}

    /** The same state with a question over its screen. */
    public static KioskState asking(KioskState state, Question question) {
        Surroundings around = state.around();
        Asked asked = new Asked(question, around.now().plusSeconds(20));
        return States.in(state, around.with(around.stay().asking(asked)));
    }
}
