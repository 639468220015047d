package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.charter.CharterDiff.Row;
import fi.kimppa.gateway.charter.CharterReader.Reading;
import fi.kimppa.gateway.charter.Problem.Why;
import fi.kimppa.gateway.consortium.ConsortiumSection;
import fi.kimppa.gateway.consortium.ConsortiumSection.Fate;
import fi.kimppa.gateway.consortium.RowInUseException;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.consortium.Settings.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes and reads the consortium's file. A dry run does everything that the import does, in a transaction that is taken
 * back: what it shows is what the database has said, and not what a check before it has thought.
 *
 * <p>Threads: may be shared.
 */
@Component
class CharterImport {
    /** What the record of changes says of the consortium's name. */
    static final String NAME = "consortium name";

    private static final String NOTE = "file";

    /**
     * What a file would do, or has done.
     *
     * @param seen stands for the consortium that it was compared with
     * @param done whether it is done
     */
    record Outcome(CharterDiff diff, String seen, boolean done) {
        /** Whether there is anything to do, and nothing against it. */
        boolean possible() {
            return diff.problems().isEmpty() && !diff.rows().isEmpty();
        }
    }

    /** The writes so far are to be taken back. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final JdbcClient jdbc;
    private final Settings settings;
    private final List<ConsortiumSection> sections;
    private final TransactionTemplate step;

    CharterImport(
            JdbcClient jdbc,
            Settings settings,
            List<ConsortiumSection> sections,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.sections = sections.stream()
                .sorted(Comparator.comparingInt(ConsortiumSection::place))
                .toList();
        this.step = new TransactionTemplate(transactions);
        this.step.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** The sections in their order. */
    List<ConsortiumSection> sections() {
        return sections;
    }

    /** The consortium as it is. */
    Charter now() {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> rows = new TreeMap<>();
        sections.forEach(section -> rows.put(section.name(), section.rows()));
        return new Charter(
                jdbc.sql("select name from installation").query(String.class).optional(), rows);
    }

    /** The consortium's file as it would be written now. */
    String write() {
        return settings.rehearsed(() -> write(now()));
    }

    private String write(Charter charter) {
        return CharterWriter.write(
                charter,
                sections,
                List.of(
                        "The consortium " + charter.name().orElse("") + " in Kimppa: everything that its staff decide.",
                        "A section that stands here lists all of its rows: what is left out is removed at the next import.",
                        "A section that is taken out of the file altogether is left as it is.",
                        "Passwords are in no file; a terminal that is new gets one afterwards."));
    }

    /** What this file would do. Nothing is changed. */
    Outcome rehearse(String text) {
        return settings.rehearsed(() -> {
            Charter now = now();
            CharterDiff diff = CharterDiff.between(now, CharterReader.read(text, sections), sections);
            List<Problem> refused = diff.problems().isEmpty() ? carryOut(diff, "") : List.of();
            return new Outcome(with(diff, refused), digest(now), false);
        });
    }

    /**
     * Does what this file says: all or nothing.
     *
     * @param seen what the dry run returned; if the consortium has changed since then, nothing is done
     * @param who name of the member of staff
     * @return the same as a dry run now, and whether it is done
     */
    Outcome apply(String text, String seen, String who) {
        return applied(text, Optional.of(seen), who);
    }

    /**
     * Fills a database that has no municipality yet; another is left alone.
     *
     * @param text is asked for only then
     * @param who on whose account
     * @return empty if there was somebody already
     */
    Optional<Outcome> fill(Supplier<String> text, String who) {
        if (!vacant()) {
            return Optional.empty();
        }
        Outcome outcome = applied(text.get(), Optional.empty(), who);
        // Another gateway of this database may have been first.
        return outcome.done() || vacant() ? Optional.of(outcome) : Optional.empty();
    }

    private boolean vacant() {
        return settings.rehearsed(
                () -> now().rows(ConsortiumSection.MUNICIPALITIES).isEmpty());
    }

    private Outcome applied(String text, Optional<String> seen, String who) {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            settings.audited(who, NOTE, () -> {
                Charter now = now();
                Reading file = CharterReader.read(text, sections);
                CharterDiff diff = CharterDiff.between(now, file, sections);
                boolean asSeen = seen.map(digest(now)::equals)
                        .orElseGet(
                                () -> now.rows(ConsortiumSection.MUNICIPALITIES).isEmpty());
                if (!diff.problems().isEmpty() || !asSeen) {
                    outcomes.add(new Outcome(diff, digest(now), false));
                    return List.of();
                }
                List<Problem> refused = carryOut(diff, who);
                outcomes.add(new Outcome(with(diff, refused), digest(now), refused.isEmpty()));
                if (!refused.isEmpty()) {
                    throw new TakenBack();
                }
                return Stream.concat(rename(now, file.charter().name()).stream(), entries(diff).stream())
                        .toList();
            });
        } catch (TakenBack _) {
            // The outcome says why.
        }
        return outcomes.getFirst();
    }

    private static CharterDiff with(CharterDiff diff, List<Problem> further) {
        return new CharterDiff(
                diff.rows(),
                Stream.concat(diff.problems().stream(), further.stream()).toList());
    }

    // ---- writing -----------------------------------------------------------------------------------------

    /** Removes from the last section to the first, then puts from the first to the last; says what the database refused. */
    private List<Problem> carryOut(CharterDiff diff, String who) {
        List<Problem> refused = new ArrayList<>();
        diff.rows().reversed().stream()
                .filter(row -> row.fate() == Fate.REMOVED)
                .forEach(row ->
                        write(row, () -> row.section().remove(row.name())).ifPresent(refused::add));
        diff.rows().stream()
                .filter(row -> row.fate() != Fate.REMOVED)
                .forEach(row -> write(row, () -> row.section().put(row.name(), row.after(), who))
                        .ifPresent(refused::add));
        return refused;
    }

    private Optional<Problem> write(Row row, Runnable write) {
        String path = Lines.path(row.section().name(), row.name());
        try {
            step.executeWithoutResult(_ -> write.run());
            return Optional.empty();
        } catch (RowInUseException e) {
            return Optional.of(Problem.of(row.line(), path, Why.STILL_USED, String.valueOf(e.getMessage())));
        } catch (DataIntegrityViolationException e) {
            return Optional.of(Problem.of(row.line(), path, Why.STILL_USED, table(e)));
        }
    }

    /** The table whose rows rest on what should go. */
    private static String table(DataIntegrityViolationException refusal) {
        return refusal.getMostSpecificCause() instanceof PSQLException said
                        && said.getServerErrorMessage() != null
                        && said.getServerErrorMessage().getTable() != null
                ? said.getServerErrorMessage().getTable()
                : "";
    }

    private List<Entry> rename(Charter now, Optional<String> name) {
        if (name.isEmpty() || name.equals(now.name())) {
            return List.of();
        }
        jdbc.sql("update installation set name = :name")
                .param("name", name.get())
                .update();
        return List.of(new Entry(Scope.CONSORTIUM, NAME, now.name(), name));
    }

    private static List<Entry> entries(CharterDiff diff) {
        return diff.rows().stream()
                .flatMap(row -> row.texts().stream()
                        .map(text -> row.section().entry(row.name(), text.attribute(), text.before(), text.after())))
                .toList();
    }

    private String digest(Charter charter) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(write(charter).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
