package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Feed;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Offering;
import fi.kimppa.kiosk.text.Elsewhere;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Nobody is here: what this machine does, in a word each, and what there is to tell whoever passes by. */
final class IdleScreen implements Screen<KioskState.Idle> {
    /** What the great actions have at least beside news, and the greeting in reach mode: as much as they need to be what they are. */
    private static final double LEAST_EM = 11.7;

    /** The same where there is room to say how it is done. */
    private static final double LEAST_ROOMY_EM = 14;

    private static final double LEAST_UPRIGHT_EM = 28.6;
    private static final double LEAST_GREETING_EM = 2.4;

    private final Room room;
    private final Set<Offering> offerings;
    private final NewsBand news;
    private final Button search;
    private final StackPane content = new StackPane();
    private Optional<FootedPane> footed = Optional.empty();
    private Optional<Elsewhere> elsewhere = Optional.empty();
    /** On an upright display: for whoever comes near, and for whoever reads. */
    private List<Label> greetings = List.of();

    IdleScreen(Room room, Set<Offering> offerings) {
        this.room = room;
        this.offerings = offerings;
        this.news = new NewsBand(room);
        this.search = GreatActions.search(room);
        content.setMinSize(0, 0);
        // The search stands just below.
        content.setPadding(
                new Insets(0, 0, room.profile().compact() ? room.profile().px(0.5) : 0, 0));
        build();
    }

    /** Anew where there are rooms or collections now, or are not any more; that does not happen under somebody's hands. */
    private void build() {
        Region actions = GreatActions.withAccount(room, offerings, elsewhere);
        String title = room.texts().say("home.title");
        content.getChildren()
                .setAll(
                        room.look().reach()
                                ? low(actions, title)
                                : room.profile().upright() ? high(actions, title) : wide(actions));
    }

    /** What is touched has gone to the lower half; the upper one is for the greeting and, but on the smallest display, the news. */
    private Region low(Region actions, String title) {
        Region greeting = greeting(room, title);
        Region upper = room.profile().compact() ? greeting : footed(greeting, LEAST_GREETING_EM);
        VBox.setVgrow(upper, Priority.ALWAYS);
        return new VBox(upper, actions);
    }

    /** Where there is something to read the greeting is no louder than it. */
    private Region high(Region actions, String title) {
        Region below = footed(actions, LEAST_UPRIGHT_EM);
        VBox.setVgrow(below, Priority.ALWAYS);
        greetings = List.of(Words.headline(title, room, room.contentWidth()), Words.of("question", title));
        var whole = new VBox(room.em(1));
        whole.getChildren().setAll(greetings);
        whole.getChildren().add(below);
        return whole;
    }

    /** The smallest display has room for the actions alone. */
    private Region wide(Region actions) {
        return room.profile().compact()
                ? actions
                : footed(actions, room.profile().heightEm() < 22 ? LEAST_EM : LEAST_ROOMY_EM);
    }

    private FootedPane footed(Region main, double leastEm) {
        var pane = new FootedPane(main, room.em(leastEm), news.whole(), room.em(0.12), news.heights());
        footed = Optional.of(pane);
        return pane;
    }

    private static Region greeting(Room room, String title) {
        var large = new VBox(Words.headline(title, room, room.contentWidth()));
        var small = new VBox(Words.of("question", title));
        List.of(large, small).forEach(way -> way.setAlignment(Pos.CENTER_LEFT));
        return new FirstThatFits(List.of(large, small, new VBox()));
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public List<Button> actions() {
        return List.of(search);
    }

    @Override
    public void show(KioskState.Idle state) {
        Screen.present(search, state.around().searchable());
        Feed feed = state.around().feed();
        Optional<Elsewhere> offered = Elsewhere.of(room.texts(), state.around());
        if (!elsewhere.equals(offered)) {
            elsewhere = offered;
            build();
        }
        Optional<Feed.News> told = feed.shown(state.around());
        news.show(told);
        footed.ifPresent(pane -> pane.want(told.isPresent()));
        if (!greetings.isEmpty()) {
            Screen.present(greetings.getFirst(), told.isEmpty());
            Screen.present(greetings.getLast(), told.isPresent());
        }
    }
}
