package fi.kimppa.gateway.consortium;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints one clear sentence instead of a stack trace; Spring Boot finds it by META-INF/spring.factories. */
class CannotStartAnalyzer extends AbstractFailureAnalyzer<CannotStartException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, CannotStartException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
