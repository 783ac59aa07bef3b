package cn.onecard.fare;

import java.time.LocalDateTime;

/** Where and when a card was held to a reader.
 *
 *  @param station number of the station
 *  @param at local time of China */
public record Stop(int station, LocalDateTime at) {}
