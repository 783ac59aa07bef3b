package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import java.util.Optional;

/** A terminal asks for a page of what has changed on the hotlist (黑名单).
 *
 *  @param have version that it has; 0 asks for the whole list
 *  @param upTo as the first page said; 0 asks for the first page
 *  @param after where the page before ended; empty on the first */
public record HotlistAskFrame(long have, long upTo, Optional<Position> after) {
    public HotlistAskFrame {
        if (have < 0 || upTo < 0 || (upTo == 0) != after.isEmpty() || (upTo != 0 && upTo < have)) {
            throw new MalformedFrame("have, up_to and after do not go together");
        }
    }

    /** Where a page ended.
     *
     *  @param version by which the last card of it came onto the list or left it */
    public record Position(long version, CardNo card) {
        public Position {
            if (version < 0) {
                throw new MalformedFrame("after_version is below 0");
            }
        }
    }
}
