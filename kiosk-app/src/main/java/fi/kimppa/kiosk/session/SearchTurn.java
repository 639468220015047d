package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.session.KioskState.AskingCard;
import fi.kimppa.kiosk.session.KioskState.Searching;
import fi.kimppa.kiosk.session.Search.Asked;
import fi.kimppa.kiosk.session.Search.Asked.What;
import fi.kimppa.kiosk.session.Search.Find;
import fi.kimppa.kiosk.session.Search.Finds;
import fi.kimppa.kiosk.session.Search.View;
import fi.kimppa.kiosk.session.Search.Wish;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One event while somebody looks for something in the catalogue. One question is open there at a time; what somebody asks replaces
 * what is still open, whose answer then means nothing any more. A hold is sent once: without an answer it is looked whether it
 * stands (63), and where nobody can say, the person is told so and the hold is not offered again at this visit. One that costs
 * something is asked for again once the person has agreed to that.
 */
final class SearchTurn {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final List<Effect> effects = new ArrayList<>();
    private Surroundings around;
    private Optional<Visitor> visitor;
    private Search search;
    private boolean leaving;
    private boolean expired;
    private Patience patience;

    private SearchTurn(Searching state) {
        around = state.around();
        visitor = state.visitor();
        search = state.search();
        leaving = state.leaving();
        patience = state.patience();
    }

    /** Somebody whom nobody knows begins to look. */
    static Step begin(Surroundings around) {
        return Step.to(new Searching(around, Optional.empty(), Search.NEW, false, Patience.from(around.now())));
    }

    /** A patron turns from the account to the catalogue. */
    static Step begin(Surroundings around, Patron patron, Visit visit, Patience patience) {
        return Step.to(new Searching(
                around, Optional.of(new Visitor(patron, visit)), Search.NEW, false, patience.renewed(around.now())));
    }

    /** Whoever was asked for a card does without the hold: back to the title. */
    static Step withoutACard(Surroundings around, Search search) {
        View view =
                search.view() instanceof View.Holding(int find, var _, var _) ? new View.OneTitle(find) : search.view();
        return goOn(around, Optional.empty(), search.viewing(view));
    }

    /** The library knows by now who this is: on with the hold that was wished for, if one was. */
    static Step identified(Surroundings around, Patron patron, Search search) {
        Surroundings here = around.with(around.stay().keeping(List.of()));
        return goOn(here, Optional.of(new Visitor(patron, Visit.begun(around))), search);
    }

    /** What the catalogue answered while card or PIN were asked for was not heard: it is asked anew. */
    private static Step goOn(Surroundings around, Optional<Visitor> visitor, Search search) {
        SearchTurn turn = new SearchTurn(new Searching(around, visitor, search, false, Patience.from(around.now())));
        search.asked().ifPresent(open -> turn.ask(open.what(), open.find()));
        turn.ask();
        return turn.stay();
    }

    /** Whoever was asked whether the hold may cost something has agreed. */
    static Step accepted(Searching state) {
        SearchTurn turn = new SearchTurn(state);
        turn.active();
        if (turn.search.view() instanceof View.Holding(int find, var where, Wish.Costs _)) {
            boolean possible = mayHold(turn.around, turn.visitor, turn.search);
            turn.become(find, where, possible ? new Wish.Chosen(true) : new Wish.NotPlaced(List.of()));
            turn.ask();
        }
        return turn.stay();
    }

    static Step step(Searching state, KioskEvent event) {
        SearchTurn turn = new SearchTurn(state);
        Optional<CardNumber> card = ShownCard.patron(turn.around, event);
        if (card.isPresent() && turn.visitor.isEmpty()) {
            return CardTurn.askPin(turn.around, Goal.hold(turn.search), card.get());
        }
        if (event instanceof KioskEvent.Touched(Choice.Account()) && turn.mayGoOn()) {
            return turn.toTheAccount();
        }
        turn.happened(event);
        if (turn.search.view() instanceof View.Holding(int _, var _, Wish.Chosen _) && turn.visitor.isEmpty()) {
            return new Step(
                    new AskingCard(turn.around, Goal.hold(turn.search), Patience.from(turn.around.now())),
                    turn.effects);
        }
        turn.ask();
        turn.wait(event);
        return turn.leaving && !turn.busy() ? turn.end() : turn.stay();
    }

    // ---- what happened -----------------------------------------------------------------------------------

    private void happened(KioskEvent event) {
        switch (event) {
            case KioskEvent.Touched(Choice choice) -> touched(choice);
            case KioskEvent.Scanned _,
                    KioskEvent.CardHeld _,
                    KioskEvent.TagArrived _,
                    KioskEvent.TagLeft _,
                    KioskEvent.Headphones _ -> active();
            case KioskEvent.Catalogue(CatalogueNews news) ->
                search.asked().filter(open -> open.request() == news.request()).ifPresent(open -> told(open, news));
            case KioskEvent.Answered(long request, Response response) -> answered(request, response);
            case KioskEvent.Unanswered(long request, boolean neverSent) -> unanswered(request, neverSent);
            case KioskEvent.Tick _,
                    KioskEvent.Pressed _,
                    KioskEvent.DeviceChanged _,
                    KioskEvent.LineChanged _,
                    KioskEvent.SecurityWritten _,
                    KioskEvent.Fed _,
                    KioskEvent.Spooled _,
                    KioskEvent.OffLine _,
                    KioskEvent.Printed _,
                    KioskEvent.Mailed _,
                    KioskEvent.Steered _,
                    KioskEvent.Staff _ -> {}
        }
    }

    private void touched(Choice choice) {
        active();
        switch (choice) {
            case Choice.Finish(), Choice.Cancel() -> leaving = true;
            case Choice.InSearch(SearchAct act) -> touched(act);
            default -> {}
        }
    }

    private void touched(SearchAct act) {
        switch (act) {
            case SearchAct.Letter(char letter) -> typed(search.typed().letter(letter));
            case SearchAct.Tap(int key) -> typed(search.typed().tap(key));
            case SearchAct.Erase() -> typed(search.typed().erased());
            case SearchAct.Go() -> {
                if (search.view() instanceof View.Typing && search.typed().complete()) {
                    look();
                }
            }
            case SearchAct.LookBy(SearchBy by) -> {
                if (search.view() instanceof View.Listing && by != search.by()) {
                    search = search.lookingBy(by);
                    look();
                }
            }
            case SearchAct.More() -> {
                if (search.view() instanceof View.Listing && search.hasMore() && !search.awaits(What.MORE)) {
                    ask(What.MORE, 0);
                }
            }
            case SearchAct.Again() -> {
                if (search.silent()) {
                    askAgain();
                }
            }
            case SearchAct.Open(int find) -> {
                if (search.view() instanceof View.Listing) {
                    search.find(find).ifPresent(this::open);
                }
            }
            case SearchAct.Back() -> back();
            case SearchAct.HoldHere() -> {
                if (search.view() instanceof View.OneTitle(int find)) {
                    wish(find, here());
                }
            }
            case SearchAct.Elsewhere() -> {
                if (search.view() instanceof View.OneTitle(int find) && mayHold(around, visitor, search)) {
                    search = search.viewing(new View.Choosing(find, List.of()));
                    ask(What.BRANCHES, 0);
                }
            }
            case SearchAct.HoldAt(int place) -> {
                if (search.view() instanceof View.Choosing(int find, var places)
                        && place >= 1
                        && place <= places.size()) {
                    wish(find, places.get(place - 1));
                }
            }
        }
    }

    private void typed(Typed next) {
        if (search.view() instanceof View.Typing) {
            search = search.typing(next);
        }
    }

    /** From the beginning: what was found before has another name or another place. */
    private void look() {
        search = search.viewing(new View.Listing()).found(Optional.empty(), 1);
        ask(What.TITLES, 0);
    }

    private void open(Find find) {
        search = search.viewing(new View.OneTitle(find.number()));
        if (find.details().isEmpty()) {
            ask(What.TITLE, find.number());
        }
    }

    private void back() {
        switch (search.view()) {
            case View.Typing() -> {}
            case View.Listing() -> show(new View.Typing());
            case View.OneTitle(int _) -> show(new View.Listing());
            case View.Choosing(int find, var _) -> show(new View.OneTitle(find));
            case View.Holding(int _, var _, Wish wish) -> {
                if (!(wish instanceof Wish.Placing)) {
                    show(new View.Listing());
                }
            }
        }
    }

    /** What was asked for something that does not lie open any more need not be waited for. */
    private void show(View view) {
        search = search.viewing(view).asking(Optional.empty(), false);
    }

    private void askAgain() {
        switch (search.view()) {
            case View.Listing() -> ask(search.finds().isPresent() ? What.MORE : What.TITLES, 0);
            case View.OneTitle(int find) -> ask(What.TITLE, find);
            case View.Choosing(int _, var _) -> ask(What.BRANCHES, 0);
            case View.Typing(), View.Holding(int _, var _, var _) -> {}
        }
    }

    private PickUp here() {
        return new PickUp(around.settings().branch(), around.settings().libraryName());
    }

    private void wish(int find, PickUp where) {
        if (mayHold(around, visitor, search)) {
            search = search.viewing(new View.Holding(find, where, new Wish.Chosen(false)))
                    .asking(Optional.empty(), false);
        }
    }

    /** Whether a hold on the title that lies open can be placed: there is a line, a name for it, and none was asked for before. */
    static boolean mayHold(Surroundings around, Optional<Visitor> visitor, Search search) {
        return around.line() == Surroundings.Line.UP
                && search.open()
                        .filter(find -> find.details()
                                .filter(CatalogueDetails::namesAHold)
                                .isPresent())
                        .filter(find -> visitor.filter(known ->
                                        known.patron().hasWished(find.title().id()))
                                .isEmpty())
                        .isPresent();
    }

    private void active() {
        if (patience.warned()) {
            visitor = visitor.map(
                    known -> new Visitor(known.patron(), known.visit().goneOn(around.now())));
        }
        patience = patience.renewed(around.now());
    }

    // ---- what the catalogue said -------------------------------------------------------------------------

    private void told(Asked asked, CatalogueNews news) {
        search = search.asking(Optional.empty(), false);
        switch (news) {
            case CatalogueNews.Found found
            when asked.what() == What.TITLES || asked.what() == What.MORE -> found(found, asked.what() == What.MORE);
            case CatalogueNews.Described(long _, CatalogueDetails details) -> find(asked.find(), Optional.of(details));
            case CatalogueNews.NoSuchTitle _ -> find(asked.find(), Optional.empty());
            case CatalogueNews.PickUps(long _, List<PickUp> branches) -> places(branches);
            // Nobody has asked for what is read beside: the counts of the list must do.
            case CatalogueNews.Silent _ when asked.what() == What.ROW -> find(asked.find(), Optional.empty());
            case CatalogueNews.Found _, CatalogueNews.Silent _ -> search = search.asking(Optional.empty(), true);
        }
    }

    private void found(CatalogueNews.Found news, boolean further) {
        List<Find> rows =
                new ArrayList<>(further ? search.finds().map(Finds::rows).orElse(List.of()) : List.of());
        for (CatalogueTitle title : news.titles()) {
            boolean known = rows.stream().anyMatch(row -> row.title().id().equals(title.id()));
            if (!known) {
                boolean anywhere =
                        title.copies().map(copies -> copies.all() > 0).orElse(false);
                rows.add(new Find(rows.size() + 1, title, Optional.empty(), !anywhere));
            }
        }
        // A page without news is the last one, whatever was counted.
        boolean grown =
                rows.size() > search.finds().map(before -> before.rows().size()).orElse(0);
        int total = further && !grown ? rows.size() : news.total();
        int page = further ? search.page() + 1 : 1;
        search = search.found(Optional.of(new Finds(rows, total, news.more(), news.near())), page);
    }

    private void find(int number, Optional<CatalogueDetails> details) {
        search = search.found(
                search.finds()
                        .map(found -> new Finds(
                                found.rows().stream()
                                        .map(row -> row.number() == number ? row.told(details) : row)
                                        .toList(),
                                found.total(),
                                found.more(),
                                found.near())),
                search.page());
    }

    /** This branch first. */
    private void places(List<PickUp> branches) {
        if (search.view() instanceof View.Choosing(int find, var _)) {
            String own = around.settings().branch();
            search = search.viewing(new View.Choosing(
                    find,
                    branches.stream()
                            .sorted(Comparator.comparing(
                                    place -> !place.branch().equals(own)))
                            .toList()));
        }
    }

    // ---- what the library said of the hold ---------------------------------------------------------------

    private void answered(long request, Response response) {
        if (!(search.view() instanceof View.Holding(int find, PickUp where, Wish wish))) {
            return;
        }
        switch (wish) {
            case Wish.Placing(long asked, Instant sentAt, boolean feeAccepted)
            when asked == request -> {
                if (response instanceof HoldResponse answer && !OutcomeUnknown.in(answer)) {
                    become(find, where, answer.ok() ? placed(answer) : refused(answer, feeAccepted));
                } else {
                    become(find, where, new Wish.Checking(sentAt, Optional.empty(), around.now()));
                }
            }
            case Wish.Checking(Instant askedAt, Optional<Long> question, Instant _)
            when question.equals(Optional.of(request)) -> become(find, where, settled(find, askedAt, response));
            default -> {}
        }
    }

    private void unanswered(long request, boolean neverSent) {
        if (!(search.view() instanceof View.Holding(int find, PickUp where, Wish wish))) {
            return;
        }
        switch (wish) {
            case Wish.Placing(long asked, Instant sentAt, boolean _)
            when asked == request ->
                become(
                        find,
                        where,
                        neverSent
                                ? new Wish.NotPlaced(List.of())
                                : new Wish.Checking(sentAt, Optional.empty(), around.now()));
            case Wish.Checking(Instant askedAt, Optional<Long> question, Instant _)
            when question.equals(Optional.of(request)) -> become(find, where, later(askedAt));
            default -> {}
        }
    }

    private static Wish placed(HoldResponse answer) {
        return new Wish.Placed(answer.queuePosition().filter(text -> !text.isBlank()));
    }

    private static Wish refused(HoldResponse answer, boolean feeAccepted) {
        return FeeTurn.named(answer.feeAmount(), answer.currencyType(), feeAccepted)
                .<Wish>map(Wish.Costs::new)
                .orElseGet(() -> new Wish.NotPlaced(answer.screenMessages()));
    }

    /** What was certainly not done may be wished for again; what costs something is asked. */
    private void become(int find, PickUp where, Wish wish) {
        search = search.viewing(new View.Holding(find, where, wish));
        if (wish instanceof Wish.NotPlaced || wish instanceof Wish.Costs) {
            search.open()
                    .ifPresent(open -> visitor = visitor.map(known ->
                            new Visitor(known.patron().notWishing(open.title().id()), known.visit())));
        }
        if (wish instanceof Wish.Costs(Money fee)) {
            FeeTurn.asking(around, leaving, new Question.HoldCosts(fee)).ifPresent(asking -> {
                around = asking;
                patience = patience.renewed(around.now());
            });
        }
    }

    /** 63 after a 15 without an answer. A list that names it is certain; that it does not, is not: libraries list holds in many ways. */
    private Wish settled(int find, Instant askedAt, Response response) {
        boolean listed = response instanceof PatronInformationResponse answer
                && answer.identified()
                && Stream.of(ItemList.UNAVAILABLE_HOLDS, ItemList.HOLD)
                        .flatMap(list -> answer.items().getOrDefault(list, List.of()).stream())
                        .anyMatch(entry -> names(entry.strip(), find));
        return listed ? new Wish.Placed(Optional.empty()) : later(askedAt);
    }

    private boolean names(String entry, int find) {
        return search.find(find)
                .filter(row -> entry.equals(row.title().name())
                        || entry.equals(row.title().title())
                        || row.details()
                                .filter(details -> details.itemIdentifier().equals(Optional.of(entry))
                                        || details.titleIdentifier().equals(Optional.of(entry)))
                                .isPresent())
                .isPresent();
    }

    private Wish later(Instant askedAt) {
        return around.settled(askedAt)
                ? new Wish.Doubtful()
                : new Wish.Checking(askedAt, Optional.empty(), around.now().plus(ASK_AGAIN));
    }

    // ---- what to ask next --------------------------------------------------------------------------------

    private void ask() {
        if (search.view() instanceof View.Holding(int find, PickUp where, Wish wish)) {
            visitor.ifPresent(known -> ask(known, find, where, wish));
        } else if (search.view() instanceof View.Listing && search.asked().isEmpty() && !search.silent() && up()) {
            search.finds().stream()
                    .flatMap(found -> found.rows().stream())
                    .filter(row -> !row.read())
                    .findFirst()
                    .ifPresent(row -> ask(What.ROW, row.number()));
        }
    }

    private void ask(Visitor known, int find, PickUp where, Wish wish) {
        switch (wish) {
            case Wish.Chosen(boolean feeAccepted) -> place(known, find, where, feeAccepted);
            case Wish.Checking(Instant askedAt, Optional<Long> question, Instant askAgainAt)
            when question.isEmpty() && !around.now().isBefore(askAgainAt) -> {
                if (up()) {
                    long request = send(Requests.patron(
                            around,
                            known.patron().card(),
                            known.patron().pin(),
                            Optional.of(ItemList.UNAVAILABLE_HOLDS)));
                    become(find, where, new Wish.Checking(askedAt, Optional.of(request), askAgainAt));
                } else {
                    become(find, where, later(askedAt));
                }
            }
            case Wish.Checking _, Wish.Placing _, Wish.Placed _, Wish.NotPlaced _, Wish.Costs _, Wish.Doubtful _ -> {}
        }
    }

    private void place(Visitor known, int find, PickUp where, boolean feeAccepted) {
        Optional<Find> row = search.find(find);
        Optional<CatalogueDetails> details = row.flatMap(Find::details).filter(CatalogueDetails::namesAHold);
        if (row.isEmpty() || details.isEmpty()) {
            search = search.viewing(new View.Listing());
            return;
        }
        visitor =
                Optional.of(new Visitor(known.patron().wishing(row.get().title().id()), known.visit()));
        long request = send(Requests.hold(around, known.patron(), details.get(), where, feeAccepted));
        become(find, where, new Wish.Placing(request, around.now(), feeAccepted));
    }

    private long send(Request message) {
        long request = around.nextRequest();
        around = around.requested();
        effects.add(new Effect.Send(request, message));
        return request;
    }

    private void ask(What what, int find) {
        long request = around.nextRequest();
        around = around.requested();
        search = search.asking(Optional.of(new Asked(request, what, find, around.now())), false);
        effects.add(new Effect.Catalogue(
                switch (what) {
                    case TITLES, MORE ->
                        new CatalogueTask.Titles(
                                request,
                                search.typed().text().strip(),
                                search.by(),
                                what == What.MORE ? search.page() + 1 : 1,
                                around.language());
                    case ROW, TITLE ->
                        new CatalogueTask.Title(
                                request,
                                search.find(find).map(row -> row.title().id()).orElse(""),
                                around.language());
                    case BRANCHES -> new CatalogueTask.Branches(request);
                }));
    }

    private boolean up() {
        return around.line() == Surroundings.Line.UP;
    }

    // ---- on to the account, or the end -------------------------------------------------------------------

    /** Whether a hold is at the library. */
    private boolean busy() {
        return search.view() instanceof View.Holding(int _, var _, Wish.Placing _);
    }

    private boolean mayGoOn() {
        return up() && !leaving && !busy() && around.settings().offers(Offering.ACCOUNT);
    }

    /** With a card first, where nobody is known. */
    private Step toTheAccount() {
        active();
        return visitor.map(known ->
                        AccountTurn.begin(around, known.patron(), known.visit(), patience.renewed(around.now())))
                .orElseGet(() -> Step.to(new AskingCard(around, Goal.ACCOUNT, Patience.from(around.now()))));
    }

    private void wait(KioskEvent event) {
        if (!(event instanceof KioskEvent.Tick)) {
            return;
        }
        patience = patience.tick(
                around,
                busy(),
                around.settings().timeouts().account(),
                visitor.map(known -> known.visit().began()));
        expired = patience.over(around.now());
        leaving |= expired;
    }

    private Step stay() {
        return new Step(new Searching(around, visitor, search, leaving, patience), effects);
    }

    /** What was looked for is forgotten. */
    private Step end() {
        if (visitor.isEmpty()) {
            return new Step(Endings.idle(around), effects);
        }
        return Endings.afterVisit(around, visitor.get(), effects, expired);
    }
}
