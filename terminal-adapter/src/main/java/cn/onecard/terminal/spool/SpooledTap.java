package cn.onecard.terminal.spool;

import cn.onecard.wire.proto.Tap;

/** A tap that waits for its acknowledgement.
 *
 *  @param sequence of its record in the spool; rises, with gaps
 *  @param tap the message as it is sent */
public record SpooledTap(long sequence, Tap tap) {}
