package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.rail.iso8583.Field54;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.vocabulary.Money;
import java.util.Optional;

/** What the host answered.
 *
 *  @param code field 39
 *  @param reference field 37, by which statements and refunds name the transaction
 *  @param authorisation field 38
 *  @param date field 13, MMDD: the host's day of the transaction
 *  @param settlementDate field 15, MMDD: the day on which the money moves
 *  @param amount field 4: less than was asked for in a partial approval
 *  @param balance of the bank card, if the host said it */
public record BankAnswer(ResponseCode code, Optional<String> reference, Optional<String> authorisation, Optional<String> date,
                         Optional<String> settlementDate, Optional<Money> amount, Optional<Money> balance) {
    static BankAnswer of(Message message) {
        Optional<Money> balance = message.has(Field54.NUMBER) ? Optional.of(Field54.list(message).get(0).balance()) : Optional.empty();
        return new BankAnswer(ResponseCode.of(message), message.findText(37), message.findText(38), message.findText(13), message.findText(15),
                message.findMoney(4), balance);
    }
}
