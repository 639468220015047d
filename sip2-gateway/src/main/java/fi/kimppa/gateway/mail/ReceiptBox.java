package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the mails with receipts say, as rows beside the outbox; all in the caller's transaction. {@link Outbox} takes the text out when
 * its mail has come to an end. Threads: any.
 */
@Component
class ReceiptBox {
    private final JdbcClient jdbc;

    ReceiptBox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A receipt that waits.
     *
     * @param branch code of where it was asked for
     */
    record Waiting(String branch, String language, String text) {
        @Override
        public String toString() {
            return "Waiting[" + branch + "]";
        }
    }

    /** How many receipts there were lately. */
    record Lately(long ofReader, long ofTerminal) {}

    /** Whether this terminal has handed this receipt over before. */
    boolean knows(Terminal terminal, UUID number) {
        return jdbc.sql("select exists (select from mail_receipts where terminal = :terminal and number = :number)")
                .param("terminal", terminal.login())
                .param("number", number)
                .query(Boolean.class)
                .single();
    }

    /** How many there were since then for this reader, anywhere, and from this terminal. */
    Lately lately(Terminal terminal, String reader, Instant since) {
        return jdbc.sql("""
                        select count(*) filter (where reader = :reader) as of_reader,
                               count(*) filter (where terminal = :terminal) as of_terminal
                          from mail_receipts
                         where asked_at > :since
                        """)
                .param("reader", reader)
                .param("terminal", terminal.login())
                .param("since", at(since))
                .query((row, _) -> new Lately(row.getLong("of_reader"), row.getLong("of_terminal")))
                .single();
    }

    /**
     * Puts a receipt to its mail.
     *
     * @param reader the card's hash
     * @return false if this terminal has handed it over meanwhile: then its mail is there, and this one must not be
     */
    boolean add(long mail, Terminal terminal, UUID number, String reader, String language, String text, Instant now) {
        return jdbc.sql("""
                        insert into mail_receipts (mail, terminal, number, branch, language, body, reader, asked_at)
                        values (:mail, :terminal, :number, :branch, :language, :body, :reader, :now)
                        on conflict (terminal, number) do nothing
                        """)
                        .param("mail", mail)
                        .param("terminal", terminal.login())
                        .param("number", number)
                        .param("branch", terminal.branchCode())
                        .param("language", language)
                        .param("body", text)
                        .param("reader", reader)
                        .param("now", at(now))
                        .update()
                > 0;
    }

    /** What this mail says; empty when it has gone, or its reader was erased. */
    Optional<Waiting> waiting(long mail) {
        return jdbc.sql("select branch, language, body from mail_receipts where mail = :mail and body is not null")
                .param("mail", mail)
                .query((row, _) ->
                        new Waiting(row.getString("branch"), row.getString("language"), row.getString("body")))
                .optional();
    }

    /** Forgets whose receipts from before this moment were. */
    void forgetReaders(Instant before) {
        jdbc.sql("update mail_receipts set reader = null where asked_at < :before and reader is not null")
                .param("before", at(before))
                .update();
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
