package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.HotlistPageFrame.Listed;
import cn.onecard.wire.proto.HotlistAsk;
import cn.onecard.wire.proto.HotlistPage;
import cn.onecard.wire.proto.LockedCard;
import cn.onecard.wire.proto.TariffAnswer;
import cn.onecard.wire.proto.TariffAsk;
import com.google.protobuf.ByteString;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between the frames of downloads and the protobuf messages of {@code download.proto}. What reads a message throws
 *  {@link MalformedFrame} if any field has a wrong length or range, naming the field. */
public final class DownloadCodec {
    private static final int LISTED_BYTES = CardNo.BYTES + 1;

    private DownloadCodec() {}

    /** The message for a frame. */
    public static HotlistAsk toProto(HotlistAskFrame frame) {
        HotlistAsk.Builder ask = HotlistAsk.newBuilder().setHave(frame.have()).setUpTo(frame.upTo());
        frame.after().ifPresent(after -> ask.setAfterVersion(after.version()).setAfterCard(ByteString.copyFrom(after.card().bytes())));
        return ask.build();
    }

    /** The frame in a message. */
    public static HotlistAskFrame hotlistAsk(HotlistAsk ask) {
        return new HotlistAskFrame(ask.getHave(), ask.getUpTo(), position(ask.getAfterVersion(), ask.getAfterCard()));
    }

    /** The message for a frame. */
    public static HotlistPage toProto(HotlistPageFrame frame) {
        ByteString.Output listed = ByteString.newOutput(frame.listed().size() * LISTED_BYTES);
        frame.listed().forEach(one -> {
            listed.write(one.card().bytes(), 0, CardNo.BYTES);
            listed.write(one.reason());
        });
        ByteString.Output unlisted = ByteString.newOutput(frame.unlisted().size() * CardNo.BYTES);
        frame.unlisted().forEach(card -> unlisted.write(card.bytes(), 0, CardNo.BYTES));
        HotlistPage.Builder page = HotlistPage.newBuilder().setUpTo(frame.upTo()).setListed(listed.toByteString()).setUnlisted(unlisted.toByteString())
                .setMore(frame.next().isPresent());
        frame.next().ifPresent(next -> page.setAfterVersion(next.version()).setAfterCard(ByteString.copyFrom(next.card().bytes())));
        return page.build();
    }

    /** The frame in a message. */
    public static HotlistPageFrame hotlistPage(HotlistPage page) {
        if (page.getUpTo() < 0 || page.getListed().size() % LISTED_BYTES != 0 || page.getUnlisted().size() % CardNo.BYTES != 0) {
            throw new MalformedFrame("listed or unlisted is cut off");
        }
        List<Listed> listed = new ArrayList<>();
        for (int at = 0; at < page.getListed().size(); at += LISTED_BYTES) {
            listed.add(new Listed(cardNo("listed", page.getListed().substring(at, at + CardNo.BYTES)), page.getListed().byteAt(at + CardNo.BYTES) & 0xFF));
        }
        List<CardNo> unlisted = new ArrayList<>();
        for (int at = 0; at < page.getUnlisted().size(); at += CardNo.BYTES) {
            unlisted.add(cardNo("unlisted", page.getUnlisted().substring(at, at + CardNo.BYTES)));
        }
        Optional<HotlistAskFrame.Position> next = position(page.getAfterVersion(), page.getAfterCard());
        if (page.getMore() != next.isPresent()) {
            throw new MalformedFrame("more and after_card do not go together");
        }
        return new HotlistPageFrame(page.getUpTo(), listed, unlisted, next);
    }

    /** The message for a frame. */
    public static LockedCard toProto(LockedFrame frame) {
        return LockedCard.newBuilder().setKey(frame.key()).setPsamNo(frame.terminal().value()).setCardNo(ByteString.copyFrom(frame.card().bytes()))
                .setEventAtBcd(frame.at().bcd()).setLocked(frame.isLocked()).build();
    }

    /** The frame in a message. */
    public static LockedFrame locked(LockedCard card) {
        try {
            return new LockedFrame(card.getKey(), new TerminalId(card.getPsamNo()), cardNo("card_no", card.getCardNo()), new EventTime(card.getEventAtBcd()), card.getLocked());
        } catch (IllegalArgumentException e) {
            throw new MalformedFrame(String.valueOf(e.getMessage()));
        }
    }

    /** The message for a fare table; empty if there is none. */
    public static TariffAnswer tariffAnswer(Optional<TariffFrame> tariff) {
        return tariff.map(one -> TariffAnswer.newBuilder().setVersion(one.version()).setValidFrom(one.validFrom().toString()).setBody(one.body()).build())
                .orElseGet(TariffAnswer::getDefaultInstance);
    }

    /** The fare table in a message, or empty if it says that there is none. */
    public static Optional<TariffFrame> tariff(TariffAnswer answer) {
        if (answer.getVersion() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TariffFrame(answer.getVersion(), LocalDate.parse(answer.getValidFrom()), answer.getBody()));
        } catch (DateTimeException e) {
            throw new MalformedFrame("valid_from is no date");
        }
    }

    /** The version after which the next fare table is asked for. */
    public static int tariffAsk(TariffAsk ask) {
        if (ask.getAfterVersion() < 0) {
            throw new MalformedFrame("after_version is below 0");
        }
        return ask.getAfterVersion();
    }

    private static Optional<HotlistAskFrame.Position> position(long version, ByteString card) {
        if (card.isEmpty() && version == 0) {
            return Optional.empty();
        }
        return Optional.of(new HotlistAskFrame.Position(version, cardNo("after_card", card)));
    }

    private static CardNo cardNo(String field, ByteString bytes) {
        try {
            return CardNo.ofBytes(bytes.toByteArray());
        } catch (IllegalArgumentException e) {
            throw new MalformedFrame(field + " is no card number");
        }
    }
}
