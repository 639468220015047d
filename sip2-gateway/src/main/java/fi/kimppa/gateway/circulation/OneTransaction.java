package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.Journal.Opening;
import fi.kimppa.gateway.circulation.JournalInsert.NewRow;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.database.LateWrites;
import fi.kimppa.gateway.database.LockedRead;
import fi.kimppa.gateway.database.LockedRead.Question;
import fi.kimppa.sip2.message.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A change in our own database and its row of the journal as one transaction: both are there or neither, so that nobody ever has to ask
 * what became of it. May be used by several threads.
 */
@Component
class OneTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(OneTransaction.class);

    private final Journal journal;
    private final LateWrites writes;
    private final LockedRead reads;
    private final JournalWatch watch;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    OneTransaction(
            Journal journal,
            LateWrites writes,
            LockedRead reads,
            JournalWatch watch,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Deadlines deadlines) {
        this.journal = journal;
        this.writes = writes;
        this.reads = reads;
        this.watch = watch;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setTimeout(
                Math.toIntExact(Math.max(1, deadlines.backend().toSeconds() - 1)));
    }

    /**
     * How a change ended.
     *
     * @param ok whether it was done
     * @param event what the others are told
     */
    record Ending(Response answer, boolean ok, Optional<CirculationEvent> event) {}

    /** What the transaction came to. */
    sealed interface Result {
        /** Journal and change are on the disk. */
        record Answered(Response answer) implements Result {}

        /** The journal knows the same change, or more has to be asked before it can end, or it is an old copy; nothing was done. */
        record Open() implements Result {}

        /** Returns of the same item wait and come first; nothing was done. */
        record ReturnsWait() implements Result {}
    }

    /** Somebody who listens failed. */
    private static final class NotToldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotToldException(RuntimeException cause) {
            super(cause);
        }
    }

    /**
     * Carries a change out and writes it down. If one who is told of it fails, it is carried out without telling.
     *
     * @param asked the library system whose store is this database
     * @param first whether returns of the same item that wait come first
     * @param foreseen what the work will lock and read first
     * @param work the change, in the transaction that is under way; empty if it cannot end here, and then it is rolled back. May be
     *     called a second time after the first was rolled back
     * @throws BackendBusyException if the work failed by a fault of ours: nothing is done
     * @throws BackendSilentException if the database does not answer in time; its outcome is known unless the commit itself was cut off
     */
    Result carryOut(
            Change change,
            Terminal terminal,
            Asked asked,
            boolean first,
            List<Question<?>> foreseen,
            Supplier<Optional<Ending>> work) {
        try {
            return attempt(change, terminal, asked, first, foreseen, work, true);
        } catch (NotToldException e) {
            LOG.error("Somebody who listens to circulation failed; a {} is done without it", change.command(), e);
            return attempt(change, terminal, asked, first, foreseen, work, false);
        }
    }

    private Result attempt(
            Change change,
            Terminal terminal,
            Asked asked,
            boolean first,
            List<Question<?>> foreseen,
            Supplier<Optional<Ending>> work,
            boolean tell) {
        String backend = asked.system().map(LibrarySystem::name).orElseThrow();
        boolean[] worked = new boolean[1];
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                Result result = reads.ahead(
                        foreseen,
                        () -> writes.together(() -> {
                            Result came = switch (journal.look(change, terminal)) {
                                case Opening.Known _, Opening.Old _ -> new Result.Open();
                                case Opening.New(long _, boolean wait) when wait && first -> new Result.ReturnsWait();
                                case Opening.New(long id, boolean _) -> {
                                    NewRow row =
                                            new NewRow(id, change, terminal, Optional.of(backend), asked.cutOverId());
                                    yield work.get()
                                            .<Result>map(ending -> new Result.Answered(end(row, ending, tell)))
                                            .orElseGet(Result.Open::new);
                                }
                            };
                            write(tell && came instanceof Result.Answered);
                            return came;
                        }));
                if (!(result instanceof Result.Answered)) {
                    status.setRollbackOnly();
                }
                worked[0] = true;
                return result;
            }));
        } catch (CannotCreateTransactionException e) {
            throw new BackendSilentException(backend + ": no connection to the database", true, e);
        } catch (DataAccessException | TransactionException e) {
            throw new BackendSilentException(backend + ": the transaction failed", !worked[0], e);
        } catch (NotToldException | BackendSilentException | BackendBusyException e) {
            throw e;
        } catch (RuntimeException e) {
            if (worked[0]) {
                throw e;
            }
            LOG.error("A {} failed by a fault of ours and was rolled back; it is refused", change.command(), e);
            throw new BackendBusyException(backend + ": a fault of ours");
        }
    }

    private Response end(NewRow row, Ending ending, boolean tell) {
        if (ending.ok()) {
            journal.done(row, ending.answer());
        } else if (row.change().noBlock()) {
            journal.refusedAfterwards(row, ending.answer());
        } else {
            journal.notDone(row);
        }
        if (tell) {
            ending.event().ifPresent(this::tell);
        }
        return ending.answer();
    }

    /** What was left to be written late goes to the database; what those who listen left there may be what fails. */
    private void write(boolean told) {
        try {
            writes.flush();
        } catch (NonTransientDataAccessException e) {
            boolean lack = e instanceof NonTransientDataAccessResourceException || watch.failed(e);
            throw told && !lack ? new NotToldException(e) : e;
        }
    }

    private void tell(CirculationEvent event) {
        try {
            events.publishEvent(event);
        } catch (RuntimeException e) {
            throw watch.failed(e) ? e : new NotToldException(e);
        }
    }
}
