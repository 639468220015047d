package fi.kimppa.gateway.access;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Doors.
 *
 * @param unlock how long a granted door stays unlocked
 * @param keepGranted how long a granted entry is kept with the card's hash
 * @param keepDenied how long a refusal is kept with its reason
 * @param rules what refuses an entry beside the rules that always hold
 * @param branches by branch code: rules of this branch instead
 */
@ConfigurationProperties("kimppa.access")
record AccessSettings(
        @DefaultValue("8s") Duration unlock,
        @DefaultValue("14d") Duration keepGranted,
        @DefaultValue("7d") Duration keepDenied,
        @DefaultValue Rules rules,
        @DefaultValue Map<String, Rules> branches) {

    /**
     * Rules that a branch may turn on. Those about lending are off: to enter is not to borrow, and everybody may
     * use a public library (1492/2016 section 10).
     *
     * @param homeLibraryOnly only patrons whose home is this branch
     * @param lendingBan refuse who may not borrow
     * @param fees refuse who owes more than the limit
     */
    record Rules(
            @DefaultValue("false") boolean homeLibraryOnly,
            @DefaultValue("false") boolean lendingBan,
            @DefaultValue("false") boolean fees) {}

    /** Takes a copy. */
    AccessSettings {
        branches = Map.copyOf(branches);
    }

    Rules rulesOf(String branchCode) {
        return branches.getOrDefault(branchCode, rules);
    }
}
