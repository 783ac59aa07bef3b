package cn.onecard.engine.bench;

import cn.onecard.vocabulary.BusinessDate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which programs are started, and how.
 *
 *  @param home folder of the programs
 *  @param data folder for keys, certificates and database; emptied first
 *  @param url an external server, as its administrator; empty for the embedded one
 *  @param businessDate the date that the books are open at
 *  @param bufferPoolMebibytes memory of the embedded server for pages
 *  @param coreOptions options of the core's JVM */
public record RigSettings(Path home, Path data, Optional<String> url, BusinessDate businessDate, int bufferPoolMebibytes, List<String> coreOptions) {
    public RigSettings {
        coreOptions = List.copyOf(coreOptions);
    }
}
