package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.mail.Outbox.Mine;
import fi.kimppa.gateway.mail.ReceiptLetters.ToSay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outbox, one mail after the other, at every gateway. A mail is marked before it goes and after the server has
 * answered. When nobody knows whether the server took it, it goes again with the same Message-ID: a notice that comes twice is
 * a nuisance, one that never comes costs a fee or a hold. Never in the way of circulation. Threads: the scheduler's.
 */
@Component
class Postman {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    private static final Duration READERS_KEPT = Duration.ofDays(1);

    private final Outbox outbox;
    private final MailSettings settings;
    private final List<LetterWriter> writers;
    private final ReceiptLetters receipts;
    private final ReceiptBox readers;
    private final LetterTexts texts;
    private final Smtp smtp;
    private final Counter sent;
    private final Counter failed;
    private final Clock clock;
    private volatile long waiting;

    Postman(
            Outbox outbox,
            MailSettings settings,
            List<LetterWriter> writers,
            ReceiptLetters receipts,
            ReceiptBox readers,
            LetterTexts texts,
            Smtp smtp,
            MeterRegistry meters,
            Clock clock) {
        this.outbox = outbox;
        this.settings = settings;
        this.writers = writers;
        this.receipts = receipts;
        this.readers = readers;
        this.texts = texts;
        this.smtp = smtp;
        this.sent = meters.counter("kimppa.mail.messages", "outcome", "sent");
        this.failed = meters.counter("kimppa.mail.messages", "outcome", "failed");
        this.clock = clock;
        Gauge.builder("kimppa.mail.queued", () -> waiting)
                .description("Mails that are to go, at all gateways together")
                .register(meters);
    }

    /** Sends all whose turn it is, until the server is silent. */
    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT30S")
    void deliver() {
        if (!settings.on()) {
            return;
        }
        Optional<Mine> mail = outbox.take(clock.instant());
        while (mail.isPresent() && deliver(mail.get())) {
            mail = outbox.take(clock.instant());
        }
        waiting = outbox.waiting();
    }

    /** Deletes what was settled long ago. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forget() {
        readers.forgetReaders(clock.instant().minus(READERS_KEPT));
        int mails = outbox.forget(clock.instant().minus(settings.keep()));
        if (mails > 0) {
            LOG.info("Deleted {} mails that were settled", mails);
        }
    }

    /** Whether the server speaks with us. */
    private boolean deliver(Mine mail) {
        Instant now = clock.instant();
        if (mail.tries() > 1 && now.isAfter(mail.until())) {
            // Whoever had it before did not live to say what came of it, or could not.
            giveUp(mail, SmtpAnswer.SILENCE, now);
            return true;
        }
        return switch (toSay(mail)) {
            case ToSay.Nothing _ -> {
                outbox.over(mail, now);
                yield true;
            }
            case ToSay.NotNow _ -> ended(mail, new SmtpAnswer.Later(SmtpAnswer.LIBRARY, true), now);
            case ToSay.Words(Letter letter) -> ended(mail, send(mail, letter, now), now);
        };
    }

    /** Whether the server speaks with us, or was not asked. */
    private boolean ended(Mine mail, SmtpAnswer answer, Instant now) {
        return switch (answer) {
            case SmtpAnswer.Taken() -> {
                outbox.sent(mail, now);
                sent.increment();
                yield true;
            }
            case SmtpAnswer.Never(String reason) -> {
                giveUp(mail, reason, now);
                yield true;
            }
            case SmtpAnswer.Later(String reason, boolean reached) -> {
                Instant next = now.plus(pause(mail.tries()));
                if (next.isAfter(mail.until())) {
                    giveUp(mail, reason, now);
                } else {
                    outbox.later(mail, reason, next);
                    LOG.info("Mail {} is tried again at {}: {}", mail.id(), next, reason);
                }
                yield reached;
            }
        };
    }

    /** Nothing, too, when the patron was erased since the mail was taken: then its notices and its receipt are gone. */
    private ToSay toSay(Mine mail) {
        if (mail.kind() == NoticeKind.RECEIPT) {
            return receipts.of(mail.id(), mail.card());
        }
        return mail.notices().isEmpty()
                ? new ToSay.Nothing()
                : writers.stream()
                        .filter(writer -> writer.kinds().contains(mail.kind()))
                        .flatMap(writer -> writer.write().apply(mail.notices()).stream())
                        .findFirst()
                        .<ToSay>map(ToSay.Words::new)
                        .orElseGet(ToSay.Nothing::new);
    }

    private SmtpAnswer send(Mine mail, Letter letter, Instant now) {
        Optional<InternetAddress> to = Address.read(letter.address());
        return to.isPresent()
                ? smtp.send(to.get(), texts.write(mail.kind(), letter), mail.messageId(), now)
                : new SmtpAnswer.Never(SmtpAnswer.ADDRESS);
    }

    private void giveUp(Mine mail, String reason, Instant now) {
        outbox.failed(mail, reason, now);
        failed.increment();
        LOG.warn("Mail {} did not go and is left to staff: {}", mail.id(), reason);
    }

    /** How long a mail waits after so many tries: a minute, doubled each time, two hours at most. */
    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(tries, 1) - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
