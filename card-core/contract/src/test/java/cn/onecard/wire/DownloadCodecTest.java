package cn.onecard.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.HotlistAskFrame.Position;
import cn.onecard.wire.HotlistPageFrame.Listed;
import cn.onecard.wire.proto.HotlistAsk;
import cn.onecard.wire.proto.HotlistPage;
import cn.onecard.wire.proto.LockedCard;
import cn.onecard.wire.proto.TariffAnswer;
import com.google.protobuf.ByteString;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Frames of downloads come back as they went, have the bytes they were released with, and anything else is refused. */
final class DownloadCodecTest {
    private static final CardNo CARD = CardNo.ofDigits("31040000000000000017");
    private static final CardNo OTHER = CardNo.ofDigits("99999999999999999999");
    private static final ByteString BYTES = ByteString.copyFrom(CARD.bytes());

    @Test
    void frames_comeBackAsTheyWent() {
        for (HotlistAskFrame ask : List.of(new HotlistAskFrame(0, 0, Optional.empty()), new HotlistAskFrame(5, 9, Optional.of(new Position(7, CARD))))) {
            assertThat(DownloadCodec.hotlistAsk(DownloadCodec.toProto(ask))).isEqualTo(ask);
        }
        for (HotlistPageFrame page : List.of(new HotlistPageFrame(0, List.of(), List.of(), Optional.empty()),
                new HotlistPageFrame(9, List.of(new Listed(CARD, 2), new Listed(OTHER, 255)), List.of(OTHER), Optional.of(new Position(7, OTHER))))) {
            assertThat(DownloadCodec.hotlistPage(DownloadCodec.toProto(page))).isEqualTo(page);
        }
        LockedFrame locked = new LockedFrame("k-1", TerminalId.ofHex("0A0000000001"), CARD, new EventTime(0x20261125080000L), true);
        assertThat(DownloadCodec.locked(DownloadCodec.toProto(locked))).isEqualTo(locked);
        TariffFrame tariff = new TariffFrame(3, LocalDate.of(2026, 1, 1), "version,3\n");
        assertThat(DownloadCodec.tariff(DownloadCodec.tariffAnswer(Optional.of(tariff)))).contains(tariff);
        assertThat(DownloadCodec.tariff(DownloadCodec.tariffAnswer(Optional.empty()))).isEmpty();
    }

    @Test
    void bytes_areThoseReleased() {
        HotlistPageFrame page = new HotlistPageFrame(9, List.of(new Listed(CARD, 2)), List.of(OTHER), Optional.of(new Position(7, OTHER)));
        assertThat(HexFormat.of().formatHex(DownloadCodec.toProto(page).toByteArray()))
                .isEqualTo("0809120b31040000000000000017021a0a999999999999999999992001280732" + "0a99999999999999999999");
        assertThat(HexFormat.of().formatHex(DownloadCodec.toProto(new HotlistAskFrame(5, 9, Optional.of(new Position(7, CARD)))).toByteArray()))
                .isEqualTo("080510091807220a31040000000000000017");
        assertThat(HexFormat.of().formatHex(DownloadCodec.toProto(new LockedFrame("k", TerminalId.ofHex("0A0000000001"), CARD, new EventTime(0x20261125080000L), true))
                .toByteArray())).isEqualTo("0a016b110100000000" + "0a00001a0a3104000000000000001721000008251126200028" + "01");
    }

    @Test
    void messages_thatAreNone_areRefused() {
        refused(() -> DownloadCodec.hotlistAsk(HotlistAsk.newBuilder().setHave(-1).build()));
        refused(() -> DownloadCodec.hotlistAsk(HotlistAsk.newBuilder().setUpTo(3).build()));
        refused(() -> DownloadCodec.hotlistAsk(HotlistAsk.newBuilder().setAfterVersion(3).setAfterCard(BYTES).build()));
        refused(() -> DownloadCodec.hotlistAsk(HotlistAsk.newBuilder().setHave(9).setUpTo(3).setAfterVersion(3).setAfterCard(BYTES).build()));
        refused(() -> DownloadCodec.hotlistAsk(HotlistAsk.newBuilder().setUpTo(3).setAfterVersion(3).setAfterCard(BYTES.substring(1)).build()));
        refused(() -> DownloadCodec.hotlistPage(HotlistPage.newBuilder().setListed(BYTES).build()));
        refused(() -> DownloadCodec.hotlistPage(HotlistPage.newBuilder().setUnlisted(BYTES.substring(1)).build()));
        refused(() -> DownloadCodec.hotlistPage(HotlistPage.newBuilder().setMore(true).build()));
        refused(() -> DownloadCodec.hotlistPage(HotlistPage.newBuilder().setListed(BYTES.concat(ByteString.copyFrom(new byte[1]))).build()));
        refused(() -> DownloadCodec.hotlistPage(HotlistPage.newBuilder().setUnlisted(ByteString.copyFrom(HexFormat.of().parseHex("3104000000000000000a"))).build()));
        refused(() -> DownloadCodec.locked(LockedCard.newBuilder().setKey("k").setCardNo(BYTES).setPsamNo(-1).build()));
        refused(() -> DownloadCodec.locked(LockedCard.newBuilder().setKey("").setCardNo(BYTES).build()));
        refused(() -> DownloadCodec.tariff(TariffAnswer.newBuilder().setVersion(3).setValidFrom("never").setBody("x").build()));
    }

    private static void refused(Runnable reading) {
        assertThatThrownBy(reading::run).isInstanceOf(MalformedFrame.class);
    }
}
