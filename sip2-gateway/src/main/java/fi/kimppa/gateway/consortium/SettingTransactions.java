package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.Settings.Entry;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes of settings, one after the other over all gateways: each in a transaction with its lines in the record and a new
 * version. What has come due by then is moved first, so that no change meets a value that is over. May be used by several
 * threads.
 */
final class SettingTransactions {
    private final SettingRows rows;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SettingTransactions(SettingRows rows, PlatformTransactionManager transactions, Clock clock) {
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    void audited(String who, String note, Settings.Write write) {
        transaction.executeWithoutResult(_ -> {
            rows.lockVersion();
            int moved = moveDue();
            List<Entry> changes = write.run();
            changes.forEach(change -> rows.record(change, who, note));
            if (moved > 0 || !changes.isEmpty()) {
                rows.grow(moved + (changes.isEmpty() ? 0 : 1));
            }
        });
    }

    <T> T rehearsed(Supplier<T> write) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            rows.lockVersion();
            moveDue();
            return write.get();
        });
    }

    /**
     * Moves what has come due to the values. What holds is the same before and after, and so is the version, which grows
     * by one for each, as it did when they came due.
     */
    private int moveDue() {
        List<SettingPlan> due = rows.due(LocalDate.ofInstant(clock.instant(), GatewayClock.ZONE));
        for (SettingPlan plan : due) {
            Optional<String> before = rows.value(plan.scope(), plan.key());
            rows.unplan(plan.scope(), plan.key(), plan.from());
            if (!before.equals(plan.value())) {
                rows.value(plan.scope(), plan.key(), plan.value());
                rows.record(new Entry(plan.scope(), plan.key(), before, plan.value()), plan.who(), plan.note());
            }
        }
        return due.size();
    }
}
