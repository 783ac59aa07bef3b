package cn.onecard.wire;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.TerminalId;

/** A terminal met a card that is on the hotlist (锁卡记录).
 *
 *  @param key idempotency key
 *  @param isLocked whether the application is blocked on the card now */
public record LockedFrame(String key, TerminalId terminal, CardNo card, EventTime at, boolean isLocked) {
    public LockedFrame {
        if (!key.matches("[!-~]{1,64}")) {
            throw new MalformedFrame("key is not 1 to 64 visible ASCII characters");
        }
    }
}
