package fi.kimppa.gateway.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says of a start without a database what is missing, in place of a stack trace; Spring Boot finds it by META-INF/spring.factories. */
class AbsenceAnalyzer extends AbstractFailureAnalyzer<SQLException> {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, SQLException cause) {
        return Absence.in(root)
                .or(() -> Absence.ofRoom(root))
                .map(absence -> new FailureAnalysis(
                        "The database does not answer, or has no room: " + absence.getMessage(),
                        "Start it, or make room. The gateway begins again every second until it answers.",
                        absence))
                .orElse(null);
    }
}
