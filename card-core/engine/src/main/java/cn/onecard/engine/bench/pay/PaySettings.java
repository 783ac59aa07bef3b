package cn.onecard.engine.bench.pay;

import cn.onecard.engine.bench.RigSettings;

/** What is measured of payments, and on what.
 *
 *  @param rig the database
 *  @param rounds how often each line is measured; the median counts
 *  @param seconds length of each measurement
 *  @param wallets wallets that are paid from
 *  @param lanes lanes of the corridor */
public record PaySettings(RigSettings rig, int rounds, int seconds, int wallets, int lanes) {}
