package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.StaffAct;
import fi.kimppa.kiosk.session.StaffPage;
import fi.kimppa.kiosk.text.StaffWording;
import fi.kimppa.kiosk.text.StaffWording.Line;
import fi.kimppa.kiosk.text.StaffWording.Mood;
import fi.kimppa.kiosk.text.Wording.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** The menu of staff who stand here: one page of lines at a time. */
final class StaffScreen extends ListScreen<KioskState.StaffMenu> {
    private final Map<Line, Region> nodes = new HashMap<>();
    private final Button back;
    private final Button close;
    private StaffPage page = StaffPage.MAIN;

    StaffScreen(Room room) {
        super(room);
        this.back = room.touch()
                .button(
                        "staff-back",
                        room.texts().say("staff.overview"),
                        new Choice.Staff(new StaffAct.Open(StaffPage.MAIN)));
        this.close = room.touch()
                .main(
                        "staff-close",
                        Icon.DONE,
                        room.texts().say("common.finish"),
                        new Choice.Staff(new StaffAct.Close()));
    }

    @Override
    public Region content() {
        return list;
    }

    @Override
    public List<Button> actions() {
        return List.of(back, close);
    }

    @Override
    public void show(KioskState.StaffMenu state) {
        if (state.page() != page) {
            page = state.page();
            list.set(List.of());
        }
        List<Line> lines = StaffWording.of(room.texts(), state);
        nodes.keySet().retainAll(lines);
        list.set(lines.stream()
                .map(line -> nodes.computeIfAbsent(line, this::build))
                .toList());
        back.setDisable(state.page() == StaffPage.MAIN);
    }

    private Region build(Line line) {
        return room.brief() ? new FirstThatFits(List.of(row(line), Words.dense(row(line)))) : row(line);
    }

    private Region row(Line line) {
        return RowView.lowest(
                room,
                tone(line.mood()),
                icon(line.mood()),
                line.title(),
                new Said(line.word(), line.lines()),
                line.mood() == Mood.FAULT || line.mood() == Mood.ATTENTION,
                () -> buttons(line));
    }

    private List<Button> buttons(Line line) {
        return line.offers().stream()
                .map(offer -> room.touch().button(offer.id(), offer.label(), new Choice.Staff(offer.act())))
                .toList();
    }

    private static Tone tone(Mood mood) {
        return switch (mood) {
            case WELL -> Tone.DONE;
            case WORKING -> Tone.WORKING;
            case ATTENTION -> Tone.ATTENTION;
            case FAULT -> Tone.STOP;
            case PLAIN -> Tone.PLAIN;
        };
    }

    private Icon icon(Mood mood) {
        return switch (mood) {
            case WELL -> Icon.DONE;
            case WORKING -> Icon.WORKING;
            case ATTENTION -> Icon.ATTENTION;
            case FAULT -> Icon.STOP;
            case PLAIN -> page == StaffPage.BINS ? Icon.BIN : Icon.INFO;
        };
    }

    @Override
    public void hide() {
        list.set(List.of());
        nodes.clear();
    }
}
