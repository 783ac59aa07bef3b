package cn.onecard.settlement.city;

import cn.onecard.settlement.city.City.Party;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the people of a city do at counters on its day, from a seed: one in four has a wallet, fills it from a bank card or in cash, then
 *  shops, pays a bill, and perhaps sees a doctor. Some of it is taken back. What a basket, a bill or the patient's part of a visit comes
 *  to is decided there, and not planned. */
public final class CityPayments {
    /** Whom the payments name, beside the parties of the city. */
    static final List<Party> PARTIES = List.of(
            new Party(new PartyId(301), "街角便利店", "OPERATOR", "4000010000000301", "102584000301"),
            new Party(new PartyId(401), "市自来水公司", "OPERATOR", "4000010000000401", "102584000401"),
            new Party(new PartyId(402), "市供电局", "OPERATOR", "4000010000000402", "103584000402"),
            new Party(new PartyId(403), "市燃气公司", "OPERATOR", "4000010000000403", "104584000403"),
            new Party(new PartyId(501), "市人民医院", "OPERATOR", "4000010000000501", "102584000501"),
            new Party(new PartyId(601), "市商业银行", "OPERATOR", "4000010000000601", "102584000601"));

    /** The counters, and for which party each acts. The app is the card company's own. */
    public static final Map<String, Integer> COUNTERS = Map.of("bank", 601, "shop", 301, "app", 1, "clinic", 501);

    private static final int WALLET_OWNERS = 4;
    /** However large the city: so many persons are a day's work for the counters of a demo. */
    private static final int MOST_OWNERS = 400;
    private static final int FIRST_ACCOUNT = 10_000_001;

    /** What is done. The names are those of the errands. */
    public enum Act { OPEN, CASH, DEPOSIT, SALE, REFUND, BILL, CANCEL_BILL, STANDING, VISIT, CANCEL_VISIT }

    /** A service that is paid on line. */
    public enum PaidService {
        SHOP(380),
        WATER(100),
        ELECTRICITY(100),
        GAS(100),
        CLINIC(0);

        /** What the card company gets, in hundred-thousandths. */
        private final int companyWeight;

        PaidService(int companyWeight) {
            this.companyWeight = companyWeight;
        }

        int companyWeight() {
            return companyWeight;
        }
    }

    /** A biller of the city.
     *
     *  @param style how it speaks
     *  @param hasStatement whether that style has a statement of a day */
    public record CityBiller(String name, String category, int party, int serviceCode, String style, boolean hasStatement) {}

    /** The billers. */
    public static final List<CityBiller> BILLERS = List.of(new CityBiller("water", "WATER", 401, 21, "HTTPS", true),
            new CityBiller("power", "POWER", 402, 22, "FRAMES", false), new CityBiller("gas", "GAS", 403, 23, "HTTPS", true));

    /** One errand.
     *
     *  @param caller whose counter
     *  @param amount zero where it is decided there
     *  @param detail what the act needs besides
     *  @param earlier key of what is taken back; empty if nothing is */
    public record Errand(String key, Act act, CardNo card, String caller, Money amount, String detail, String earlier) {}

    private final SplittableRandom random;
    private final List<Errand> errands = new ArrayList<>();

    private CityPayments(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The errands of a city's day, of one card in the order in which they are done. Persons, bank cards and accounts at billers are
     *  numbered from 1: a bank has to have as many cards, an insurance as many persons, and each biller as many accounts as there are
     *  {@link #owners}. */
    public static List<Errand> make(long seed, City city) {
        CityPayments made = new CityPayments(seed);
        for (int owner = 0; owner < owners(city); owner++) {
            made.day(city.cards().get(owner * WALLET_OWNERS).number(), owner);
        }
        return List.copyOf(made.errands);
    }

    /** How many have a wallet. */
    public static int owners(City city) {
        return Math.min(MOST_OWNERS, (city.cards().size() + WALLET_OWNERS - 1) / WALLET_OWNERS);
    }

    private void day(CardNo card, int owner) {
        add(Act.OPEN, card, "bank", 0, "", "");
        long filled = 200_000L + random.nextInt(100_000);
        if (random.nextInt(4) == 0) {
            add(Act.CASH, card, "bank", filled, "", "");
        } else {
            add(Act.DEPOSIT, card, "bank", filled, bankCard(owner + 1), "");
        }
        for (int visits = random.nextInt(3); visits >= 0; visits--) {
            String sale = add(Act.SALE, card, "shop", 0, Long.toString(random.nextLong(Long.MAX_VALUE)), "");
            if (random.nextInt(15) == 0) {
                add(Act.REFUND, card, "shop", 0, "", sale);
            }
        }
        String account = BILLERS.get(random.nextInt(BILLERS.size())).name() + " " + (FIRST_ACCOUNT + owner);
        String bill = add(Act.BILL, card, "app", 0, account, "");
        if (random.nextInt(20) == 0) {
            add(Act.CANCEL_BILL, card, "app", 0, account, bill);
        }
        if (random.nextInt(10) == 0) {
            add(Act.STANDING, card, "app", 60_000, account, "");
        }
        if (random.nextInt(5) == 0) {
            String visit = add(Act.VISIT, card, "clinic", 2_000L + random.nextInt(40_000), "310101190001%06d".formatted(owner + 1), "");
            if (random.nextInt(10) == 0) {
                add(Act.CANCEL_VISIT, card, "clinic", 0, "", visit);
            }
        }
    }

    private String add(Act act, CardNo card, String caller, long fen, String detail, String earlier) {
        String key = "e" + errands.size();
        errands.add(new Errand(key, act, card, caller, Money.ofFen(fen), detail, earlier));
        return key;
    }

    /** The number of a bank card, with its check digit (ISO/IEC 7812-1, annex B). */
    private static String bankCard(int number) {
        String digits = "621234%012d".formatted(number);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
