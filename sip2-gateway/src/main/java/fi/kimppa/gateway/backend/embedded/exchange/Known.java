package fi.kimppa.gateway.backend.embedded.exchange;

import fi.kimppa.gateway.backend.embedded.exchange.Finding.Why;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a text of a row may name, and where it is looked up. */
enum Known {
    BRANCH("select code from branches where code in (:texts)", Why.UNKNOWN_BRANCH),
    MUNICIPALITY("select code from municipalities where code in (:texts)", Why.UNKNOWN_MUNICIPALITY),
    CATEGORY("select code from patron_categories where code in (:texts)", Why.UNKNOWN_CATEGORY),
    TYPE("select code from item_types where code in (:texts)", Why.UNKNOWN_TYPE),
    CARD("select card from patrons where card in (:texts)", Why.UNKNOWN_CARD),
    ITEM("select number from items where number in (:texts)", Why.UNKNOWN_ITEM);

    private final String question;
    private final Why why;

    Known(String question, Why why) {
        this.question = question;
        this.why = why;
    }

    /** What is said of a text that names nothing. */
    Why why() {
        return why;
    }

    /** Which of these texts name something. */
    Set<String> among(Collection<String> texts, JdbcClient jdbc) {
        return texts.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql(question)
                        .param("texts", texts)
                        .query((row, _) -> row.getString(1))
                        .list());
    }
}
