package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.rail.iso8583.Framing;
import cn.onecard.engine.rail.iso8583.PosHeader;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.engine.rail.iso8583.Tpdu;
import java.time.Duration;

/** What was agreed with the acquirer about one terminal.
 *
 *  @param identity who the terminal is
 *  @param wire how messages are written
 *  @param security how they are protected
 *  @param patience how long and how often */
public record LinkSettings(Identity identity, Wire wire, Security security, Patience patience) {
    /** Who the terminal is.
     *
     *  @param terminal field 41, eight characters
     *  @param merchant field 42, fifteen characters
     *  @param operator field 63 of a sign-on and a settlement, three characters */
    public record Identity(String terminal, String merchant, String operator) {}

    /** How messages are written.
     *
     *  @param profile the table of fields
     *  @param tpdu whither and whence
     *  @param header the terminal's kind and version */
    public record Wire(Profile profile, Tpdu tpdu, PosHeader header) {
        Framing framing() {
            return Framing.POS;
        }
    }

    /** How messages are protected.
     *
     *  @param mac how their MAC is made
     *  @param signOn which keys a sign-on brings */
    public record Security(MacMethod mac, SignOnForm signOn) {}

    /** How long and how often.
     *
     *  @param answer how long an answer is waited for
     *  @param reversalTries how often a reversal is sent without a good answer, before it becomes a case: 1 to 3 */
    public record Patience(Duration answer, int reversalTries) {
        public Patience {
            if (reversalTries < 1 || reversalTries > 3 || answer.isNegative() || answer.isZero()) {
                throw new IllegalArgumentException("an answer is waited for, and a reversal sent once to three times");
            }
        }
    }
}
