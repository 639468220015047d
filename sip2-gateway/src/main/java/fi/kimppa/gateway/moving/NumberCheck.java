package fi.kimppa.gateway.moving;

import fi.kimppa.gateway.circulation.SystemDirectory;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.gateway.cutover.PersonInNumbers;
import fi.kimppa.gateway.moving.Collision.Reason;
import fi.kimppa.gateway.moving.NumberFile.Line;
import fi.kimppa.gateway.privacy.PersonalData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks through a file of numbers, asks the new library system about each line that nothing else speaks against, and keeps what
 * collides until the next file, so that it can be read as a file itself. May be used by several threads.
 */
@Component
class NumberCheck {
    /** A page waits for it; what was not asked by then is said to be not asked. */
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A library system that is about to be moved to has other things to do. */
    private static final int AT_ONCE = 4;

    private final NumberMaps numbers;
    private final Consortium consortium;
    private final SystemDirectory directory;
    private final JdbcClient jdbc;

    NumberCheck(NumberMaps numbers, Consortium consortium, SystemDirectory directory, JdbcClient jdbc) {
        this.numbers = numbers;
        this.consortium = consortium;
        this.directory = directory;
        this.jdbc = jdbc;
    }

    @Bean
    static PersonalData personInTheLastFile(JdbcClient jdbc) {
        return new PersonInNumbers(jdbc, "number_collisions", "line,");
    }

    /** What a file comes to: lines that may be taken, and those that may not, by line. */
    NumberFile check(CutOver cutOver, String text) {
        NumberFile file = NumberFile.read(text, numbers.of(cutOver.id()), consortium::byNumber, cutOver.municipality());
        List<Optional<Reason>> answers = asked(cutOver, file.lines());
        List<Line> clean = new ArrayList<>();
        List<Collision> collisions = new ArrayList<>(file.collisions());
        for (int at = 0; at < answers.size(); at++) {
            Line line = file.lines().get(at);
            answers.get(at).ifPresentOrElse(reason -> collisions.add(line.collision(reason)), () -> clean.add(line));
        }
        collisions.sort(Comparator.comparingInt(Collision::line));
        keep(cutOver.id(), collisions);
        return new NumberFile(clean, collisions);
    }

    /** What the new library system has against each line, in the order of the lines. */
    private List<Optional<Reason>> asked(CutOver cutOver, List<Line> lines) {
        long end = System.nanoTime() + LONGEST.toNanos();
        List<Future<Optional<Reason>>> answers;
        try (ExecutorService few =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            answers = lines.stream()
                    .map(line -> few.submit(
                            () -> System.nanoTime() - end > 0 ? Optional.of(Reason.NOT_ASKED) : reason(cutOver, line)))
                    .toList();
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    private Optional<Reason> reason(CutOver cutOver, Line line) {
        Optional<Boolean> old = knows(cutOver, line, line.pair().before());
        if (old.isEmpty()) {
            return Optional.of(Reason.NOT_ASKED);
        }
        if (old.get()) {
            return Optional.of(Reason.OLD_TAKEN);
        }
        Optional<Boolean> fresh = knows(cutOver, line, line.pair().after());
        if (fresh.isEmpty()) {
            return Optional.of(Reason.NOT_ASKED);
        }
        return fresh.get() ? Optional.empty() : Optional.of(Reason.NEW_UNKNOWN);
    }

    private Optional<Boolean> knows(CutOver cutOver, Line line, String number) {
        return directory.knows(cutOver.to(), line.pair().numbers(), number, cutOver.municipality());
    }

    // ---- what collides, kept -----------------------------------------------------------------------------

    private void keep(long cutOver, List<Collision> collisions) {
        forget(cutOver);
        for (Collision one : collisions) {
            jdbc.sql("""
                            insert into number_collisions (cut_over, line, numbers, old_number, new_number, reason)
                            values (:id, :line, :numbers, :before, :after, :reason) on conflict do nothing""")
                    .param("id", cutOver)
                    .param("line", one.line())
                    .param("numbers", one.numbers())
                    .param("before", one.before())
                    .param("after", one.after())
                    .param("reason", one.reason().name())
                    .update();
        }
    }

    /** Drops what collided. */
    void forget(long cutOver) {
        jdbc.sql("delete from number_collisions where cut_over = :id")
                .param("id", cutOver)
                .update();
    }

    /** What collided in the last file, by line. */
    Stream<Collision> collisions(long cutOver) {
        return jdbc
                .sql("select line, numbers, old_number, new_number, reason from number_collisions where cut_over = :id"
                        + " order by line")
                .param("id", cutOver)
                .query((row, _) -> new Collision(
                        row.getInt("line"),
                        row.getString("numbers"),
                        row.getString("old_number"),
                        row.getString("new_number"),
                        Reason.valueOf(row.getString("reason"))))
                .list()
                .stream();
    }
}
