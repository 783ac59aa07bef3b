package cn.onecard.housefixture.engine.second;

import cn.onecard.housefixture.engine.first.First;
import cn.onecard.housefixture.terminal.reader.Foreign;

/** The other half, which reaches into another module. */
public final class Second {
    public First first() {
        return new First();
    }

    public Foreign foreign() {
        return new Foreign();
    }
}
