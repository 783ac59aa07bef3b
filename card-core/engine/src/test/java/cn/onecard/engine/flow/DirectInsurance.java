package cn.onecard.engine.flow;

import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.rail.medical.Insurance;
import cn.onecard.engine.rail.medical.Reply;
import cn.onecard.engine.rail.nhsa.Answer;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.Institution;
import cn.onecard.engine.rail.nhsa.MalformedJson;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Output;
import cn.onecard.engine.rail.nhsa.Request;
import java.time.Clock;
import java.util.function.Function;

/** The platform without sockets: what happens to each message is told beforehand, and the one who asks can be killed before or after
 *  the platform acted. What comes back is what {@link cn.onecard.engine.rail.medical.HttpInsurance} would say. */
public final class DirectInsurance implements Insurance {
    public static final Institution CLINIC = new Institution("H31010100001", "第一社区医院", "310101", "counter-3");

    /** The one who asks is dead. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What happens to a message. */
    enum Fate {
        /** It is answered. */
        ANSWERED,
        /** There is no connection. */
        NOT_SENT,
        /** It is lost. */
        LOST,
        /** Its answer is lost. */
        ANSWER_LOST,
        /** Who asks dies before it leaves. */
        KILLED_BEFORE,
        /** Who asks dies before the answer comes. */
        KILLED_AFTER
    }

    private final InsurancePlatform platform;
    private final Clock clock;
    private volatile Function<Input<?>, Fate> fates = input -> Fate.ANSWERED;

    public DirectInsurance(InsurancePlatform platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    void setFates(Function<Input<?>, Fate> next) {
        fates = next;
    }

    @Override
    public <A extends Output> Reply<A> ask(MessageId id, Input<A> input) {
        return switch (fates.apply(input)) {
            case ANSWERED -> answer(id, input);
            case NOT_SENT -> new Reply.NotSent<>("no connection");
            case LOST -> new Reply.Unclear<>("lost");
            case ANSWER_LOST -> {
                answer(id, input);
                yield new Reply.Unclear<>("answer lost");
            }
            case KILLED_BEFORE -> throw new Killed();
            case KILLED_AFTER -> {
                answer(id, input);
                throw new Killed();
            }
        };
    }

    private <A extends Output> Reply<A> answer(MessageId id, Input<A> input) {
        try {
            Request request = Request.decode(new Request(id, CLINIC, input, clock.instant()).encode());
            Answer answer = Answer.decode(platform.answer(request));
            return answer.isDone() ? new Reply.Done<>(input.read(answer.output())) : new Reply.Refused<>(answer.code());
        } catch (MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }
}
