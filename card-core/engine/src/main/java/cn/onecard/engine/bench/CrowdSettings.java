package cn.onecard.engine.bench;

/** How many terminals and what kind of callers the core is put to.
 *
 *  @param rig the programs under measurement
 *  @param terminals terminals that behave, beside those that do not
 *  @param tapsPerSecond what they send together
 *  @param seconds length of each measurement
 *  @param connections open at once in the last one
 *  @param secondsPerTap from tap to tap on one of those connections
 *  @param floodBatches batches made ahead for each call of the gateway that floods; when they are used up they come again */
public record CrowdSettings(RigSettings rig, int terminals, int tapsPerSecond, int seconds, int connections, int secondsPerTap, int floodBatches) {}
