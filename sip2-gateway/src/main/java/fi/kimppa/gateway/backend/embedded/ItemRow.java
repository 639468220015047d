package fi.kimppa.gateway.backend.embedded;

import org.jspecify.annotations.Nullable;

/** A copy with what its title and its type say of it. */
record ItemRow(
        String number,
        int titleId,
        String title,
        String author,
        int ageLimit,
        String homeBranch,
        String homeIsil,
        String currentBranch,
        @Nullable String destination,
        String callNumber,
        String collection,
        int parts,
        boolean forLoan,
        String properties,
        String mediaType,
        int loanDays,
        int renewalLimit) {
    /** AJ. */
    String titleIdentifier() {
        return author.isEmpty() ? title : title + " / " + author;
    }
}
