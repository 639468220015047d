package fi.kimppa.kiosk.desk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.simulator.DeskSnapshot;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.kiosk.screen.Windows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The desk's window: what a hand does there happens on the desk. */
class DeskWindowTest {
    private final ServerSocket vpcd;
    private final Desk desk;
    private final Scene scene;

    DeskWindowTest() throws IOException {
        vpcd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        desk = Desk.start(DeskOptions.parse("--vpcd-port=" + vpcd.getLocalPort()));
        DeskWindow.open(desk, () -> {});
        scene = Windows.onFxThread(() -> Window.getWindows().getLast().getScene());
    }

    @AfterEach
    void close() throws IOException {
        Windows.onFxThread(() -> {
            scene.getWindow().hide();
            return true;
        });
        desk.close();
        vpcd.close();
    }

    private DeskSnapshot now() {
        return desk.kiosk().snapshot();
    }

    private void press(String id) {
        Windows.onFxThread(() -> {
            ((ButtonBase) scene.lookup("#" + id)).fire();
            return true;
        });
    }

    /** Controls that a person uses, as they stand in the window. */
    private List<Control> controls() {
        Set<Node> all = scene.getRoot().lookupAll("*");
        return all.stream()
                .filter(node -> node instanceof ButtonBase || node instanceof ComboBoxBase || node instanceof TextField)
                .filter(node -> node.getId() != null)
                .map(Control.class::cast)
                .toList();
    }

    @Test
    void showsEveryControlWholeWithinTheReachOfTheKeyboardAndNoTwoOfThemAtOnePlace() {
        for (String id :
                List.of("lay-pile", "door-exit", "door-pull", "door-tamper", "cutter", "cover", "reader-lay")) {
            press(id);
        }
        desk.kiosk().printer().setPaper(Paper.ENOUGH);
        Windows.onFxThread(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            List<Control> controls = controls();
            assertThat(controls).hasSizeGreaterThan(30).allMatch(Node::isFocusTraversable);
            for (Control control : controls) {
                Bounds place = control.localToScene(control.getLayoutBounds());
                assertThat(place.getMaxX()).as(control.getId()).isLessThanOrEqualTo(scene.getWidth() - 16);
                assertThat(place.getMaxY()).as(control.getId()).isLessThanOrEqualTo(scene.getHeight() - 16);
                assertThat(control.getWidth())
                        .as("room for the text of %s", control.getId())
                        .isGreaterThanOrEqualTo(control.prefWidth(-1) - 1);
                for (Control other : controls) {
                    assertThat(other.equals(control) || !place.intersects(other.localToScene(other.getLayoutBounds())))
                            .as("%s beside %s", control.getId(), other.getId())
                            .isTrue();
                }
            }
            return true;
        });
    }

    @Test
    void doesAtTheDeskWhatAHandDoesInTheWindow() {
        press("door-exit");
        assertThat(now().door().letOut()).isTrue();
        press("door-pull");
        assertThat(now().door().open()).isTrue();
        press("door-tamper");
        assertThat(now().door().tampered()).isTrue();
        press("door-tamper");
        assertThat(now().door().tampered()).isFalse();
        press("cutter");
        assertThat(now().printer().cutterStopped()).isTrue();
        press("cover");
        assertThat(now().printer().coverOpen()).isTrue();
        press("book-3000000066");
        assertThat(now().pad().tags()).hasSize(3);
        press("pad-plug");
        assertThat(now().pad().plugged()).isFalse();
    }

    @Test
    void laysACardOnTheContactlessReaderAndSaysWhenThereIsNone() throws IOException {
        press("reader-lay");
        assertThat(now().card().uid()).contains("04012345");
        press("reader-lay");
        assertThat(now().card().uid()).isEmpty();
        vpcd.close();
        press("reader-lay");
        assertThat(now().card().uid()).isEmpty();
        Windows.onFxThread(() -> {
            assertThat(((ToggleButton) scene.lookup("#reader-lay")).isSelected())
                    .isFalse();
            assertThat(scene.getRoot().lookupAll(".state").stream().map(node -> ((Label) node).getText()))
                    .anyMatch(text -> text.contains("vsmartcard-vpcd does not run"));
            return true;
        });
    }
}
