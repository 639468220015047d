package fi.kimppa.gateway.backend.embedded.exchange;

/** What a file brings. In the order in which files are imported: what a row names must be there before it. */
enum Kind {
    PATRONS,
    ITEMS,
    /** Titles with their things, in MARC 21 or MARCXML. */
    MARC,
    LOANS,
    HOLDS,
    FEES
}
