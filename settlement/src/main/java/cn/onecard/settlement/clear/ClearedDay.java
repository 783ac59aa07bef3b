package cn.onecard.settlement.clear;

import cn.onecard.house.Proof;
import cn.onecard.settlement.seal.SealedDay;
import cn.onecard.vocabulary.BusinessDate;
import java.util.List;

/** A sealed day whose takings are shared out to the last fen. */
@Proof
public final class ClearedDay {
    private final SealedDay sealed;
    private final int feeVersion;
    private final List<Share> shares;

    ClearedDay(SealedDay sealed, int feeVersion, List<Share> shares) {
        this.sealed = sealed;
        this.feeVersion = feeVersion;
        this.shares = List.copyOf(shares);
    }

    public SealedDay sealed() {
        return sealed;
    }

    public BusinessDate date() {
        return sealed.date();
    }

    /** The fee rules that were applied; 0 if there was nothing to share. */
    public int feeVersion() {
        return feeVersion;
    }

    /** In the order of party, service and beneficiary. */
    public List<Share> shares() {
        return shares;
    }
}
