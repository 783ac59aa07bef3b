package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Policy;
import cn.onecard.vocabulary.BusinessDate;
import java.nio.file.Path;
import java.util.Map;

/** A release as it lies in the staging folder, written and not yet verified.
 *
 *  @param day         the business date
 *  @param policy      the policy it was made under
 *  @param folder      where its files lie
 *  @param rows        number of rows of the table
 *  @param withheldRows number of them that are withheld */
public record StagedRelease(BusinessDate day, Policy policy, Path folder, long rows, long withheldRows) {
    /** The legal name of the product: the one label that may say so, and only on a release that was verified. */
    public static final String PRIVACY_LABEL = "匿名化 statistics";

    /** Name of the release. It says all that the content depends on but the data, which never change once settled. */
    public String id() {
        return policy.id() + "-" + policy.version() + "-" + day;
    }

    Path csv() {
        return folder.resolve("taps-" + day + ".csv");
    }

    Path parquet() {
        return folder.resolve("taps-" + day + ".parquet");
    }

    Path dictionary() {
        return folder.resolve("datapackage.json");
    }

    Path manifest() {
        return folder.resolve(ReleaseStore.MANIFEST);
    }

    Map<String, String> footer() {
        return Map.of("release_id", id(), "policy_id", policy.id(), "policy_version", Integer.toString(policy.version()),
                "privacyLabel", PRIVACY_LABEL, "dataflow", Observation.DATAFLOW, "period", day.toString());
    }
}
