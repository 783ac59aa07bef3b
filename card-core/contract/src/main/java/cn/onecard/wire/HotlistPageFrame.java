package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import java.util.List;
import java.util.Optional;

/** A page of what has changed on the hotlist (黑名单).
 *
 *  @param upTo version that the list has after the last page
 *  @param listed cards that must not be used
 *  @param unlisted cards that may be used again
 *  @param next where the next page begins; empty if this is the last */
public record HotlistPageFrame(long upTo, List<Listed> listed, List<CardNo> unlisted, Optional<HotlistAskFrame.Position> next) {
    public HotlistPageFrame {
        listed = List.copyOf(listed);
        unlisted = List.copyOf(unlisted);
    }

    /** A card and why it must not be used.
     *
     *  @param reason code of the card's state, one byte */
    public record Listed(CardNo card, int reason) {
        public Listed {
            if (reason < 1 || reason > 0xFF) {
                throw new MalformedFrame("a listed card has a reason of one byte");
            }
        }
    }
}
