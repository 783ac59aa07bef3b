package cn.onecard.terminal.uplink;

import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.wire.proto.Tap;

/** What the core said of one tap.
 *
 *  @param tap the tap as it was sent
 *  @param outcome what became of it
 *  @param reason code of the refusal; 0 if there is none */
record Answer(Tap tap, TapOutcome outcome, int reason) {}
