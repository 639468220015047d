package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.BranchUse;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Branches of which the journal still says something. */
@Component
class JournalUse implements BranchUse {
    private final JdbcClient jdbc;

    JournalUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> of(String branch) {
        return jdbc.sql("select exists (select from journal where branch_code = :branch)")
                        .param("branch", branch)
                        .query(Boolean.class)
                        .single()
                ? Optional.of("journal")
                : Optional.empty();
    }
}
