package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.DayCodes;
import cn.onecard.analytics.extract.Policy;
import cn.onecard.analytics.protect.ProtectedCube;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the files of a release into a staging folder. The same cube gives the same bytes: nothing in them tells when or
 *  where they were made. */
public final class ReleaseWriter {
    private ReleaseWriter() {}

    /** Writes table, dictionary and manifest into {@code folder}, which must exist and be empty. */
    public static StagedRelease write(BusinessDate day, Policy policy, ProtectedCube cube, DayCodes codes, Path folder) throws IOException {
        List<Observation> observations = Observation.listAll(day, cube);
        long withheld = observations.stream().filter(observation -> observation.value().isEmpty()).count();
        StagedRelease release = new StagedRelease(day, policy, folder, observations.size(), withheld);
        SdmxCsv.write(release.csv(), observations, policy);
        ParquetTable.write(release.parquet(), observations, policy, release.footer());
        DataPackage.write(release, codes);
        Manifest.of(release).write(release.manifest());
        return release;
    }
}
