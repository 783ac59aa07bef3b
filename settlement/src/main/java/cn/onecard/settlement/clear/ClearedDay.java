package cn.onecard.settlement.clear;

import cn.onecard.house.Proof;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.BusinessDate;
import java.util.List;

/** A sealed day whose books balance and whose takings are shared out to the last fen. */
@Proof
public final class ClearedDay {
    private final SealedDay sealed;
    private final int feeVersion;
    private final List<Share> shares;
    private final List<Funding> fundings;
    private final TrialBalance trialBalance;

    ClearedDay(SealedDay sealed, int feeVersion, List<Share> shares, List<Funding> fundings, TrialBalance trialBalance) {
        this.sealed = sealed;
        this.feeVersion = feeVersion;
        this.shares = List.copyOf(shares);
        this.fundings = List.copyOf(fundings);
        this.trialBalance = trialBalance;
    }

    public SealedDay sealed() {
        return sealed;
    }

    public BusinessDate date() {
        return sealed.date();
    }

    /** The fee rules that were applied; 0 if nothing was earned. */
    public int feeVersion() {
        return feeVersion;
    }

    /** Taps, payments, refunds; each in the order of party, service and beneficiary. */
    public List<Share> shares() {
        return shares;
    }

    /** The takings behind the shares, each once, in the same order. */
    public List<Takings> takings() {
        return shares.stream().map(Share::takings).distinct().toList();
    }

    /** In the order of their parties. */
    public List<Funding> fundings() {
        return fundings;
    }

    public TrialBalance trialBalance() {
        return trialBalance;
    }
}
