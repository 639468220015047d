package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.backend.koha.KohaSettings.Client;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** As whom each branch speaks, and what Koha calls it. */
final class Branches {
    private final String name;
    private final Map<String, ApiClient> clients;
    private final Map<String, String> ours;
    private final Map<String, String> theirs;

    Branches(String name, Map<String, Client> settings, HttpLink link, Clock clock) {
        this.name = name;
        this.clients = settings.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new ApiClient(entry.getKey(), entry.getValue(), link, clock),
                        (first, _) -> first,
                        TreeMap::new));
        this.theirs = settings.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(KohaSettings.COMMON))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().library(entry.getKey())));
        this.ours = theirs.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey, (first, _) -> first));
    }

    /**
     * The user as whom a terminal's branch speaks.
     *
     * @throws BackendSilentException if it has none and there is no common one; nothing was done
     */
    ApiClient of(Terminal terminal) {
        ApiClient own = clients.get(terminal.branchCode());
        ApiClient client = own == null ? clients.get(KohaSettings.COMMON) : own;
        if (client == null) {
            throw new BackendSilentException(
                    name + " has no client for branch " + terminal.branchCode() + " and no common one",
                    true,
                    new IllegalStateException("kimppa.backends.koha." + name + ".clients"));
        }
        return client;
    }

    /** Any of them, to ask whether Koha is there. */
    ApiClient any() {
        return clients.values().iterator().next();
    }

    /** Where a terminal stands, in Koha's code. */
    String library(Terminal terminal) {
        return theirs(terminal.branchCode());
    }

    /** Our code of a branch of Koha's. */
    String ours(String library) {
        return ours.getOrDefault(library, library);
    }

    /** Koha's code of a branch of ours. */
    String theirs(String branch) {
        return theirs.getOrDefault(branch, branch);
    }
}
