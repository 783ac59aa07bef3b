package cn.onecard.engine.receive;

import cn.onecard.wire.HotlistAskFrame;
import cn.onecard.wire.HotlistPageFrame;
import cn.onecard.wire.LockedFrame;
import cn.onecard.wire.TariffFrame;
import java.util.Optional;

/** Where terminals fetch what they need, and report what they did with it. Each call may wait for the database. */
public interface DownloadDesk {
    /** A page of what has changed on the hotlist. */
    HotlistPageFrame fetchHotlist(ReceivedCall<HotlistAskFrame> call);

    /** The fare table after a version; empty if there is none. */
    Optional<TariffFrame> fetchTariff(ReceivedCall<Integer> afterVersion);

    /** A listed card was met.
     *
     *  @return false if no such card is registered */
    boolean reportLocked(ReceivedCall<LockedFrame> call);
}
