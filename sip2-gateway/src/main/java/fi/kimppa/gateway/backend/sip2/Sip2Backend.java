package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.CirculationBackend;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.Sip2Address;
import fi.kimppa.sip2.Sip2Address.Transport;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.Sip2Exception.LinkException;
import fi.kimppa.sip2.Sip2Exception.Phase;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.MessageType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;

/** A SIP2 server behind the port of circulation: every request goes to it in its own words and comes back in ours. */
class Sip2Backend implements CirculationBackend, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Sip2Backend.class);

    /** What is wrong with one account alone, for all that this end knows. */
    private static final Set<Phase> OF_AN_ACCOUNT = EnumSet.of(Phase.LOGIN, Phase.OFFLINE, Phase.BACK_OFF);

    /** A number that no thing has: what is asked about when it matters only that somebody answers. */
    private static final String NO_ITEM = "0";

    private final String name;
    private final ServerSettings settings;
    /** Whether something stands between us and the server that may answer in its place. */
    private final boolean relayed;

    private final Preset preset;
    private final Map<String, LinkPool> pools;
    private final Words words;
    private final Clock clock;

    /**
     * A backend that connects at its first request.
     *
     * @param name what the consortium calls it
     * @throws IllegalArgumentException if the address cannot be read
     */
    Sip2Backend(String name, ServerSettings settings, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.preset = settings.preset();
        this.relayed = Sip2Address.parse(settings.address()).transport() == Transport.HTTPS;
        this.clock = clock;
        this.pools = settings.accounts().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> pool(entry.getKey(), entry.getValue()),
                        (first, _) -> first,
                        TreeMap::new));
        this.words = new Words(
                settings.accounts().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(ServerSettings.COMMON))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().institution())),
                settings.currentLocation(),
                preset,
                clock);
    }

    private LinkPool pool(String branch, Account account) {
        Sip2Client.Settings link = new Sip2Client.Settings(
                Sip2Address.parse(settings.address()),
                settings.wire(),
                account.credentials(),
                Optional.ofNullable(account.location()),
                settings.connect(),
                settings.answer(),
                settings.answer(),
                1);
        return new LinkPool(name + " for " + branch, link, settings.links(), settings.patience());
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Whether it serves some branch: an account that is not let in says nothing of the others. A server that is not there is not asked
     * for each of them.
     */
    @Override
    public boolean online() {
        for (Map.Entry<String, LinkPool> account : pools.entrySet()) {
            try {
                if (online(account.getValue(), account.getKey())) {
                    return true;
                }
            } catch (LinkException e) {
                if (!OF_AN_ACCOUNT.contains(e.phase())) {
                    return false;
                }
            } catch (BackendBusyException e) {
                LOG.debug("{}: the next account is asked: {}", name, e.getMessage());
            } catch (Sip2Exception e) {
                return false;
            }
        }
        return false;
    }

    /** Over HTTPS a 98 may come from in front of the server (backends.md section 3.1), and only an 18 shows that it works. */
    private boolean online(LinkPool pool, String branch) {
        if (!(pool.exchange(new ScStatus("0", "000", "2.00", List.of())) instanceof AcsStatus status)
                || !status.onlineStatus()) {
            return false;
        }
        return !relayed
                || pool.exchange(new ItemInformation(
                                now(),
                                Objects.requireNonNull(settings.accounts().get(branch))
                                        .institution(),
                                NO_ITEM,
                                Optional.empty(),
                                List.of()))
                        instanceof ItemInformationResponse;
    }

    @Override
    public Set<MessageType> serves() {
        return preset.serves();
    }

    @Override
    public boolean tellsWholeDebt() {
        return preset.tellsWholeDebt();
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal) {
        return exchange(request, terminal, PatronStatusResponse.class);
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal) {
        PatronInformationResponse answer = exchange(request, terminal, PatronInformationResponse.class);
        boolean part = request.startItem().isPresent() || request.endItem().isPresent();
        // A wrong PIN is tried once and not for each page; where none was sent, CQ N says nothing.
        boolean tried = request.patronPassword().filter(pin -> !pin.isEmpty()).isPresent();
        boolean wrong = answer.validPatron().equals(Optional.of(false))
                || (tried && answer.validPatronPassword().equals(Optional.of(false)));
        return part || wrong
                ? answer
                : request.wantedList()
                        .map(list -> listing(list, answer, request, terminal))
                        .orElse(answer);
    }

    private PatronInformationResponse listing(
            ItemList list, PatronInformationResponse answer, PatronInformation request, Terminal terminal) {
        List<String> entries = whole(list, answer, request, terminal);
        if (preset.countsAllHolds() && list == ItemList.HOLD) {
            entries = ready(entries, answer, request, terminal);
        } else if (preset.countsAllHolds() && list == ItemList.UNAVAILABLE_HOLDS) {
            return answer.withItems(ItemList.HOLD, List.of())
                    .withItems(list, entries.isEmpty() ? notReady(answer, request, terminal) : entries);
        }
        return entries.isEmpty() && !answer.items().containsKey(list) ? answer : answer.withItems(list, entries);
    }

    /**
     * Of all holds those that can be fetched: without those that are listed as not ready, each once, for several may have one title. Where that
     * leaves more than are ready, nobody can tell which they are.
     */
    private List<String> ready(
            List<String> all, PatronInformationResponse answer, PatronInformation request, Terminal terminal) {
        int ready = answer.counts().getOrDefault(ItemList.HOLD, 0);
        if (ready == 0 || all.isEmpty() || noneWaits(answer)) {
            return ready == 0 ? List.of() : all;
        }
        PatronInformation waiting = request.wanting(ItemList.UNAVAILABLE_HOLDS);
        PatronInformationResponse told = exchange(waiting, terminal, PatronInformationResponse.class);
        List<String> left = new ArrayList<>(all);
        whole(ItemList.UNAVAILABLE_HOLDS, told, waiting, terminal).forEach(left::remove);
        return left.size() > ready ? List.of() : left;
    }

    /** Some versions of Evergreen count holds that are not ready and list none of them ({@code SIP2.pm}): then all are told as such. */
    private List<String> notReady(PatronInformationResponse answer, PatronInformation request, Terminal terminal) {
        if (noneWaits(answer)) {
            return List.of();
        }
        PatronInformation all = request.wanting(ItemList.HOLD);
        return whole(ItemList.HOLD, exchange(all, terminal, PatronInformationResponse.class), all, terminal);
    }

    private static boolean noneWaits(PatronInformationResponse answer) {
        return Integer.valueOf(0).equals(answer.counts().get(ItemList.UNAVAILABLE_HOLDS));
    }

    /**
     * A list to its end, where the server says how long it is. Evergreen tells ten entries to whoever does not say which, and leaves out the
     * last of those from BP to BQ (evergreen : OpenILS/Application/SIP2/Patron.pm, {@code set_patron_summary_list_items}); what is on loan
     * must not be missing.
     */
    private List<String> whole(
            ItemList list, PatronInformationResponse first, PatronInformation request, Terminal terminal) {
        int count = first.counts().getOrDefault(list, 0);
        if (list == ItemList.HOLD && preset.countsAllHolds()) {
            count += first.counts().getOrDefault(ItemList.UNAVAILABLE_HOLDS, 0);
        }
        List<String> firstPage = entries(list, first);
        List<String> entries = new ArrayList<>(firstPage);
        while (entries.size() < count) {
            PatronInformation further = request.between(entries.size() + 1, count + 1);
            List<String> page = entries(list, exchange(further, terminal, PatronInformationResponse.class));
            if (page.isEmpty() || page.equals(firstPage)) {
                // A server that heeds no BP says the same again.
                break;
            }
            entries.addAll(page);
        }
        entries.removeIf(String::isBlank);
        return entries;
    }

    /** Of Evergreen some versions list in AS what a 63 for holds that are not ready asks for ({@code add_hold_items}). */
    private List<String> entries(ItemList list, PatronInformationResponse answer) {
        List<String> entries = answer.items().getOrDefault(list, List.of());
        return entries.isEmpty() && list == ItemList.UNAVAILABLE_HOLDS && preset.countsAllHolds()
                ? answer.items().getOrDefault(ItemList.HOLD, List.of())
                : entries;
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        return exchange(request, terminal, ItemInformationResponse.class);
    }

    @Override
    public CheckoutResponse checkout(Checkout request, Terminal terminal) {
        if (request.cancel().orElse(false) && !preset.undoes()) {
            return refusal(request, terminal, CheckoutResponse.class);
        }
        CheckoutResponse answer = exchange(request, terminal, CheckoutResponse.class);
        boolean mayStand = answer.renewalOk() || preset.refusesWhatStands();
        return answer.ok() || !mayStand
                ? answer
                : alreadyLent(request, answer.renewalOk(), terminal).orElse(answer);
    }

    /**
     * A loan that stands is none that failed, whatever the server says of renewing it: Koha does it by an 11 and may refuse, Evergreen refuses and
     * says in renewal ok whose loan it is, as the standard has it (SIP2 2.00, Checkout Response).
     */
    private Optional<CheckoutResponse> alreadyLent(Checkout request, boolean theirs, Terminal terminal) {
        try {
            if (!theirs && !onCard(request, terminal)) {
                return Optional.empty();
            }
            ItemInformationResponse item = itemInformation(
                    new ItemInformation(
                            now(), terminal.institutionId(), request.itemIdentifier(), Optional.empty(), List.of()),
                    terminal);
            return Optional.of(item)
                    .filter(lent -> !theirs || lent.onLoan())
                    .map(lent -> stands(request, lent, terminal));
        } catch (BackendSilentException | BackendBusyException e) {
            throw new BackendSilentException(name + ": nobody could say whether the loan stands already", false, e);
        }
    }

    private boolean onCard(Checkout request, Terminal terminal) {
        return patronInformation(
                        new PatronInformation(
                                Language.UNSPECIFIED.code(),
                                now(),
                                ItemList.summary(Optional.of(ItemList.CHARGED)),
                                terminal.institutionId(),
                                request.patronIdentifier(),
                                Optional.empty(),
                                request.patronPassword(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        terminal)
                .items()
                .getOrDefault(ItemList.CHARGED, List.of())
                .contains(request.itemIdentifier());
    }

    private CheckoutResponse stands(Checkout request, ItemInformationResponse item, Terminal terminal) {
        return CheckoutResponse.lent(
                false,
                MagneticMedia.U,
                now(),
                terminal.institutionId(),
                request.patronIdentifier(),
                request.itemIdentifier(),
                item.titleIdentifier(),
                item.dueDate().orElse(""),
                item.mediaType(),
                List.of());
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        if (request.cancel().orElse(false) && !preset.undoes()) {
            return refusal(request, terminal, CheckinResponse.class);
        }
        return exchange(request, terminal, CheckinResponse.class);
    }

    @Override
    public RenewResponse renew(Renew request, Terminal terminal) {
        return exchange(request, terminal, RenewResponse.class);
    }

    @Override
    public RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        return exchange(request, terminal, RenewAllResponse.class);
    }

    @Override
    public HoldResponse hold(Hold request, Terminal terminal) {
        if (request.holdMode() != HoldMode.DELETE && !preset.placesHolds()) {
            return refusal(request, terminal, HoldResponse.class);
        }
        return exchange(request, terminal, HoldResponse.class);
    }

    @Override
    public FeePaidResponse feePaid(FeePaid request, Terminal terminal) {
        return exchange(request, terminal, FeePaidResponse.class);
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return exchange(request, terminal, PatronStatusResponse.class);
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal) {
        return exchange(request, terminal, PatronEnableResponse.class);
    }

    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return exchange(request, terminal, ItemStatusUpdateResponse.class);
    }

    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        return exchange(request, terminal, EndSessionResponse.class);
    }

    /** Nothing of a terminal is kept here: the next request of another may go over the same link. */
    @Override
    public void forget(Terminal terminal) {}

    /** Keeps idle links open. */
    @Scheduled(fixedDelayString = "PT5S")
    void keepAlive() {
        pools.values().forEach(pool -> pool.keepAlive(settings.keepAlive()));
    }

    @Override
    public void destroy() {
        pools.values().forEach(LinkPool::close);
    }

    private <R extends Response> R exchange(Request request, Terminal terminal, Class<R> type) {
        String branch = pools.containsKey(terminal.branchCode()) ? terminal.branchCode() : ServerSettings.COMMON;
        LinkPool pool = pools.get(branch);
        Account account = settings.accounts().get(branch);
        if (pool == null || account == null) {
            throw new BackendSilentException(
                    name + " has no account for branch " + terminal.branchCode() + " and no common one",
                    true,
                    new IllegalStateException("kimppa.backends.sip2." + name + ".accounts"));
        }
        Response answer;
        try {
            answer = pool.exchange(words.outward(request, account.institution()));
        } catch (Sip2Exception e) {
            throw new BackendSilentException(name + ": " + e.getMessage(), e.outcomeKnown(), e);
        }
        return type.cast(words.inward(answer, terminal));
    }

    private <R extends Response> R refusal(Request request, Terminal terminal, Class<R> type) {
        return type.cast(Refusal.of(request, terminal.institutionId(), now(), Optional.empty()));
    }

    private Timestamp now() {
        return Timestamp.of(clock.instant(), clock.getZone());
    }
}
