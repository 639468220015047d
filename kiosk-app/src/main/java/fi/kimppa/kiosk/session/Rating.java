package fi.kimppa.kiosk.session;

/** How somebody liked a thing that has come back. Whoever it was is not in it, and is not known. */
public sealed interface Rating {
    /** The best. */
    int MOST_STARS = 5;

    /** Nobody is asked: the library has not taken the thing back, or this kiosk asks nobody. */
    record Closed() implements Rating {}

    /** The library has taken it back, and nobody has said how it was. */
    record Open() implements Rating {}

    /** Somebody has said it; they are not asked again. */
    record Given(int stars) implements Rating {}
}
