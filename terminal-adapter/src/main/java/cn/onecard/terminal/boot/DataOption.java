package cn.onecard.terminal.boot;

import cn.onecard.terminal.hotlist.HotlistFile;
import cn.onecard.terminal.hotlist.LockedReports;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything lives. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "the data folder (default: ${DEFAULT-VALUE})", defaultValue = "data")
    private Path data = Path.of("data");   // written by picocli

    Path folder() {
        return data;
    }

    /** The hotlist that is kept. */
    HotlistFile hotlist() {
        return new HotlistFile(data.resolve("hotlist/hotlist.bin"));
    }

    /** Listed cards that were met and are to be reported. */
    LockedReports lockedReports() {
        return new LockedReports(data.resolve("hotlist/locked.csv"));
    }

    /** The folder that the spool is in. */
    Path spool() {
        return data.resolve("spool");
    }
}
