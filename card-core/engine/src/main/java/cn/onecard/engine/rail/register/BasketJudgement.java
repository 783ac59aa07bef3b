package cn.onecard.engine.rail.register;

import cn.onecard.vocabulary.Money;
import java.util.List;

/** Whether a basket adds up. */
public sealed interface BasketJudgement permits CheckedBasket, BasketJudgement.Refused {
    /** It does not.
     *
     *  @param fault the first that applies
     *  @param difference what was said less what it should have been; over several lines, their sum; zero where no sum is wrong
     *  @param lines numbers of the lines that are wrong; empty if it is the basket as a whole */
    record Refused(BasketFault fault, Money difference, List<Integer> lines) implements BasketJudgement {
        public Refused {
            lines = List.copyOf(lines);
        }
    }
}
