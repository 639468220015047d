package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.limits.CardHash;
import fi.kimppa.gateway.privacy.PersonalData;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the outbox holds about a person: that a mail waits or did not go, until it is settled, and what a receipt says that waits. No
 * address is ever in it. Of a notice that went nobody knows any more whose it was; of a receipt by the card's hash, for a day.
 */
@Component
class PersonInTheMail implements PersonalData {
    private final JdbcClient jdbc;
    private final CardHash cards;

    PersonInTheMail(JdbcClient jdbc, CardHash cards) {
        this.jdbc = jdbc;
        this.cards = cards;
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql("""
                        select o.kind, o.state, o.queued_at, o.tries, o.reason, r.terminal, r.body
                          from mail_outbox o
                          left join mail_receipts r on r.mail = o.id
                         where o.card = :card or r.reader = :reader
                         order by o.id
                        """)
                .param("card", card)
                .param("reader", cards.of(card))
                .query((row, _) -> {
                    Map<String, String> facts = new LinkedHashMap<>();
                    facts.put(
                            "at",
                            row.getObject("queued_at", OffsetDateTime.class)
                                    .toInstant()
                                    .toString());
                    facts.put("about", row.getString("kind"));
                    facts.put("state", row.getString("state"));
                    facts.put("tries", row.getString("tries"));
                    facts.put("reason", row.getString("reason"));
                    Optional.ofNullable(row.getString("terminal")).ifPresent(at -> facts.put("terminal", at));
                    Optional.ofNullable(row.getString("body")).ifPresent(text -> facts.put("text", text));
                    return new Held("mail", facts);
                })
                .list();
    }

    /** One that is being sent at this moment goes all the same. */
    @Override
    public Erasure erase(String card) {
        int mails = jdbc.sql("""
                        delete from mail_outbox
                         where card = :card or id in (select mail from mail_receipts where reader = :reader)
                        """)
                .param("card", card)
                .param("reader", cards.of(card))
                .update();
        return new Erasure(mails, List.of());
    }
}
