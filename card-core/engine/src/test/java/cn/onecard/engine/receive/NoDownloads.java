package cn.onecard.engine.receive;

import cn.onecard.wire.HotlistAskFrame;
import cn.onecard.wire.HotlistPageFrame;
import cn.onecard.wire.LockedFrame;
import cn.onecard.wire.TariffFrame;
import java.util.List;
import java.util.Optional;

/** Nothing is listed, and no card is known. */
final class NoDownloads implements DownloadDesk {
    @Override
    public HotlistPageFrame fetchHotlist(ReceivedCall<HotlistAskFrame> call) {
        return new HotlistPageFrame(0, List.of(), List.of(), Optional.empty());
    }

    @Override
    public Optional<TariffFrame> fetchTariff(ReceivedCall<Integer> afterVersion) {
        return Optional.empty();
    }

    @Override
    public boolean reportLocked(ReceivedCall<LockedFrame> call) {
        return false;
    }
}
