package fi.kimppa.kiosk.screen;

import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.Question;
import fi.kimppa.kiosk.text.QuestionWording;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** A question over whatever the kiosk is doing. It covers the titles beneath: whoever has come may be somebody else. */
final class QuestionScreen implements Screen<KioskState> {
    private final Room room;
    private final Message message;
    private final Button no;
    private final Button yes;

    QuestionScreen(Room room) {
        this.room = room;
        this.message = new Message(room);
        this.no = room.touch().button("answer-no", Icon.STOP, room.texts().say("common.no"), new Choice.Answer(false));
        this.yes = room.touch().main("answer-yes", Icon.DONE, room.texts().say("common.yes"), new Choice.Answer(true));
    }

    @Override
    public Region content() {
        return message.whole();
    }

    @Override
    public List<Button> actions() {
        return List.of(no, yes);
    }

    @Override
    public void show(KioskState state) {
        state.question().ifPresent(this::ask);
    }

    private void ask(Question question) {
        List<String> about = new ArrayList<>(QuestionWording.about(room.texts(), question));
        if (!room.brief()) {
            QuestionWording.title(question).ifPresent(title -> about.addFirst(RowView.title(room, title)));
        }
        message.say(
                Tone.ATTENTION,
                Icon.QUESTION,
                QuestionWording.asked(room.texts(), question),
                QuestionWording.askedBriefly(room.texts(), question),
                room.profile().compact() ? QuestionWording.aboutBriefly(about, question) : about);
    }
}
