package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.Pins.Check;
import fi.kimppa.gateway.circulation.PatronSessions;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatusResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers 01 and 25: blocks a card, and lifts what 01 blocked and nothing else. Both are harmless when done twice. */
@Component
class CardDesk {
    private final JdbcClient jdbc;
    private final Store store;
    private final Pins pins;
    private final PatronSessions sessions;
    private final Answers answers;
    private final Work work;
    private final Clock clock;

    CardDesk(
            JdbcClient jdbc, Store store, Pins pins, PatronSessions sessions, Answers answers, Work work, Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.pins = pins;
        this.sessions = sessions;
        this.answers = answers;
        this.work = work;
        this.clock = clock;
    }

    PatronStatusResponse block(BlockPatron request, Terminal terminal) {
        String card = request.patronIdentifier();
        Optional<PatronRow> blocked = work.inTransaction(() -> {
            store.lockPatron(card);
            if (store.patron(card, clock.instant()).isPresent()) {
                insert(request, terminal);
            }
            return store.patron(card, clock.instant());
        });
        sessions.forget(terminal);
        return PatronStatusResponse.bare(
                blocked.map(patron -> LoanRules.status(patron, today())).orElse(PatronStatus.UNKNOWN_CARD),
                Language.UNSPECIFIED.code(),
                answers.now(),
                terminal.institutionId(),
                card,
                Optional.of(blocked.isPresent()),
                Optional.empty(),
                List.of(answers.text(Language.UNSPECIFIED, blocked.isPresent() ? "card.blocked" : "card.unknown")));
    }

    private void insert(BlockPatron request, Terminal terminal) {
        jdbc.sql("""
                        insert into card_blocks (card, terminal, branch_code, message, retained, blocked_at)
                        values (:card, :terminal, :branch, :message, :retained, :now)
                        """)
                .param("card", request.patronIdentifier())
                .param("terminal", terminal.login())
                .param("branch", terminal.branchCode())
                .param("message", request.blockedCardMessage())
                .param("retained", request.cardRetained())
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    PatronEnableResponse enable(PatronEnable request, Terminal terminal) {
        String card = request.patronIdentifier();
        Optional<PatronRow> holder = store.patron(card, clock.instant());
        Check check = holder.map(patron -> pins.check(terminal, patron, request.patronPassword()))
                .orElse(Check.NOT_ASKED);
        if (holder.isEmpty() || check.isWrong()) {
            return answer(request, terminal, Optional.empty(), holder.isPresent(), check);
        }
        Optional<PatronRow> enabled = work.inTransaction(() -> {
            store.lockPatron(card);
            jdbc.sql("update card_blocks set enabled_at = :now where card = :card and enabled_at is null")
                    .param("now", OffsetDateTime.now(clock))
                    .param("card", card)
                    .update();
            return store.patron(card, clock.instant());
        });
        return answer(request, terminal, enabled, true, check);
    }

    private PatronEnableResponse answer(
            PatronEnable request, Terminal terminal, Optional<PatronRow> patron, boolean known, Check check) {
        Language language = sessions.language(terminal, request.patronIdentifier());
        return new PatronEnableResponse(
                patron.map(row -> LoanRules.status(row, today())).orElse(PatronStatus.UNKNOWN_CARD),
                language.code(),
                answers.now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                patron.filter(_ -> check == Check.RIGHT)
                        .map(PatronRow::personalName)
                        .orElse(""),
                Optional.of(known),
                check == Check.NOT_ASKED ? Optional.empty() : Optional.of(check == Check.RIGHT),
                patron.map(row -> LoanRules.againstPatron(row, today())
                                .map(refused -> answers.screen(language, refused))
                                .orElse(List.of()))
                        .orElseGet(() -> List.of(
                                answers.text(language, check == Check.PAUSED ? "card.paused" : "card.unknown"))),
                List.of(),
                List.of());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
