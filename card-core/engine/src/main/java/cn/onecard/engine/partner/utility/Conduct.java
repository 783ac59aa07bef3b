package cn.onecard.engine.partner.utility;

import cn.onecard.engine.partner.PartnerFault;
import java.time.Duration;
import java.util.function.Supplier;

/** What goes wrong at a biller.
 *
 *  @param plan with the next message
 *  @param lateness how late a late answer is */
public record Conduct(Supplier<PartnerFault> plan, Duration lateness) {}
