package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.consortium.BranchUse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Branches on which things, patrons, loans or holds of the store rest. */
@Component
class StoreUse implements BranchUse {
    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("items", "select from items where :branch in (home_branch, current_branch, destination)");
        QUESTIONS.put("patrons", "select from patrons where home_branch = :branch");
        QUESTIONS.put("loans", "select from loans where :branch in (lent_branch, returned_branch)");
        QUESTIONS.put("holds", "select from holds where :branch in (pickup_branch, copies_of)");
    }

    private final JdbcClient jdbc;

    StoreUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> of(String branch) {
        return QUESTIONS.entrySet().stream()
                .filter(question -> jdbc.sql("select exists (" + question.getValue() + ")")
                        .param("branch", branch)
                        .query(Boolean.class)
                        .single())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
