package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.circulation.PatronMail;
import fi.kimppa.gateway.circulation.PatronMail.Found;
import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.limits.CardHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a receipt that a patron asked for by e-mail. Only for a card that has borrowed or renewed at this very kiosk a moment ago, and
 * only a few: it is no machine for finding out addresses, nor for writing to people. Threads: any.
 */
@Component
class ReceiptDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptDesk.class);

    /** The longest visit of a kiosk is ten minutes, with its warnings a little more. */
    static final Duration VISIT = Duration.ofMinutes(15);

    private static final Duration LATELY = Duration.ofHours(1);

    /** More receipts than that nobody takes within an hour. */
    static final int MOST_OF_A_READER = 6;

    /** One each half minute: no kiosk serves people faster for a whole hour. */
    static final int MOST_OF_A_TERMINAL = 120;

    private final MailSettings installation;
    private final Settings settings;
    private final PatronMail patrons;
    private final Outbox outbox;
    private final ReceiptBox receipts;
    private final Smtp smtp;
    private final CardHash cards;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReceiptDesk(
            MailSettings installation,
            Settings settings,
            PatronMail patrons,
            Outbox outbox,
            ReceiptBox receipts,
            Smtp smtp,
            CardHash cards,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.installation = installation;
        this.settings = settings;
        this.patrons = patrons;
        this.outbox = outbox;
        this.receipts = receipts;
        this.smtp = smtp;
        this.cards = cards;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What came of it. */
    enum Answer {
        /** It is in the outbox, on disk. */
        TAKEN,
        /** There is no address, or this card was not here; which of them is not told. */
        NO_ADDRESS,
        /** The library system does not answer, or no e-mail goes at all. */
        SILENT,
        /** There were too many. */
        TOO_MANY
    }

    /** Whether receipts go by e-mail at a branch. */
    boolean offered(String branch) {
        return installation.on() && settings.value(MailKeys.RECEIPTS, Scope.branch(branch));
    }

    /**
     * Takes it, or says why not. The same number again, from the same terminal, is the same receipt.
     *
     * @param number made by the terminal
     * @param text what would have been printed
     */
    Answer take(Terminal terminal, UUID number, String card, String language, String text) {
        if (receipts.knows(terminal, number)) {
            return Answer.TAKEN;
        }
        if (!offered(terminal.branchCode())) {
            return Answer.SILENT;
        }
        Instant now = clock.instant();
        if (!patrons.borrowedAt(terminal, card, now.minus(VISIT))) {
            LOG.info("{} asked for a receipt by e-mail for a card that did nothing there lately", terminal.login());
            return Answer.NO_ADDRESS;
        }
        String reader = cards.of(card);
        ReceiptBox.Lately lately = receipts.lately(terminal, reader, now.minus(LATELY));
        if (lately.ofReader() >= MOST_OF_A_READER || lately.ofTerminal() >= MOST_OF_A_TERMINAL) {
            LOG.warn("{} asked for too many receipts by e-mail", terminal.login());
            return Answer.TOO_MANY;
        }
        return switch (patrons.of(card, terminal.branchCode())) {
            case Found.At(String address)
            when Address.read(address).isPresent() -> {
                transaction.executeWithoutResult(
                        status -> queue(status, terminal, number, card, reader, language, text, now));
                yield Answer.TAKEN;
            }
            case Found.At _, Found.Nowhere _ -> Answer.NO_ADDRESS;
            case Found.Silent _ -> Answer.SILENT;
        };
    }

    private void queue(
            TransactionStatus status,
            Terminal terminal,
            UUID number,
            String card,
            String reader,
            String language,
            String text,
            Instant now) {
        long mail = outbox.add(
                NoticeKind.RECEIPT,
                card,
                smtp.domain(),
                LocalDate.ofInstant(now, GatewayClock.ZONE),
                now,
                installation.giveUp());
        if (!receipts.add(mail, terminal, number, reader, language, text, now)) {
            status.setRollbackOnly();
        }
    }
}
