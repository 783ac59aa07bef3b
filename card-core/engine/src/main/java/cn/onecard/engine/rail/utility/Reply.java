package cn.onecard.engine.rail.utility;

import cn.onecard.engine.rail.bill.MalformedFile;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Function;

/** What came of a request to a biller, in whatever style it was made. What the body of an answer says is judged here for all
 *  styles alike: one that cannot be read is as good as none.
 *
 *  @param <T> the body of an answer */
sealed interface Reply<T> {
    /** An authentic answer to the very request. */
    record Answer<T>(T body) implements Reply<T> {}

    /** For certain nothing has left. */
    record Unsent<T>(String why) implements Reply<T> {}

    /** The request may have left, and there is no answer that can be relied on. */
    record Unclear<T>(String why) implements Reply<T> {}

    /** What it means for a payment. */
    default BillerAnswer outcome(Function<T, BillerAnswer> judge) {
        try {
            return switch (this) {
                case Answer<T>(T body) -> judge.apply(body);
                case Unsent<T>(String why) -> new BillerAnswer.NotSent(why);
                case Unclear<T>(String why) -> new BillerAnswer.Unknown(why);
            };
        } catch (MalformedFile e) {
            return new BillerAnswer.Unknown("the answer is none: " + e.getMessage());
        }
    }

    /** What it means for a query. */
    default QueryAnswer bills(Function<T, QueryAnswer> judge) {
        try {
            return switch (this) {
                case Answer<T>(T body) -> judge.apply(body);
                case Unsent<T>(String why) -> new QueryAnswer.NotAnswered(why);
                case Unclear<T>(String why) -> new QueryAnswer.NotAnswered(why);
            };
        } catch (MalformedFile e) {
            return new QueryAnswer.NotAnswered("the bills are none: " + e.getMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            return new QueryAnswer.NotAnswered("a bill is none");
        }
    }

    /** What it means for the statement of a day. */
    default StatementAnswer statement(LocalDate day, Function<T, StatementAnswer> judge) {
        try {
            return switch (this) {
                case Answer<T>(T body) -> judge.apply(body);
                case Unsent<T>(String why) -> new StatementAnswer.Missing(why);
                case Unclear<T>(String why) -> new StatementAnswer.Missing(why);
            };
        } catch (MalformedFile e) {
            return new StatementAnswer.Missing("the statement of " + day + " is none: " + e.getMessage());
        }
    }
}
