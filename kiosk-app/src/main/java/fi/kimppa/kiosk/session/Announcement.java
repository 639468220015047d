package fi.kimppa.kiosk.session;

/** What staff let be heard from the loudspeaker; each has its sentence for people, in every language of the branch. */
public enum Announcement {
    /** Whether it can be heard, and how loud it is: each sound, and a sentence where there is a voice. */
    TRIAL,
    /** The library closes soon. Needs a voice. */
    CLOSING
}
