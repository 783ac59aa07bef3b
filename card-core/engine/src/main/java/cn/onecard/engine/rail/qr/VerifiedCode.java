package cn.onecard.engine.rail.qr;

import cn.onecard.house.Proof;

/** A code whose signature and time have been checked. That it has not been used before is not known here: whoever takes it writes
 *  down its account token and nonce, which are together unique. */
@Proof
public final class VerifiedCode implements CodeJudgement {
    private final CityCode code;

    VerifiedCode(CityCode code) {
        this.code = code;
    }

    public CityCode code() {
        return code;
    }

    @Override
    public String toString() {
        return "verified " + code;
    }
}
