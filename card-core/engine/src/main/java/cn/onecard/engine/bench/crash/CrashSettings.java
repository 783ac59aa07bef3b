package cn.onecard.engine.bench.crash;

import cn.onecard.engine.bench.RigSettings;

/** How often what is killed.
 *
 *  @param rig the programs
 *  @param seed of taps and moments
 *  @param coreKills of the only core
 *  @param databaseKills of the embedded database; left out on an external one
 *  @param nodeKills of one of two cores */
public record CrashSettings(RigSettings rig, long seed, int coreKills, int databaseKills, int nodeKills) {}
