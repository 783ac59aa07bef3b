package cn.onecard.terminal.uplink;

import cn.onecard.wire.proto.BatchAck;

/** What the uplink's thread waits for. */
sealed interface UplinkEvent {
    /** The core answered a batch. */
    record Acknowledged(BatchAck ack) implements UplinkEvent {}

    /** The stream is no more. */
    record Broken(StreamBroken cause) implements UplinkEvent {}

    /** There is something to look at: a tap in the spool, or the order to stop. */
    record Woken() implements UplinkEvent {}
}
