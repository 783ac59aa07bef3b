package cn.onecard.settlement.clear;

import static cn.onecard.sql.tables.clearing.Tables.DAY_RUN;
import static cn.onecard.sql.tables.clearing.Tables.FEE_RULE;
import static cn.onecard.sql.tables.clearing.Tables.FEE_VERSION;

import cn.onecard.settlement.day.Services;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.day.Stage;
import cn.onecard.vocabulary.BusinessDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The versions of the fee rules in the books. A version that a day was cleared with never changes again. */
public final class FeeBook {
    private final DSLContext dsl;

    public FeeBook(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Takes versions into the books. One that is there already with the same rules stays as it is.
     *
     *  @return the number of versions that were written
     *  @throws SettlementFailure if a version would change that a day was cleared with */
    public int store(List<FeeVersion> versions) {
        return dsl.transactionResult(transaction -> {
            int written = 0;
            for (FeeVersion version : versions) {
                written += storeOne(transaction.dsl(), version);
            }
            return written;
        });
    }

    /** The version that holds on a business date: the latest one that is valid by then. */
    public Optional<FeeVersion> findVersion(BusinessDate date) {
        return dsl.select(FEE_VERSION.FEE_VERSION_).from(FEE_VERSION).where(FEE_VERSION.VALID_FROM.le(date.day()))
                .orderBy(FEE_VERSION.VALID_FROM.desc(), FEE_VERSION.FEE_VERSION_.desc()).limit(1)
                .fetchOptional(FEE_VERSION.FEE_VERSION_).flatMap(this::findVersion);
    }

    /** The version of that number. */
    public Optional<FeeVersion> findVersion(int number) {
        List<FeeRule> rules = new ArrayList<>();
        Services services = Services.load(dsl);
        dsl.selectFrom(FEE_RULE).where(FEE_RULE.FEE_VERSION.eq(number))
                .orderBy(FEE_RULE.PARTY_ID, FEE_RULE.SERVICE_CODE, FEE_RULE.BENEFICIARY_ID)
                .forEach(row -> rules.add(new FeeRule(row.getPartyId(), services.service(row.getServiceCode()), row.getBeneficiaryId(),
                        row.getShareWeight())));
        return dsl.selectFrom(FEE_VERSION).where(FEE_VERSION.FEE_VERSION_.eq(number))
                .fetchOptional(row -> new FeeVersion(number, row.getValidFrom(), rules));
    }

    private static int storeOne(DSLContext transaction, FeeVersion version) {
        Optional<FeeVersion> before = new FeeBook(transaction).findVersion(version.number());
        if (before.isPresent() && before.get().equals(version)) {
            return 0;
        }
        boolean used = transaction.fetchExists(DAY_RUN, DAY_RUN.FEE_VERSION.eq(version.number()),
                DAY_RUN.STAGE_CODE.ge(Stage.CLEARED.code()));
        if (used) {
            throw new SettlementFailure("fee version " + version.number() + " has cleared a day and cannot change: give the new rules a new version");
        }
        transaction.deleteFrom(FEE_RULE).where(FEE_RULE.FEE_VERSION.eq(version.number())).execute();
        transaction.deleteFrom(FEE_VERSION).where(FEE_VERSION.FEE_VERSION_.eq(version.number())).execute();
        transaction.insertInto(FEE_VERSION).set(FEE_VERSION.FEE_VERSION_, version.number())
                .set(FEE_VERSION.VALID_FROM, version.validFrom()).execute();
        for (FeeRule rule : version.rules()) {
            transaction.insertInto(FEE_RULE).set(FEE_RULE.FEE_VERSION, version.number()).set(FEE_RULE.PARTY_ID, rule.party())
                    .set(FEE_RULE.SERVICE_CODE, rule.service().code()).set(FEE_RULE.BENEFICIARY_ID, rule.beneficiary())
                    .set(FEE_RULE.SHARE_WEIGHT, rule.weight()).execute();
        }
        return 1;
    }
}
