package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.privacy.PersonalData;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the outbox holds about a person: that a mail waits or did not go, until it is settled. Address and text are never in it, and
 * of a mail that went nobody knows any more whose it was.
 */
@Component
class PersonInTheMail implements PersonalData {
    private final JdbcClient jdbc;

    PersonInTheMail(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Held> about(String card) {
        return jdbc.sql("select kind, state, queued_at, tries, reason from mail_outbox where card = :card order by id")
                .param("card", card)
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
                    return new Held("mail", facts);
                })
                .list();
    }

    /** One that is being sent at this moment goes all the same. */
    @Override
    public Erasure erase(String card) {
        int mails = jdbc.sql("delete from mail_outbox where card = :card")
                .param("card", card)
                .update();
        return new Erasure(mails, List.of());
    }
}
