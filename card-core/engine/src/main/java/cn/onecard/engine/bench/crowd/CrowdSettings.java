package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.RigSettings;

/** How many terminals and what kind of callers the core is put to.
 *
 *  @param rig the programs under measurement
 *  @param terminals terminals that behave, beside those that do not
 *  @param seconds length of each measurement
 *  @param secondsPerTap from tap to tap of each of them: passengers who get on one after the other
 *  @param connections open at once in the last one
 *  @param secondsPerTapInCrowd from tap to tap on one of those connections
 *  @param floodBatches batches made ahead for each call of the gateway that floods; when they are used up they come again */
public record CrowdSettings(RigSettings rig, int terminals, int seconds, int secondsPerTap, int connections, int secondsPerTapInCrowd, int floodBatches) {}
