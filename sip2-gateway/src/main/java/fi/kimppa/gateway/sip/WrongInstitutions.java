package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once a day of a machine whose AO is not the one of its login. It is served all the same: a wrong or an empty
 * AO has made whole messages fail elsewhere (sip2.md section 13). Threads: may be shared.
 */
final class WrongInstitutions {
    private static final Logger log = LoggerFactory.getLogger(WrongInstitutions.class);

    private final Clock clock;
    private final Map<String, LocalDate> told = new ConcurrentHashMap<>();

    WrongInstitutions(Clock clock) {
        this.clock = clock;
    }

    /** A machine has sent this AO. */
    void heard(String institution, Terminal terminal, TerminalProfile profile) {
        if (institution.equals(terminal.institutionId())
                || institution.equals(profile.institution())
                || profile.institution().equals(TerminalProfile.ECHO)) {
            return;
        }
        LocalDate today = LocalDate.now(clock);
        if (!today.equals(told.put(terminal.login(), today))) {
            log.warn(
                    "{} sends AO \"{}\", but its login stands for \"{}\"; it is served as that",
                    terminal.login(),
                    institution.replaceAll("\\p{C}", "?"),
                    terminal.institutionId());
        }
    }
}
