package fi.kimppa.gateway.circulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.cutover.NumberMaps;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.Response;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is noted before a renewal in a library system that counts each: without it a repeat would use up one more. */
class RenewalNoteTest {
    private static final Renew RENEWAL =
            (Renew) Asking.request("29NN20261124    19300020261124    193000AOTURKU|AA2000012345|AB3000000097|");

    private final Journal journal = mock(Journal.class);
    private final LibrarySystem system = mock(LibrarySystem.class);
    private final PromisedLoans loans = new PromisedLoans(
            journal,
            mock(Claims.class),
            new Inquiry(mock(Router.class), mock(NumberMaps.class), Clock.systemUTC()),
            Clock.systemUTC());

    @BeforeEach
    void countsEach() {
        when(system.backend()).thenReturn(mock(TranslatedBackend.class));
    }

    @Test
    void isNotMadeWhereTheDueDateCannotBeAskedFor() {
        when(system.call(any())).thenReturn(new Outcome.NotDone<>());

        assertThat(loans.noteDue(1, RENEWAL, system, BackHalf.TURKU)).isFalse();

        verifyNoInteractions(journal);
    }

    @Test
    void notesTheDueDate() {
        answers("AH20261208    235900|");

        assertThat(loans.noteDue(1, RENEWAL, system, BackHalf.TURKU)).isTrue();

        verify(journal).dueBefore(1, "20261208    235900");
    }

    @Test
    void isMadeWhereTheLibrarySystemSaysNoDueDate() {
        answers("");

        assertThat(loans.noteDue(1, RENEWAL, system, BackHalf.TURKU)).isTrue();

        verifyNoInteractions(journal);
    }

    private void answers(String more) {
        when(system.call(any()))
                .thenReturn(new Outcome.Answered<>(
                        JournalReader.frame("1804000120261124    193000AB3000000097|AJTitle|" + more)
                                .map(Response::from)
                                .orElseThrow()));
    }
}
