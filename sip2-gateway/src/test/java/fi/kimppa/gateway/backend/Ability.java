package fi.kimppa.gateway.backend;

/**
 * What not every adapter can do: yes or no for the embedded store, SIP2, Koha and FOLIO, in this order. Where it is no, the
 * adapter refuses or leaves out, and the contract asserts that as well; the table in docs/reference/backends.md is this one.
 */
public enum Ability {
    UNDOES("Takes a loan or a return back (BI)", true, true, false, false),
    BLOCKS_CARDS("Blocks cards and lifts its own blocks (01, 25)", true, true, false, true),
    KEEPS_PROPERTIES("Keeps what a machine says of a thing (19)", true, true, false, false),
    TELLS_A_STANDING_LOAN(
            "Answers a second 11 of the same patron with the loan that stands, not with a refusal",
            false,
            false,
            true,
            true),
    RENEWS_BY_CHECKOUT("Renews by an 11 where the machine allows it", true, true, false, false),
    OVERRIDES_BLOCKS(
            "Records what was lent off-line in spite of blocks, with the due date that was promised",
            true,
            true,
            true,
            false),
    KEEPS_YOUNGER_LOANS("Lets a loan stand that is younger than a return which waited", true, true, true, true),
    TAKES_WHAT_IS_NOT_LENT("Says ok to the return of what was not on loan", true, true, false, true),
    RENEWS_ONCE_A_DAY("Does not use up a second renewal on the same day", true, true, true, false),
    TELLS_PRICES_OF_RENEWALS(
            "Says what a renewal costs, and renews for a fee only when the patron has said yes (BO)",
            true,
            true,
            false,
            false),
    TELLS_HOME("Says where a thing is at home (AQ)", true, true, true, false),
    SENDS_HOME(
            "Says by itself that a thing goes home (CT, CV 04); else the table of rules does", false, true, true, true),
    TELLS_TRANSIT("Says of a thing on its way home that it travels (18)", true, true, false, true),
    TELLS_WHAT_IS_NOT_LENT("Says what may be used in the house only (18)", true, true, true, false),
    TELLS_LIMITS("Says how many loans and holds a patron may have (64)", true, true, false, false),
    TELLS_EACH_FEE("Says each fee with its number, to be paid by it (64, CG)", true, true, false, true),
    TELLS_AGE("Says how old a patron is, to a machine that may know", true, false, true, true),
    KNOWS_LOST_CARDS("Says that a card was reported lost", true, true, true, false),
    KNOWS_AGE_LIMITS("Knows age limits of things", true, true, true, false),
    LIMITS_HOLDS("Knows a largest number of holds", true, true, true, false),
    KNOWS_PAST_DATES("Refuses a hold whose last day is over", true, true, false, true);

    private final String sentence;
    private final boolean embedded;
    private final boolean sip2;
    private final boolean koha;
    private final boolean folio;

    Ability(String sentence, boolean embedded, boolean sip2, boolean koha, boolean folio) {
        this.sentence = sentence;
        this.embedded = embedded;
        this.sip2 = sip2;
        this.koha = koha;
        this.folio = folio;
    }

    /** What it is, for people. */
    String sentence() {
        return sentence;
    }

    /** Whether this adapter can. */
    public boolean of(Adapter adapter) {
        return switch (adapter) {
            case EMBEDDED -> embedded;
            case SIP2 -> sip2;
            case KOHA -> koha;
            case FOLIO -> folio;
        };
    }
}
