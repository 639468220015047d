package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Forms.Form;
import java.util.Optional;

/**
 * A column of a file.
 *
 * @param name in the head line
 * @param form what may stand in it
 * @param fallback what a new row gets if the file does not have the column; empty if every new row must say it
 * @param refers what its text names; an empty text names nothing
 * @param compared whether a row differs if this text does
 * @param exported whether it stands in files that we write
 * @param silent whether an empty text says nothing, as if the column were not there
 */
record Column(
        String name,
        Form form,
        Optional<String> fallback,
        Optional<Known> refers,
        boolean compared,
        boolean exported,
        boolean silent) {
    /** One that every new row must say. */
    static Column needed(String name, Form form) {
        return new Column(name, form, Optional.empty(), Optional.empty(), true, true, false);
    }

    /** One that may be left out. */
    static Column optional(String name, Form form, String fallback) {
        return new Column(name, form, Optional.of(fallback), Optional.empty(), true, true, false);
    }

    Column names(Known what) {
        return new Column(name, form, fallback, Optional.of(what), compared, exported, silent);
    }

    /** One that says how a row is to be understood, and is no fact about it. */
    Column notCompared() {
        return new Column(name, form, fallback, refers, false, exported, silent);
    }

    /** One that we read and never write. */
    Column readOnly() {
        return new Column(name, form, fallback, refers, false, false, silent);
    }

    /** One whose empty text says nothing. */
    Column silentIfBlank() {
        return new Column(name, form, fallback, refers, compared, exported, true);
    }
}
