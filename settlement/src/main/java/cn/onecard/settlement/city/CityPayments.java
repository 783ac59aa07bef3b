package cn.onecard.settlement.city;

import cn.onecard.settlement.city.City.Party;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the people of a city pay on line on its day, from a seed: one in four has a wallet and fills it at the bank, then shops, pays
 *  bills and sees a doctor. Bills and the clinic hold first and capture when the other side has agreed, the clinic less than it held;
 *  some purchases are given back in part, some holds are given up. */
public final class CityPayments {
    /** Whom the payments name, beside the parties of the city. */
    static final List<Party> PARTIES = List.of(
            new Party(new PartyId(301), "街角便利店", "OPERATOR", "4000010000000301", "102584000301"),
            new Party(new PartyId(401), "市自来水公司", "OPERATOR", "4000010000000401", "102584000401"),
            new Party(new PartyId(402), "市供电局", "OPERATOR", "4000010000000402", "103584000402"),
            new Party(new PartyId(403), "市燃气公司", "OPERATOR", "4000010000000403", "104584000403"),
            new Party(new PartyId(501), "市人民医院", "OPERATOR", "4000010000000501", "102584000501"),
            new Party(new PartyId(601), "市商业银行", "OPERATOR", "4000010000000601", "102584000601"));

    private static final int BANK = 601;
    private static final int WALLET_OWNERS = 4;

    /** What is asked for. The names are those of the core's script. */
    public enum Act { DEPOSIT, PAY, HOLD, CAPTURE, VOID, REFUND }

    /** A service that is paid on line. */
    public enum PaidService {
        SHOP(10, "RETAIL", 301, 380),
        WATER(21, "UTILITY", 401, 100),
        ELECTRICITY(22, "UTILITY", 402, 100),
        GAS(23, "UTILITY", 403, 100),
        CLINIC(30, "MEDICAL", 501, 0);

        private final int code;
        private final String domain;
        private final int party;
        /** What the card company gets, in hundred-thousandths. */
        private final int companyWeight;

        PaidService(int code, String domain, int party, int companyWeight) {
            this.code = code;
            this.domain = domain;
            this.party = party;
            this.companyWeight = companyWeight;
        }

        public String domain() {
            return domain;
        }

        int companyWeight() {
            return companyWeight;
        }
    }

    /** One request.
     *
     *  @param service empty for a deposit
     *  @param orderKey of the order that is changed; empty if one is opened */
    public record Payment(String key, Act act, CardNo card, List<PaidService> service, Money amount, String orderKey) {
        int party() {
            return service.isEmpty() ? BANK : service.getFirst().party;
        }

        int serviceCode() {
            return service.isEmpty() ? 0 : service.getFirst().code;
        }
    }

    private final SplittableRandom random;
    private final List<Payment> payments = new ArrayList<>();

    private CityPayments(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The payments of a city's day, of one card in the order in which they are asked for. */
    public static List<Payment> make(long seed, City city) {
        CityPayments made = new CityPayments(seed);
        for (int i = 0; i < city.cards().size(); i += WALLET_OWNERS) {
            made.day(city.cards().get(i).number());
        }
        return List.copyOf(made.payments);
    }

    private void day(CardNo card) {
        add(Act.DEPOSIT, card, List.of(), 100_000L + random.nextInt(50_000), "");
        for (int visits = random.nextInt(3); visits >= 0; visits--) {
            shop(card);
        }
        bill(card, List.of(PaidService.WATER, PaidService.ELECTRICITY, PaidService.GAS).get(random.nextInt(3)));
        if (random.nextInt(5) == 0) {
            long asked = 2_000L + random.nextInt(20_000);
            String held = add(Act.HOLD, card, List.of(PaidService.CLINIC), asked, "");
            add(Act.CAPTURE, card, List.of(PaidService.CLINIC), asked - random.nextInt(1_500), held);
        }
    }

    private void shop(CardNo card) {
        long price = 100L + random.nextInt(8_000);
        String paid = add(Act.PAY, card, List.of(PaidService.SHOP), price, "");
        if (random.nextInt(15) == 0) {
            add(Act.REFUND, card, List.of(PaidService.SHOP), 1 + random.nextLong(price), paid);
        }
    }

    private void bill(CardNo card, PaidService service) {
        long due = 1_500L + random.nextInt(20_000);
        String held = add(Act.HOLD, card, List.of(service), due, "");
        if (random.nextInt(20) == 0) {
            add(Act.VOID, card, List.of(service), due, held);
        } else {
            add(Act.CAPTURE, card, List.of(service), due, held);
        }
    }

    private String add(Act act, CardNo card, List<PaidService> service, long fen, String orderKey) {
        String key = "p" + payments.size();
        payments.add(new Payment(key, act, card, service, Money.ofFen(fen), orderKey));
        return key;
    }
}
