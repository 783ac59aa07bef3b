package cn.onecard.engine.card;

import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.time.LocalDate;

/** What a PSAM is bound to.
 *
 *  @param terminal its terminal number
 *  @param gateway the gateway that may send its taps
 *  @param party the operator it works for
 *  @param service the service it works for
 *  @param validFrom first day, inclusive
 *  @param validTo last day, inclusive */
public record PsamMaster(TerminalId terminal, String gateway, PartyId party, ServiceCode service, LocalDate validFrom, LocalDate validTo) {}
