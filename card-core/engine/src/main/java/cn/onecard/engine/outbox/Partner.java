package cn.onecard.engine.outbox;

/** A partner (合作方) as its connector reaches it: a biller, a hospital, a bank. Both verbs wait for the answer, in a thread that may be
 *  interrupted when its time is over; neither repeats anything by itself. */
public interface Partner {
    /** The name that messages bear, 1 to 32 characters. */
    String name();

    /** Tells it to act. Called at most once for a message that is not answered {@link PartnerAnswer.NotSent}. */
    PartnerAnswer act(PartnerMessage message) throws InterruptedException;

    /** Asks it what became of a message. */
    PartnerAnswer ask(PartnerMessage message) throws InterruptedException;
}
