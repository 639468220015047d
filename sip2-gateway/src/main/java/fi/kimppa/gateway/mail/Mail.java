package fi.kimppa.gateway.mail;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes notices to be sent by e-mail, each once, over any number of gateways and restarts. One gateway at a time looks for notices;
 * the others pass. Threads: any.
 */
@Component
public class Mail {
    private final Outbox outbox;
    private final MailSettings installation;
    private final Settings settings;
    private final Smtp smtp;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Mail(
            Outbox outbox,
            MailSettings installation,
            Settings settings,
            Smtp smtp,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.outbox = outbox;
        this.installation = installation;
        this.settings = settings;
        this.smtp = smtp;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Whether there is a mail server, and the hour of the day from which notices are made has come. */
    public boolean awake() {
        return installation.on()
                && LocalTime.ofInstant(clock.instant(), GatewayClock.ZONE).getHour()
                        >= settings.value(MailKeys.HOUR, Scope.CONSORTIUM);
    }

    /** How many days before its due date a loan is told of there; 0 for not at all. */
    public int dueSoonDays(String municipality) {
        return settings.value(MailKeys.DUE_SOON_DAYS, Scope.municipality(municipality));
    }

    /** After how many days an overdue loan is told of there, in ascending order. */
    public List<Integer> overdueDays(String municipality) {
        return settings.value(MailKeys.OVERDUE_DAYS, Scope.municipality(municipality));
    }

    /** Whether holds that are ready are told of there. */
    public boolean tellsOfHolds(String municipality) {
        return settings.value(MailKeys.HOLD_READY, Scope.municipality(municipality));
    }

    /**
     * Queues what has not been queued before, one mail for each card and kind. Does nothing while another gateway is at it.
     *
     * @param notices is asked in the transaction that queues them
     */
    public void queue(Supplier<List<Notice>> notices) {
        transaction.executeWithoutResult(_ -> {
            if (outbox.alone()) {
                add(notices.get());
            }
        });
    }

    /**
     * As {@link #queue}, once on each local day.
     *
     * @param notices is asked if nobody has done it today
     */
    public void queueOncePerDay(Supplier<List<Notice>> notices) {
        transaction.executeWithoutResult(_ -> {
            if (outbox.alone() && outbox.begin(today(), clock.instant())) {
                add(notices.get());
            }
        });
    }

    private void add(List<Notice> notices) {
        Instant now = clock.instant();
        notices.stream()
                .collect(Collectors.groupingBy(Notice::kind))
                .forEach((kind, all) -> byCard(outbox.unsaid(kind, all))
                        .forEach((_, ofOne) -> outbox.add(ofOne, smtp.domain(), today(), now, installation.giveUp())));
    }

    private static Map<String, List<Notice>> byCard(List<Notice> notices) {
        return notices.stream().collect(Collectors.groupingBy(Notice::card, LinkedHashMap::new, Collectors.toList()));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE);
    }
}
