package cn.onecard.engine.flow;

import cn.onecard.engine.card.HotlistTable;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.office.CardAsk;
import cn.onecard.engine.office.CardChange;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.receive.DownloadDesk;
import cn.onecard.engine.receive.ReceivedCall;
import cn.onecard.wire.HotlistAskFrame;
import cn.onecard.wire.HotlistPageFrame;
import cn.onecard.wire.HotlistPageFrame.Listed;
import cn.onecard.wire.LockedFrame;
import cn.onecard.wire.MalformedFrame;
import cn.onecard.wire.TariffFrame;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What terminals fetch (终端下载): the hotlist page by page, fare tables one by one; and the cards that they met on it. */
public final class TerminalDownloads implements DownloadDesk {
    /** Cards of a page: 176 kB, below what a client takes in one message. */
    static final int PAGE = 16_000;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final HotlistTable hotlist;
    private final RegisterTable register;
    private final CardDesk cards;
    private final Clock clock;

    public TerminalDownloads(HotlistTable hotlist, RegisterTable register, CardDesk cards, Clock clock) {
        this.hotlist = hotlist;
        this.register = register;
        this.cards = cards;
        this.clock = clock;
    }

    @Override
    public HotlistPageFrame fetchHotlist(ReceivedCall<HotlistAskFrame> call) {
        HotlistAskFrame ask = call.frame();
        long version = hotlist.version();
        if (ask.have() > version || ask.upTo() > version) {
            throw new MalformedFrame("the list has version " + version + ", and none above it");      // of another city, or from before a restored backup
        }
        long upTo = ask.upTo() == 0 ? version : ask.upTo();
        List<HotlistTable.Entry> page = hotlist.read(ask.have(), upTo, ask.after().map(one -> new HotlistTable.Position(one.version(), one.card())), LocalDate.ofInstant(clock.instant(), CHINA), PAGE);
        List<Listed> listed = page.stream().filter(one -> one.state().isListed()).map(one -> new Listed(one.card(), one.state().code())).toList();
        Optional<HotlistAskFrame.Position> next = page.size() < PAGE ? Optional.empty()
                : Optional.of(new HotlistAskFrame.Position(page.getLast().version(), page.getLast().card()));
        return new HotlistPageFrame(upTo, listed, page.stream().filter(one -> !one.state().isListed()).map(HotlistTable.Entry::card).toList(), next);
    }

    @Override
    public Optional<TariffFrame> fetchTariff(ReceivedCall<Integer> afterVersion) {
        return register.findTariffAfter(afterVersion.frame()).map(one -> new TariffFrame(one.version(), one.validFrom(), one.body()));
    }

    @Override
    public boolean reportLocked(ReceivedCall<LockedFrame> call) {
        LockedFrame frame = call.frame();
        CardChange met = new CardChange.Locked(frame.terminal(), frame.isLocked());
        CardAsk ask = new CardAsk(CallKey.ofCaller(call.gateway(), frame.key()), frame.card(), met, new CardAsk.Because(call.gateway(), "on the hotlist at " + frame.at()),
                clock.instant());
        return switch (cards.act(ask)) {
            case CardAnswer.Done _ -> true;
            case CardAnswer.No no -> switch (no.reason()) {
                case CARD_UNKNOWN -> false;
                case KEY_CONFLICT -> throw new MalformedFrame("key was used for something else");
                case CARD_STATE_FORBIDS, NEW_CARD_NOT_FRESH, NOTHING_CHANGES, FACE_ABOVE_BOOKS -> throw new IllegalStateException("a report was refused: " + no.reason());
            };
        };
    }
}
