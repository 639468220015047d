package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Which library systems there are, which municipality has which, and whether one of them knows a number (17, or 23 without a PIN).
 * Asks and changes nothing. May be used by several threads.
 */
@Component
public class SystemDirectory {
    private final LibrarySystems systems;
    private final Consortium consortium;
    private final Clock clock;

    SystemDirectory(LibrarySystems systems, Consortium consortium, Clock clock) {
        this.systems = systems;
        this.consortium = consortium;
        this.clock = clock;
    }

    /**
     * What a library system knows under a number.
     *
     * @param has whether there is such a thing or card
     * @param home AQ: code of the branch where a thing is at home; empty where nothing is said
     */
    record Known(boolean has, Optional<String> home) {
        static final Known NOTHING = new Known(false, Optional.empty());
    }

    /** All library systems that are configured, by name. */
    public List<String> names() {
        return systems.configured().stream().map(LibrarySystem::name).toList();
    }

    /** The library system that a municipality has now; empty if there is no such municipality. */
    public Optional<String> of(String municipality) {
        return consortium.municipality(municipality).map(systems::of).map(LibrarySystem::name);
    }

    /**
     * Whether a library system knows this very number; numbers are not translated. Blocks for at most its deadline.
     *
     * @param municipality in whose name it is asked
     * @return empty if it does not answer
     */
    public Optional<Boolean> knows(String system, Numbers numbers, String number, String municipality) {
        String branch = consortium.branches().stream()
                .filter(one -> one.municipality().equals(municipality))
                .map(Branch::code)
                .findFirst()
                .orElse(municipality);
        Terminal desk = new Terminal("number-check", Terminal.Kind.DESK, branch, branch);
        return systems.named(system)
                .flatMap(one -> one.call(backend -> switch (numbers) {
                                    case ITEM -> item(backend.untranslated(), number, desk);
                                    case CARD -> card(backend.untranslated(), number, desk);
                                })
                                instanceof Outcome.Answered<Known>(Known known)
                        ? Optional.of(known.has())
                        : Optional.empty());
    }

    Known item(CirculationBackend backend, String item, Terminal terminal) {
        ItemInformationResponse answer = backend.itemInformation(
                new ItemInformation(now(), terminal.institutionId(), item, Optional.empty(), List.of()), terminal);
        return answer.titleIdentifier().isBlank() ? Known.NOTHING : new Known(true, answer.permanentLocation());
    }

    Known card(CirculationBackend backend, String card, Terminal terminal) {
        PatronStatusRequest question = new PatronStatusRequest(
                Language.UNSPECIFIED.code(),
                now(),
                terminal.institutionId(),
                card,
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new Known(backend.patronStatus(question, terminal).validPatron().orElse(true), Optional.empty());
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
