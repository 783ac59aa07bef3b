package cn.onecard.terminal.flow;

import cn.onecard.terminal.hotlist.Hotlist;
import cn.onecard.terminal.hotlist.HotlistFile;
import cn.onecard.terminal.hotlist.LockedReports;
import cn.onecard.terminal.uplink.CoreCalls;
import cn.onecard.terminal.uplink.StreamBroken;
import cn.onecard.wire.HotlistAskFrame;
import cn.onecard.wire.HotlistPageFrame;
import cn.onecard.wire.LockedFrame;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps a terminal's hotlist up to date: fetches what has changed, switches to the new list at once and never to a part of it, and reports
 *  the listed cards that were met. */
public final class HotlistKeeper {
    private final HotlistFile file;
    private final LockedReports reports;
    private final AtomicReference<Hotlist> current;

    private HotlistKeeper(HotlistFile file, LockedReports reports, Hotlist current) {
        this.file = file;
        this.reports = reports;
        this.current = new AtomicReference<>(current);
    }

    /** Begins with the list that was kept.
     *
     *  @throws IOException if it is damaged */
    public static HotlistKeeper open(HotlistFile file, LockedReports reports) throws IOException {
        return new HotlistKeeper(file, reports, file.read());
    }

    /** Begins without a list: the next fetch brings the whole. */
    public static HotlistKeeper anew(HotlistFile file, LockedReports reports) {
        return new HotlistKeeper(file, reports, Hotlist.EMPTY);
    }

    /** The list in force. */
    public Hotlist current() {
        return current.get();
    }

    /** Fetches what has changed and switches to it.
     *
     *  @return the list in force now
     *  @throws StreamBroken if the core does not answer; the list in force stays */
    public Hotlist fetch(CoreCalls core) throws StreamBroken, InterruptedException, IOException {
        Hotlist before = current.get();
        Hotlist.Next next = before.next();
        HotlistPageFrame page = core.fetchHotlist(new HotlistAskFrame(before.version(), 0, Optional.empty()));
        long upTo = page.upTo();
        take(page, next);
        while (page.next().isPresent()) {
            page = core.fetchHotlist(new HotlistAskFrame(before.version(), upTo, page.next()));
            if (page.upTo() != upTo) {
                throw new IOException("the core changed the version of the hotlist from page to page");
            }
            take(page, next);
        }
        Hotlist now = next.build(upTo);
        if (upTo != before.version()) {
            file.write(now);
            current.set(now);
        }
        return current.get();
    }

    private static void take(HotlistPageFrame page, Hotlist.Next next) {
        page.listed().forEach(one -> next.list(one.card(), one.reason()));
        page.unlisted().forEach(next::unlist);
    }

    /** Reports the listed cards that were met.
     *
     *  @return how many the core has now
     *  @throws StreamBroken if the core does not answer; what it has not taken waits */
    public int report(CoreCalls core) throws StreamBroken, InterruptedException, IOException {
        List<LockedReports.Report> waiting = reports.list();
        for (LockedReports.Report one : waiting) {
            core.reportLocked(new LockedFrame(one.key(), one.terminal(), one.card(), one.at(), one.isBlocked()));
        }
        if (!waiting.isEmpty()) {
            reports.forget(waiting);
        }
        return waiting.size();
    }
}
