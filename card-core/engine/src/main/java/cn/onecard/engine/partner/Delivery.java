package cn.onecard.engine.partner;

import java.util.List;

/** What goes back for one message.
 *
 *  @param answers one after the other, without their lengths; none: the connection is broken off
 *  @param late whether it goes back late */
public record Delivery(List<byte[]> answers, boolean late) {
    public static final Delivery BROKEN = new Delivery(List.of(), false);

    public Delivery {
        answers = List.copyOf(answers);
    }
}
