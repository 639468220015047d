package fi.kimppa.kiosk.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.Receipt.Align;
import fi.kimppa.device.printer.Receipt.Element;
import fi.kimppa.device.printer.Receipt.Style;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.Printout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layout file does what it says, or every fault in it is named with its line and what to write instead. */
class LayoutReaderTest {
    private static Receipt print(String kind, String layout) {
        Printout sample = Objects.requireNonNull(Samples.all().get(kind));
        return new Receipts(Samples.SETTINGS, Samples.MACHINE, 42, Layouts.parse("own.layout", layout))
                .compose(sample, Language.FINNISH);
    }

    @Test
    void laysOutWhatTheFileSays() {
        assertThat(print("transfer-slip", """
                                # Ours.
                                [transfer-slip]
                                centre bold large: {destination}
                                rule
                                right: Kori {bin}!
                                both: {text paper.item} | {machine}
                                blank
                                title bold: {title}
                                qr: {item}
                                cut
                                """).elements())
                .containsExactly(
                        new Element.Text("RAISIO", Align.CENTRE, new Style(true, true)),
                        new Element.Rule(),
                        new Element.Text("Kori 3!", Align.RIGHT, Style.PLAIN),
                        new Element.LeftRight("Nide 3000000042", "naantali-1", Style.PLAIN),
                        new Element.Text("", Align.LEFT, Style.PLAIN),
                        new Element.Text("Muumipappa ja meri / Jansson, Tove", Align.LEFT, Style.BOLD),
                        new Element.Qr("3000000042"),
                        new Element.Cut());
    }

    @Test
    void repeatsAndAsks() {
        assertThat(print("return-receipt", """
                                [return-receipt]
                                left: {returns}: {count paper.pieces returns}
                                each returns
                                  if later
                                    left: {item} myöhemmin
                                  end
                                  if not later
                                    title: {title}
                                  end
                                end
                                if not returns
                                  left: ei mitään
                                end
                                """).elements())
                .containsExactly(
                        new Element.Text("3: 3 kpl", Align.LEFT, Style.PLAIN),
                        new Element.Text("Muumipappa ja meri / Jansson, Tove", Align.LEFT, Style.PLAIN),
                        new Element.Text("3000000115 myöhemmin", Align.LEFT, Style.PLAIN),
                        new Element.Text("Kalevala / Lönnrot, Elias", Align.LEFT, Style.PLAIN));
    }

    @Test
    void leavesOutALineThatComesOutEmpty() {
        assertThat(print("hold-slip-travels", """
                                [hold-slip]
                                left: {alias}
                                both: {bin} {item} | {pickup}
                                """).elements())
                .containsExactly(new Element.LeftRight("5 3000000097", "Lieto", Style.PLAIN));
    }

    @Test
    void laysOutOtherKindsAsTheProductDoes() {
        String layout = "[transfer-slip]\nleft: {bin} {destination} {item}\n";
        assertThat(print("hold-slip", layout))
                .isEqualTo(new Receipts(Samples.SETTINGS, Samples.MACHINE, 42, Layouts.BUILT_IN)
                        .compose(Objects.requireNonNull(Samples.all().get("hold-slip")), Language.FINNISH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            left: {dew}                 | line 2: {dew}: there is no such field here; write one of alias, bin, here, item, library
            left: {borrower}            | line 2: {borrower}: a slip names nobody; {alias} on a hold slip is what the patron chose
            left: {da}                  | line 2: {da}: a slip names nobody
            left: {cy}                  | line 2: {cy}: a slip names nobody
            qr: {card}                  | line 2: {card}: a slip names nobody
            if name;end                 | line 2: if name: a slip names nobody
            left: {here}                | line 2: {here}: can be asked for only: "if here"
            left: {text paper.fone}     | line 2: {text paper.fone}: there is no sentence paper.fone; its keys are in the bundles
            left: {text}                | line 2: {text}: write the key of one sentence, such as {text paper.phone}
            left: {text out.due}        | line 2: {text out.due}: its parameter {date}: there is no such field here
            left: {count paper.pieces}  | line 2: {count paper.pieces}: write a key and what is counted
            left: {bin                  | line 2: {bin: the } is missing
            left:                       | line 2: there is nothing to print; write "blank" for an empty line
            both: {bin}                 | line 2: both: expected a left and a right part with " ; " between them
            middle: {bin}               | line 2: "middle: {bin}": not understood; a line is one of left, centre, right
            left huge: {bin}            | line 2: "left huge: {bin}": not understood
            each loans;end              | line 2: each loans: there is no such list; hold-slip has none
            end                         | line 2: end: there is nothing to end; take it out
            if alias                    | line 2: if alias: has no end; write "end" below its last line
            [hold-slips]                | line 2: [hold-slips]: no such kind; write one of [loan-receipt], [return-receipt], [hold-slip]
            """)
    void namesTheLineAndWhatToWrite(String line, String message) {
        String layout = "[hold-slip]\n" + line.replace(";", "\n") + "\nleft: {bin} {item} {pickup}\n";
        assertThatThrownBy(() -> Layouts.parse("own.layout", layout))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("own.layout, " + message.replace(" ; ", " | "));
    }

    @Test
    void countsANumberThatIsNoList() {
        assertThat(print("day-slip", """
                                [day-slip]
                                left: {day}: {count staff.queue.refused refused}, {waiting}
                                each counts
                                  right: {line}
                                end
                                """).elements())
                .startsWith(new Element.Text("21.11.2026: 1 hylätty, 2", Align.LEFT, Style.PLAIN))
                .contains(new Element.Text("Lainoja 118", Align.RIGHT, Style.PLAIN));
    }

    @Test
    void keepsTheBorrowerOffTheReturnReceipt() {
        for (String field : List.of("name", "borrower", "card", "patron", "aa", "ae", "address", "email")) {
            assertThatThrownBy(() -> Layouts.parse(
                            "own.layout",
                            "[return-receipt]\neach returns\ntitle: {title} {" + field + "}\nif later\nend\nend\n"))
                    .hasMessage("own.layout, line 3: {" + field
                            + "}: a return receipt says nothing about who had the thing; take it out");
        }
    }

    @Test
    void wantsWhatAPaperIsFor() {
        assertThatThrownBy(() -> Layouts.parse("own.layout", "[loan-receipt]\neach loans\ntitle: {title}\nend\n"))
                .hasMessage(
                        "own.layout, line 1: [loan-receipt]: lacks {due} inside \"each loans\", without which it says"
                                + " too little");
        assertThatThrownBy(() -> Layouts.parse("own.layout", "[return-receipt]\neach returns\ntitle: {title}\nend\n"))
                .hasMessageContaining("lacks \"if later\" inside \"each returns\"");
        assertThatThrownBy(() -> Layouts.parse("own.layout", "[transfer-slip]\nleft: {item} {destination}\n"))
                .hasMessageContaining("lacks {bin}, without which");
    }

    @Test
    void findsEveryFaultAtOnce() {
        assertThatThrownBy(() -> Layouts.parse("own.layout", """
                        left: Kirjasto
                        [loan-receipt]
                        each loans
                          each refused
                            title: {titel}
                          end
                          right: {due}
                        [loan-receipt]
                        each loans
                        right: {title} {due}
                        end
                        """))
                .satisfies(fault -> assertThat(
                                String.valueOf(fault.getMessage()).lines())
                        .satisfiesExactly(
                                line -> assertThat(line).contains("line 1: stands before any kind"),
                                line -> assertThat(line)
                                        .contains("line 4: each refused: stands inside another \"each\""),
                                line -> assertThat(line).contains("line 5: {titel}: there is no such field here"),
                                line -> assertThat(line).contains("line 3: each loans: has no end"),
                                line -> assertThat(line).contains("line 2: [loan-receipt]: lacks {title}"),
                                line -> assertThat(line)
                                        .contains("line 8: [loan-receipt]: stands here for the second time")));
    }

    @Test
    void saysThatAFileHasNoLayoutAtAll() {
        assertThatThrownBy(() -> Layouts.parse("own.layout", "# nothing\n"))
                .hasMessage("own.layout, line 1: a layout begins with its kind, such as [loan-receipt]");
        assertThatThrownBy(() -> Layouts.read(Path.of("/nowhere/own.layout")))
                .hasMessageStartingWith("/nowhere/own.layout: cannot be read");
    }
}
