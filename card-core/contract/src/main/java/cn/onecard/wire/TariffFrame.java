package cn.onecard.wire;

import java.time.LocalDate;

/** A fare table on its way to a terminal.
 *
 *  @param version above 0
 *  @param validFrom first day, inclusive
 *  @param body as the register has it */
public record TariffFrame(int version, LocalDate validFrom, String body) {
    public TariffFrame {
        if (version < 1 || body.isEmpty()) {
            throw new MalformedFrame("a fare table has a version above 0 and a body");
        }
    }
}
