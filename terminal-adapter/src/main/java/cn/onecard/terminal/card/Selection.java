package cn.onecard.terminal.card;

import cn.onecard.terminal.card.CardFamily.Step;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A purse that was selected, with the public file if it came on the way. */
final class Selection {
    private static final byte[] ENVIRONMENT = "2PAY.SYS.DDF01".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG_PUBLIC_DATA = 0x9F0C;
    private static final int PUBLIC_DATA = 0x15;

    private final CardLink link;
    private final CardFamily family;
    private final byte @Nullable [] publicFile;

    private Selection(CardLink link, CardFamily family, byte @Nullable [] publicFile) {
        this.link = link;
        this.family = family;
        this.publicFile = publicFile;
    }

    /** Selects the payment environment, whose refusal means nothing, then the first family that the card knows.
     *
     *  @throws CardRefused with {@link StatusWord#NOT_FOUND} if it knows none, with {@link StatusWord#BLOCKED} if one is blocked */
    static Selection of(CardLink link, List<CardFamily> families) throws ReaderFault, CardRefused {
        attempt(link, new Step.Name(HexFormat.of().formatHex(ENVIRONMENT)));
        for (CardFamily family : families) {
            Optional<Selection> found = find(link, family);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw CardRefused.status("SELECT", 0x6A82);
    }

    private static Optional<Selection> find(CardLink link, CardFamily family) throws ReaderFault, CardRefused {
        byte[] publicFile = null;
        for (Step step : family.select()) {
            Optional<byte[]> answer = attempt(link, step);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            if (step instanceof Step.Read) {
                publicFile = answer.get();
            } else if (publicFile == null) {
                publicFile = Tlv.find(answer.get(), TAG_PUBLIC_DATA).orElse(null);
            }
        }
        return Optional.of(new Selection(link, family, publicFile));
    }

    CardFamily family() {
        return family;
    }

    PublicData publicData() throws ReaderFault, CardRefused {
        byte[] file = publicFile != null ? publicFile : ReadBinary.send(link, PUBLIC_DATA, family.layout().length());
        return PublicData.parse(file, family.layout());
    }

    private static Optional<byte[]> attempt(CardLink link, Step step) throws ReaderFault, CardRefused {
        try {
            return Optional.of(switch (step) {
                case Step.Name name -> SelectByName.send(link, HexFormat.of().parseHex(name.hex()));
                case Step.File file -> SelectByFileId.send(link, file.id());
                case Step.Read read -> ReadBinary.send(link, read.sfi(), 0);
            });
        } catch (CardRefused refused) {
            if (refused.status() == StatusWord.BLOCKED && step instanceof Step.Name) {
                throw refused;
            }
            return Optional.empty();
        }
    }
}
