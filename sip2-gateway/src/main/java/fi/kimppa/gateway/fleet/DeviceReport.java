package fi.kimppa.gateway.fleet;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal says of itself: a snapshot of all its devices and what happened since the last report. Words are
 * taken as they are, so that a newer terminal may say what this gateway has no text for.
 *
 * @param sequence rises by one per report
 * @param at by the terminal's clock
 * @param software version
 * @param state what the terminal is doing
 * @param spooled accepted returns and loans that wait for the gateway
 * @param pendingSecurity tags whose security is still to be written
 * @param devices all of them
 * @param events each once, by id
 * @param tagOrders of a terminal that writes tags when it is told to; nothing from others
 * @param spooledLoans how many of what waits are loans; nothing from a terminal that makes none without connection
 * @param configuration of a kiosk that takes settings from here; nothing from others
 * @param run the process of a kiosk that can be told to start anew; nothing from others
 */
record DeviceReport(
        @Min(0) long sequence,
        @NotNull Instant at,
        @NotNull @Size(max = 40) String software,
        @NotNull @Pattern(regexp = WORD) String state,
        @Min(0) int spooled,
        @Min(0) int pendingSecurity,
        @NotNull @Size(max = 20) List<@Valid @NotNull Device> devices,
        @NotNull @Size(max = 500) List<@Valid @NotNull Event> events,
        @Valid @Nullable TagWork tagOrders,
        @Min(0) @Nullable Integer spooledLoans,
        @Valid @Nullable Configuration configuration,
        @Nullable UUID run) {
    static final String VERSION = "[0-9a-f]{0,16}";
    static final String WORD = "[A-Z][A-Z0-9_]{0,39}";

    /**
     * One device.
     *
     * @param device name within the terminal
     * @param kind what it is
     * @param status READY, DEGRADED or ABSENT
     * @param reason why not ready; NONE
     * @param since when it entered this status
     */
    record Device(
            @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,39}")
            String device,

            @NotNull @Pattern(regexp = WORD) String kind,
            @NotNull @Pattern(regexp = WORD) String status,
            @NotNull @Pattern(regexp = WORD) String reason,
            @NotNull Instant since) {}

    /**
     * Something that happened.
     *
     * @param id made by the terminal
     * @param at by the terminal's clock
     * @param kind what
     * @param detail an item number, what a staff card is called or nothing; never a person
     */
    record Event(
            @NotNull UUID id,
            @NotNull Instant at,
            @NotNull @Pattern(regexp = WORD) String kind,
            @NotNull @Size(max = 200) String detail) {}

    /**
     * What a kiosk says of the settings that it got from here; versions, empty for none.
     *
     * @param running by which it serves people
     * @param accepted the newest that it found good; taken when nobody is there
     * @param refused the newest that it did not
     * @param why what is wrong with that one, a line each
     */
    record Configuration(
            @NotNull @Pattern(regexp = VERSION) String running,
            @NotNull @Pattern(regexp = VERSION) String accepted,
            @NotNull @Pattern(regexp = VERSION) String refused,
            @NotNull @Size(max = 1000) String why) {}

    /**
     * What a terminal says of its orders to write tags.
     *
     * @param run the process: an order is given to one only
     * @param ended what came of orders; said again until a gateway has taken it
     */
    record TagWork(
            @NotNull UUID run, @NotNull @Size(max = 50) List<@Valid @NotNull Ended> ended) {}

    /**
     * What came of an order.
     *
     * @param outcome a word
     * @param uid of the tag, if something was or may have been written; else empty
     */
    record Ended(
            @NotNull UUID id,
            @NotNull @Pattern(regexp = WORD) String outcome,
            @NotNull @Pattern(regexp = "[0-9A-F]{0,16}") String uid) {}
}
