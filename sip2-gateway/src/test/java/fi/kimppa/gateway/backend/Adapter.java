package fi.kimppa.gateway.backend;

/** The adapters behind the port, each before the library system that the contract meets it with. */
public enum Adapter {
    /** The gateway's own store, in PostgreSQL. */
    EMBEDDED,
    /** A SIP2 server: another gateway with a store of its own, over a real line. */
    SIP2,
    /** Koha by REST and, for returns and what waited, by SIP2. */
    KOHA,
    /** A FOLIO tenant. */
    FOLIO
}
