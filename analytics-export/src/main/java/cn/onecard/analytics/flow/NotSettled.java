package cn.onecard.analytics.flow;

import cn.onecard.vocabulary.BusinessDate;

/** The numbers of the day do not stand yet, so there is nothing to publish. */
public final class NotSettled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSettled(BusinessDate day) {
        super("the day " + day + " is not settled: run ./onecard settle run --date " + day + " first");
    }
}
