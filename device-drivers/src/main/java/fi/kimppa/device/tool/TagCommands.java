package fi.kimppa.device.tool;

import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagDump;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.TagWrite;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagCodec;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.TypeOfUsage;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kimppa-devices tag}: one tag's memory. Each method is a command. */
@Command(name = "tag", mixinStandardHelpOptions = true, description = "Reads, writes, dumps and decodes tags.")
final class TagCommands {
    private final PrintStream out;

    TagCommands(PrintStream out) {
        this.out = out;
    }

    @Command(description = "Says what one tag on the pad says.")
    int read(@Mixin Target target, @Parameters(paramLabel = "UID") String uid) {
        return target.use(RfidPad::open, pad -> {
            PadTag tag = onPad(pad.read(uid(uid)), uid);
            described(tag.content(), Optional.of(tag), target.json());
            return Exit.DONE;
        });
    }

    @Command(description = "Shows every byte of one tag on the pad.")
    int dump(@Mixin Target target, @Parameters(paramLabel = "UID") String uid) {
        return target.use(RfidPad::open, pad -> {
            TagDump dump = onPad(pad.dump(uid(uid)), uid);
            if (target.json()) {
                new Listing("uid", "dsfid", "afi", "blockSize", "memory")
                        .row(
                                dump.uid(),
                                hex(dump.dsfid()),
                                dump.afi().map(TagCommands::hex).orElse("-"),
                                dump.blockSize(),
                                HexFormat.of().withUpperCase().formatHex(dump.memory()))
                        .print(out, true);
                return Exit.DONE;
            }
            out.println("UID " + dump.uid() + ", DSFID " + hex(dump.dsfid()) + ", AFI "
                    + dump.afi().map(TagCommands::hex).orElse("not told")
                    + dump.security().map(state -> " (" + state + ")").orElse(""));
            out.print(dump.blocks());
            out.println(TagText.what(TagCodec.decode(dump.dsfid(), dump.memory())));
            return Exit.DONE;
        });
    }

    @Command(description = "Writes an item onto one tag on the pad, and reads it back. The security is not touched.")
    int write(
            @Mixin Target target,
            @Parameters(paramLabel = "UID") String uid,
            @Option(names = "--item", required = true, description = "The item's number.") String item,
            @Option(names = "--owner", description = "ISIL, for example FI-Turku.") Optional<String> owner,
            @Option(names = "--part", defaultValue = "1/1", description = "For example 2/3 (default ${DEFAULT-VALUE}).")
                    String part,
            @Option(
                            names = "--model",
                            defaultValue = "ISO_28560_2",
                            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
                    TagModel model,
            @Option(names = "--overwrite", description = "Also a tag that says another item's number.") boolean force) {
        if (!part.matches("\\d{1,3}/\\d{1,3}")) {
            throw new ToolException(Exit.USAGE, "Expected --part as 2/3, found '" + part + "'");
        }
        String[] numbers = part.split("/", 2);
        byte[] memory;
        try {
            memory = TagCodec.encode(new ItemTag(
                    item,
                    owner,
                    Integer.parseInt(numbers[1]),
                    Integer.parseInt(numbers[0]),
                    Optional.of(TypeOfUsage.CIRCULATION_ITEM),
                    model));
        } catch (IllegalArgumentException e) {
            throw new ToolException(Exit.USAGE, String.valueOf(e.getMessage()));
        }
        return target.use(RfidPad::open, pad -> {
            PadTag before = onPad(pad.read(uid(uid)), uid);
            if (!force
                    && before.item()
                            .filter(other -> !other.identifier().equals(item))
                            .isPresent()) {
                out.println("It says " + TagText.what(before.content()) + "; --overwrite writes all the same.");
                return Exit.REFUSED;
            }
            return switch (pad.write(uid(uid), model.dsfid(), memory)) {
                case TagWrite.Written(int blocks) ->
                    said("Written and read back; blocks changed: " + blocks, Exit.DONE);
                case TagWrite.TagGone() -> said("The tag was lifted; what was written so far stays.", Exit.REFUSED);
                case TagWrite.Failed(var reason, int block) ->
                    said("Block " + block + " could not be written: " + reason, Exit.REFUSED);
            };
        });
    }

    @Command(description = "Decodes the memory of a tag, without any device.")
    int decode(
            @Parameters(paramLabel = "HEX", description = "From block 0 on; blanks are passed over.") String[] hex,
            @Option(
                            names = "--dsfid",
                            defaultValue = "00",
                            description = "Two hexadecimal digits (default 00: unknown).")
                    String dsfid,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        try {
            byte[] memory = HexFormat.of().parseHex(String.join("", hex).replaceAll("[\\s:-]", ""));
            TagContent content = TagCodec.decode(Integer.parseInt(dsfid, 16), memory);
            described(content, Optional.empty(), json);
            return content instanceof TagContent.Unreadable ? Exit.REFUSED : Exit.DONE;
        } catch (IllegalArgumentException e) {
            throw new ToolException(Exit.USAGE, "Expected pairs of hexadecimal digits: " + e.getMessage());
        }
    }

    private void described(TagContent content, Optional<PadTag> tag, boolean json) {
        var listing = new Listing("what", "value");
        tag.ifPresent(lying -> listing.row("uid", lying.uid())
                .row("dsfid", hex(lying.dsfid()))
                .row("security", lying.security().map(Enum::name).orElse("unknown")));
        listing.row("content", TagText.what(content));
        if (content instanceof TagContent.Decoded(ItemTag item, boolean reversed)) {
            listing.row("owner", item.owner().orElse("-"))
                    .row("part", TagText.part(item))
                    .row(
                            "usage",
                            item.usage()
                                    .map(usage -> usage.category().name().toLowerCase(Locale.ROOT))
                                    .orElse("-"))
                    .row("model", item.model())
                    .row("blocks", reversed ? "last byte first" : "memory order");
        }
        listing.print(out, json);
    }

    /** What {@code kimppa-devices security} does: the identifier is what lies there now. */
    int secure(RfidPad pad, String uid, boolean on) {
        PadTag tag = onPad(pad.read(uid(uid)), uid);
        if (tag.item().isEmpty()) {
            return said("No library tag: " + TagText.what(tag.content()), Exit.REFUSED);
        }
        TagSecurity wanted = on ? TagSecurity.SECURED : TagSecurity.UNSECURED;
        return switch (pad.setSecurity(tag.uid(), tag.item().get().identifier(), wanted)) {
            case SecurityWrite.Verified(boolean written) ->
                said(wanted + (written ? ", written and read back." : " already."), Exit.DONE);
            case SecurityWrite.TagGone() -> said("The tag was lifted.", Exit.REFUSED);
            case SecurityWrite.Failed(var reason) -> said("Not changed: " + reason, Exit.REFUSED);
        };
    }

    private int said(String text, int exitCode) {
        out.println(text);
        return exitCode;
    }

    private static <T> T onPad(Optional<T> answer, String uid) {
        return answer.orElseThrow(() -> new ToolException(Exit.REFUSED, "No tag " + uid + " answers on this pad."));
    }

    private static Uid uid(String text) {
        try {
            return Uid.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ToolException(Exit.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static String hex(int value) {
        return "%02X".formatted(value);
    }
}
