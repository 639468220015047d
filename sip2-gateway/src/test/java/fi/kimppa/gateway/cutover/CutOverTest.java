package fi.kimppa.gateway.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.cutover.CutOver.End;
import fi.kimppa.gateway.cutover.CutOver.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOverTest {
    private static final Instant FREEZE = Instant.parse("2026-11-28T06:00:00Z");
    private static final Instant MOVE = Instant.parse("2026-11-28T12:00:00Z");

    private static CutOver ended(String state) {
        return new CutOver(
                1,
                "SOTKAMO",
                "old",
                "new",
                FREEZE,
                MOVE,
                "eeva",
                FREEZE,
                state.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new End(State.valueOf(state), "eeva", MOVE.plusSeconds(60))));
    }

    private static String text(Turn turn) {
        return switch (turn) {
            case Turn.One(String system) -> system;
            case Turn.Both(String system, String then) -> system + ", then " + then;
            case Turn.Nobody(Instant until) ->
                until.equals(MOVE) ? "nobody until the cut-over" : "nobody until " + until;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-28T05:59:59Z |             | PLANNED     | old | old            | old                       | old
            2026-11-28T06:00:00Z |             | FROZEN      | old | old            | nobody until the cut-over | nobody until the cut-over
            2026-11-28T11:59:59Z |             | FROZEN      | old | old            | nobody until the cut-over | nobody until the cut-over
            2026-11-28T12:00:00Z |             | OVER        | new | new, then old  | new, then old             | new
            2026-12-24T12:00:00Z |             | OVER        | new | new, then old  | new, then old             | new
            2026-12-24T12:00:00Z | FINISHED    | FINISHED    | new | new            | new                       | new
            2026-12-24T12:00:00Z | ROLLED_BACK | ROLLED_BACK | old | old            | old                       | old
            2026-11-28T07:00:00Z | ROLLED_BACK | ROLLED_BACK | old | old            | old                       | old
            """)
    void saysWhoIsAskedByMomentAndErrand(
            Instant now, String ended, State state, String system, String question, String returned, String change) {
        CutOver cutOver = ended(ended == null ? "" : ended);
        assertThat(cutOver.state(now)).isEqualTo(state);
        assertThat(cutOver.system(now)).isEqualTo(system);
        assertThat(text(cutOver.turn(Errand.QUESTION, now))).isEqualTo(question);
        assertThat(text(cutOver.turn(Errand.RETURN, now))).isEqualTo(returned);
        assertThat(text(cutOver.turn(Errand.CHANGE, now))).isEqualTo(change);
        assertThat(cutOver.underWay(now)).isEqualTo(state == State.FROZEN || state == State.OVER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            1720261124    193000AOT|AB1|; QUESTION
            2300020261124    193000AOT|AA1|AC|AD|; QUESTION
            6300020261124    193000          AOT|AA1|AC|AD|; QUESTION
            3520261124    193000AOT|AA1|; QUESTION
            09N20261124    19300020261124    193000APT|AOT|AB1|AC|; RETURN
            09N20261124    19300020261124    193000APT|AOT|AB1|AC|BIN|; RETURN
            09Y20261124    19300020261124    193000APT|AOT|AB1|AC|; RETURN
            09N20261124    19300020261124    193000APT|AOT|AB1|AC|BIY|; CHANGE
            11NN20261124    193000                  AOT|AA1|AB1|AC|; CHANGE
            11NY20261124    193000                  AOT|AA1|AB1|AC|; CHANGE
            29NN20261124    193000                  AOT|AA1|AB1|; CHANGE
            6520261124    193000AOT|AA1|; CHANGE
            15+20261124    193000AOT|AA1|AB1|; CHANGE
            3720261124    1930000100EURBV2.40|AOT|AA1|; CHANGE
            01N20261124    193000AOT|ALx|AA1|AC|; CHANGE
            2520261124    193000AOT|AA1|AC|; CHANGE
            1920261124    193000AOT|AB1|AC|CHx|; CHANGE
            """)
    void knowsWhatARequestWants(String line, Errand errand) {
        assertThat(Errand.of(Asking.request(line))).isEqualTo(errand);
    }
}
