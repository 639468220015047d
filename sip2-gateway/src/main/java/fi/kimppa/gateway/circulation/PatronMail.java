package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where a card's holder gets e-mail, as the library system has it (63, BE of the 64): asked for anew each time and kept nowhere. It is
 * for the gateway's own mails, never for a machine. May be used by several threads.
 */
@Component
public class PatronMail {
    private final JdbcClient jdbc;
    private final Owners owners;
    private final Clock clock;

    PatronMail(JdbcClient jdbc, Owners owners, Clock clock) {
        this.jdbc = jdbc;
        this.owners = owners;
        this.clock = clock;
    }

    /** What asking came to. */
    public sealed interface Found {
        /** There. */
        record At(String address) implements Found {
            @Override
            public String toString() {
                return "At[***]";
            }
        }

        /** The library system knows of no address, or of no such card. */
        record Nowhere() implements Found {}

        /** It does not answer now. */
        record Silent() implements Found {}
    }

    /**
     * The address of a card's holder. Blocks for at most the backends' deadline, or twice that while a library system is changed. The
     * question has no AD, not an empty one, which some systems count as a wrong PIN.
     *
     * @param branch code of where it is wanted
     */
    public Found of(String card, String branch) {
        // No machine's login: what is remembered of a patron at a machine stays as it is.
        Terminal asker = new Terminal("patron-mail", Terminal.Kind.DESK, branch, branch);
        PatronInformation question = new PatronInformation(
                Language.UNSPECIFIED.code(),
                Timestamp.of(clock.instant(), clock.getZone()),
                ItemList.summary(Optional.empty()),
                asker.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        Asked asked = owners.of(question, asker);
        List<LibrarySystem> systems = Stream.of(asked.system(), asked.then())
                .flatMap(Optional::stream)
                .toList();
        boolean silent = systems.isEmpty();
        for (LibrarySystem system : systems) {
            if (system.call(backend -> backend.patronInformation(question, asker))
                    instanceof Outcome.Answered(PatronInformationResponse answer)) {
                Optional<String> address =
                        answer.emailAddress().map(String::strip).filter(text -> !text.isEmpty());
                if (address.isPresent()) {
                    return new Found.At(address.get());
                }
            } else {
                silent = true;
            }
        }
        return silent ? new Found.Silent() : new Found.Nowhere();
    }

    /**
     * Whether this card has borrowed or renewed something at this terminal since then, or may have: an outcome that nobody knows yet counts.
     * By the journal, so that it does not matter which gateway the machine spoke with.
     */
    public boolean borrowedAt(Terminal terminal, String card, Instant since) {
        return jdbc.sql("""
                        select exists (select from journal
                                        where opened_at > :since and terminal = :terminal and card = :card
                                          and command in ('11', '29', '65') and ok is not false)
                        """)
                .param("since", Journal.at(since))
                .param("terminal", terminal.login())
                .param("card", card)
                .query(Boolean.class)
                .single();
    }
}
