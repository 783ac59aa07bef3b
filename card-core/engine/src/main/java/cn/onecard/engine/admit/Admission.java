package cn.onecard.engine.admit;

import cn.onecard.engine.rate.RatedTap;
import cn.onecard.vocabulary.BusinessDate;

/** The decision on a tap, taken for one open business date. */
public sealed interface Admission permits Admitted, Suspect {
    /** The tap it is about. */
    RatedTap tap();

    /** The open business date that freshness was judged against. */
    BusinessDate openDate();
}
