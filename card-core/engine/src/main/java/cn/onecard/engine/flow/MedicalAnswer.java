package cn.onecard.engine.flow;

import cn.onecard.engine.medical.MedicalSettlement;

/** What the medical desk answers. */
public sealed interface MedicalAnswer {
    /** There is a settlement, and so it stands. */
    record Stands(MedicalSettlement settlement) implements MedicalAnswer {}

    /** There is none, and nothing was asked of anybody that would have to be undone.
     *
     *  @param detail what the insurance said; empty if it was not asked */
    record No(Reason reason, String detail) implements MedicalAnswer {
        public No(Reason reason) {
            this(reason, "");
        }
    }

    /** Why there is none. */
    enum Reason {
        /** The key was used for another claim. */
        KEY_CONFLICT,
        /** No such settlement of this institution. */
        SETTLEMENT_UNKNOWN,
        /** It does not stand, or something of it is still open. */
        STATE_FORBIDS,
        /** The insurance will not share this bill. */
        INSURANCE_REFUSED,
        /** The insurance does not answer; the same key may be used again. */
        INSURANCE_AWAY
    }
}
