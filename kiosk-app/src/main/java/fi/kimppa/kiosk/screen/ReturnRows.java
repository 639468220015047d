package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState.Returning;
import fi.kimppa.kiosk.session.Rating;
import fi.kimppa.kiosk.session.ReturnRow;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.ReturnState.Destination;
import fi.kimppa.kiosk.session.ReturnState.Kind;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The rows of a return: the newest large, the others below it, each with its bin. */
final class ReturnRows {
    private final Room room;
    private final Map<Placed, Region> nodes = new HashMap<>();

    /**
     * A row in its place.
     *
     * @param starred whether it asks how it was, or says what was answered
     * @param alone whether no other stands below it
     * @param slow whether the library takes longer than usual over it
     */
    private record Placed(ReturnRow row, boolean large, boolean starred, boolean alone, boolean slow) {}

    ReturnRows(Room room) {
        this.room = room;
    }

    /** Forgets them all. */
    void none() {
        nodes.clear();
    }

    /** The nodes of all rows, in the order of the screen. */
    List<Region> of(Returning state) {
        List<ReturnRow> rows = state.shown();
        List<Placed> placed = new ArrayList<>();
        for (ReturnRow row : rows) {
            placed.add(new Placed(row, placed.isEmpty(), starred(row, rows), rows.size() == 1, state.slow(row)));
        }
        nodes.keySet().retainAll(placed);
        return placed.stream()
                .map(place -> nodes.computeIfAbsent(place, this::build))
                .toList();
    }

    /** A bin is worth more than stars, and so is an answer that the return waits for: where there is little room they give way. */
    private boolean starred(ReturnRow row, List<ReturnRow> rows) {
        if (!row.mayBeRated() && !(row.rating() instanceof Rating.Given)) {
            return false;
        }
        boolean newest = row.equals(rows.getFirst());
        if (room.profile().compact()) {
            return rows.size() == 1;
        }
        return !room.look().reach()
                || (newest && rows.stream().noneMatch(other -> other.state() instanceof ReturnState.Incomplete));
    }

    private Region build(Placed placed) {
        ReturnRow row = placed.row();
        Said said = Wording.slowly(room.texts(), Wording.back(room.texts(), row.state(), this::called), placed.slow());
        if (!placed.large()) {
            return small(placed, said);
        }
        List<Region> ways = new ArrayList<>(heroes(placed, said));
        if (room.look().reach()) {
            // The answers below the list may leave no room for the large form.
            ways.add(Words.dense(small(placed, said)));
        } else if (placed.starred()) {
            ways.addAll(heroes(new Placed(row, true, false, placed.alone(), placed.slow()), said));
        }
        return new FirstThatFits(ways);
    }

    private String called(String bin) {
        return room.branding().called(bin, room.texts().language());
    }

    /** Where the bins of others stand below it, a thing that is asked about is known by its place and not by its title. */
    private List<Region> heroes(Placed placed, Said said) {
        boolean lower = placed.starred() && !placed.alone() && room.profile().heightEm() < 22;
        // Closer together a button would touch what stands below the list.
        boolean answered = room.profile().compact() && !buttons(placed.row()).isEmpty();
        return List.of(
                hero(placed, said, lower ? "" : placed.row().name()),
                hero(placed, said, ""),
                answered ? Words.dense(small(placed, said)) : Words.dense(hero(placed, said, "")));
    }

    private Region small(Placed placed, Said said) {
        ReturnRow row = placed.row();
        Region mark = mark(row.state(), false);
        return placed.starred() && row.mayBeRated()
                ? RowView.flat(room, tone(row.state()), mark, row.name(), said, false, Stars.buttons(room, row))
                : RowView.of(room, tone(row.state()), mark, row.name(), said, false, buttons(row));
    }

    private List<Button> buttons(ReturnRow row) {
        if (row.mayBeTriedAgain()) {
            return List.of(room.touch()
                    .button("retry-" + row.number(), room.texts().say("common.retry"), new Choice.Retry(row.number())));
        }
        if (row.state() instanceof ReturnState.ToBin) {
            return List.of(room.touch()
                    .button(
                            "placed-" + row.number(),
                            Wording.placed(room.texts(), row.state(), this::called),
                            new Choice.Placed(row.number())));
        }
        return row.state() instanceof ReturnState.Incomplete
                ? List.of(room.touch()
                        .button(
                                "incomplete-" + row.number(),
                                room.texts().say("in.anyway"),
                                new Choice.ReturnIncomplete(row.number())))
                : List.of();
    }

    private Region hero(Placed placed, Said said, String title) {
        ReturnRow row = placed.row();
        boolean stacked = room.profile().narrow();
        Region mark = mark(row.state(), true);
        double width = room.contentWidth() - room.em(stacked ? 1 : 10.5);
        Label headline = Words.headline(said.word(), room, width);
        var sentences = new VBox(room.em(0.1));
        sentences.setAlignment(Pos.CENTER_LEFT);
        for (String line : said.lines()) {
            Label label = Words.of(room.profile().compact() ? "body" : "lead", line);
            label.getStyleClass().add("strong");
            sentences.getChildren().add(label);
        }
        if (!title.isBlank()) {
            sentences.getChildren().add(RowView.titled(room, "note", RowView.title(room, title)));
        }
        boolean asks = placed.starred() && row.mayBeRated();
        List<Button> buttons = asks ? Stars.buttons(room, row) : buttons(row);
        if (asks && !room.look().reach()) {
            sentences.getChildren().add(Stars.asked(room, row));
        } else if (!room.look().reach()) {
            sentences.getChildren().addAll(buttons);
        }
        if (placed.starred() && row.rating() instanceof Rating.Given(int stars)) {
            sentences.getChildren().add(Stars.given(room, stars));
        }
        HBox.setHgrow(sentences, Priority.ALWAYS);
        Region hero;
        if (stacked) {
            var below = new HBox(room.em(0.6), mark, sentences);
            below.setAlignment(Pos.CENTER_LEFT);
            hero = new VBox(room.em(0.2), headline, below);
        } else {
            var words = new VBox(room.em(0.3), headline, sentences);
            words.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(words, Priority.ALWAYS);
            var beside = new HBox(room.em(0.9), mark, words);
            beside.setAlignment(Pos.CENTER_LEFT);
            hero = beside;
        }
        hero.getStyleClass().add("hero");
        tone(row.state()).on(hero);
        if (!buttons.isEmpty() && room.look().reach()) {
            String question =
                    asks ? room.texts().say("rate.ask") : RowView.covered(room, RowView.shortTitle(row.name()));
            new Asking(question, buttons).on(hero);
        }
        return hero;
    }

    private Region mark(ReturnState state, boolean large) {
        return switch (state) {
            case ReturnState.Returned(var to) -> place(to, large);
            case ReturnState.ToBin(var to, boolean _) -> place(to, large);
            case ReturnState.Refused refused -> Bin.badge(room, Kind.STAFF, refused.bin(), large);
            case ReturnState.Queued _ -> sign(Icon.WAIT, large);
            case ReturnState.CheckingIn _, ReturnState.Securing _ -> sign(Icon.WORKING, large);
            case ReturnState.PutBack _ -> sign(Icon.PUT_BACK, large);
            case ReturnState.Incomplete _ -> sign(Icon.ATTENTION, large);
        };
    }

    private Region place(Destination to, boolean large) {
        return to.bin().isEmpty() ? sign(Icon.STAFF, large) : Bin.badge(room, to.kind(), to.bin(), large);
    }

    private Region sign(Icon icon, boolean large) {
        if (!large) {
            return RowView.disc(icon);
        }
        double side = room.em(room.profile().compact() ? 3.5 : 5.2);
        var seal = new StackPane(icon.node());
        seal.getStyleClass().add("seal");
        seal.setMinSize(side, side);
        seal.setMaxSize(side, side);
        return seal;
    }

    private static Tone tone(ReturnState state) {
        return switch (state) {
            case ReturnState.Returned(var to) -> Bin.tone(to.kind());
            case ReturnState.ToBin(var to, boolean _) -> Bin.tone(to.kind());
            case ReturnState.Queued _, ReturnState.CheckingIn _, ReturnState.Securing _ -> Tone.WORKING;
            case ReturnState.PutBack _, ReturnState.Incomplete _ -> Tone.ATTENTION;
            case ReturnState.Refused _ -> Tone.STOP;
        };
    }
}
