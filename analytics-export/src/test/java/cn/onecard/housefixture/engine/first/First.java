package cn.onecard.housefixture.engine.first;

import cn.onecard.housefixture.engine.second.Second;

/** Half of a circle. */
public final class First {
    public Second second() {
        return new Second();
    }
}
