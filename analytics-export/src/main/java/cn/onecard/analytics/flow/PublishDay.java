package cn.onecard.analytics.flow;

import cn.onecard.analytics.extract.ContributionBound;
import cn.onecard.analytics.extract.CubeBuilder;
import cn.onecard.analytics.extract.DayCodes;
import cn.onecard.analytics.extract.DayReader;
import cn.onecard.analytics.extract.Policy;
import cn.onecard.analytics.extract.RawCube;
import cn.onecard.analytics.protect.DominanceRule;
import cn.onecard.analytics.protect.PrimaryRules;
import cn.onecard.analytics.protect.ProtectedCube;
import cn.onecard.analytics.protect.Protector;
import cn.onecard.analytics.publish.Manifest;
import cn.onecard.analytics.publish.ReleaseStore;
import cn.onecard.analytics.publish.ReleaseVerifier;
import cn.onecard.analytics.publish.ReleaseWriter;
import cn.onecard.analytics.publish.StagedRelease;
import cn.onecard.vocabulary.BusinessDate;
import java.io.IOException;
import java.util.Optional;

/** Publishes the statistics of one settled day. A day that has been published is not published again: its release is checked and
 *  handed out as it is. */
public final class PublishDay {
    private final DayReader reader;
    private final ReleaseStore store;
    private final RiskReports risks;
    private final Confidential confidential;
    private final Policy policy;

    /** Publishing from these views into this store, under this policy. */
    public PublishDay(DayReader reader, ReleaseStore store, RiskReports risks, Confidential confidential, Policy policy) {
        this.reader = reader;
        this.store = store;
        this.risks = risks;
        this.confidential = confidential;
        this.policy = policy;
    }

    /** The release of the day, made now or earlier.
     *
     *  @throws NotSettled if the numbers of the day do not stand yet
     *  @throws cn.onecard.analytics.publish.ReleaseRefused if the verifier finds a rule broken */
    public Published publish(BusinessDate day, Progress progress) throws IOException {
        return store.alone(() -> {
            Optional<Manifest> earlier = store.find(day);
            if (earlier.isPresent()) {
                return new Published(earlier.get(), risks.find(day), true);
            }
            return make(day, progress);
        });
    }

    private Published make(BusinessDate day, Progress progress) throws IOException {
        if (!reader.listSettledDays().contains(day)) {
            throw new NotSettled(day);
        }
        progress.reached("reading");
        DayCodes codes = reader.codes(day);
        CubeBuilder builder = new CubeBuilder(policy, new ContributionBound(policy, confidential.boundingKey()), codes.codeLists());
        reader.read(day, builder::add);
        RawCube raw = builder.build();

        progress.reached("protecting");
        PrimaryRules rules = new PrimaryRules(policy.minCards(), new DominanceRule.Percent(confidential.dominancePercent()));
        ProtectedCube protectedCube = new Protector(rules).protect(raw);

        progress.reached("writing");
        StagedRelease staged = ReleaseWriter.write(day, policy, protectedCube, codes, store.stage(day));
        progress.reached("verifying");
        RiskReport risk = new RiskReport(protectedCube.cells().size(), protectedCube.primary(), protectedCube.secondary(), builder.cutTaps(),
                builder.cutFen());
        risks.write(day, risk);
        return new Published(store.store(new ReleaseVerifier(raw, rules).verify(staged)), Optional.of(risk), false);
    }

    /** Told of each stage as it begins. */
    @FunctionalInterface
    public interface Progress {
        /** A stage begins. */
        void reached(String stage);
    }

    /** A release with what only the operator may know of it.
     *
     *  @param manifest the release
     *  @param risk     its risk report, if it is still kept
     *  @param reused   whether it had been made earlier */
    public record Published(Manifest manifest, Optional<RiskReport> risk, boolean reused) {}
}
