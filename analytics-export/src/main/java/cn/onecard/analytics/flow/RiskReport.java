package cn.onecard.analytics.flow;

/** What the protection of a release cost, for the operator and the data protection officer. Confidential.
 *
 *  @param cells     cells of the lattice
 *  @param primary   cells withheld because they are sensitive themselves
 *  @param secondary cells withheld to protect those
 *  @param cutTaps   taps that bounding left out
 *  @param cutFen    fen that bounding left out */
public record RiskReport(int cells, int primary, int secondary, long cutTaps, long cutFen) {}
