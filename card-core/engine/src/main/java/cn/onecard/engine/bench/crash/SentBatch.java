package cn.onecard.engine.bench.crash;

import cn.onecard.wire.proto.Tap;
import java.util.List;

/** A batch as it is sent, once or more often.
 *
 *  @param messages its taps
 *  @param taps what must become of each */
record SentBatch(List<Tap> messages, List<SentTap> taps) {}
