package cn.onecard.engine.rail.qr;

import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The code that a merchant shows and a payer scans (MPM, 主扫) [1]. Objects that are not known here are kept and written again.
 *
 *  <pre>
 *  00      payload format, 01; first
 *  01      11 static, 12 dynamic
 *  02-51   accounts: of schemes (15 and 16 are UnionPay's), from 26 as templates whose object 00 names the owner
 *  52 53   merchant category, currency (156)
 *  54      amount, absent in static codes
 *  58-61   country, merchant's name, city, postcode
 *  62 64   templates of additional data and of another language
 *  63      check sum, four hexadecimal digits; last, and not among {@link #objects()}
 *  </pre>
 *
 *  <p>[1] EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, version 1.1.
 *
 *  @param objects all but the check sum, in their order */
public record MerchantCode(List<DataObject> objects) {
    private static final int MAX_LENGTH = 512;
    private static final String YUAN = "156";
    private static final String CHECK_SUM_HEAD = "6304";
    private static final int CHECK_SUM_LENGTH = CHECK_SUM_HEAD.length() + 4;
    /** What objects must look like if they are there. */
    private static final Map<String, Pattern> FORMATS = Map.of(
            "00", Pattern.compile("01"),
            "01", Pattern.compile("1[12]"),
            "52", Pattern.compile("[0-9]{4}"),
            "53", Pattern.compile("[0-9]{3}"),
            "54", Pattern.compile("(?=.{1,13}$)[0-9]+(\\.[0-9]*)?"),
            "58", Pattern.compile("[A-Z]{2}"),
            "59", Pattern.compile(".{1,25}"),
            "60", Pattern.compile(".{1,15}"),
            "61", Pattern.compile(".{1,10}"));
    private static final List<String> MANDATORY = List.of("52", "53", "58", "59", "60");

    public MerchantCode {
        objects = List.copyOf(objects);
        if (objects.isEmpty() || !objects.get(0).id().equals("00")) {
            throw new MalformedCode("object 00 is not first");
        }
        List<String> ids = objects.stream().map(DataObject::id).toList();
        if (ids.contains("63")) {
            throw new MalformedCode("object 63 is not last");
        }
        if (ids.stream().distinct().count() < ids.size()) {
            throw new MalformedCode("an object twice");
        }
        MANDATORY.stream().filter(id -> !ids.contains(id)).findFirst().ifPresent(id -> {
            throw new MalformedCode("no object " + id);
        });
        for (DataObject object : objects) {
            Pattern format = FORMATS.get(object.id());
            if (format != null && !format.matcher(object.value()).matches()) {
                throw new MalformedCode("object " + object.id() + " does not look as it should");
            }
        }
        if (objects.stream().noneMatch(MerchantCode::isAccount)) {
            throw new MalformedCode("no account");
        }
        if (DataObject.length(DataObject.write(objects)) + CHECK_SUM_LENGTH > MAX_LENGTH) {
            throw new MalformedCode("more than 512 characters");
        }
    }

    /** Who is paid.
     *
     *  @param category merchant category (MCC), four digits
     *  @param name at most 25 characters
     *  @param city at most 15 characters */
    public record Merchant(String category, String name, String city) {}

    /** A static code of a merchant in China: the payer types the amount.
     *
     *  @param account an object 02 to 51 */
    public static MerchantCode of(Merchant merchant, DataObject account) {
        return new MerchantCode(List.of(new DataObject("00", "01"), new DataObject("01", "11"), account, new DataObject("52", merchant.category()),
                new DataObject("53", YUAN), new DataObject("58", "CN"), new DataObject("59", merchant.name()), new DataObject("60", merchant.city())));
    }

    /** The code of a text.
     *
     *  @throws MalformedCode if it is none */
    public static MerchantCode parse(String text) {
        int end = text.length() - CHECK_SUM_LENGTH;
        if (text.length() > 2 * MAX_LENGTH || end < 0 || !text.startsWith(CHECK_SUM_HEAD, end)) {
            throw new MalformedCode("no check sum at the end");
        }
        String body = text.substring(0, end);
        if (!checkSum(body).equals(text.substring(end + CHECK_SUM_HEAD.length()))) {
            throw new MalformedCode("the check sum is wrong");
        }
        return new MerchantCode(DataObject.parse(body));
    }

    /** The text to be drawn. */
    public String text() {
        String body = DataObject.write(objects);
        return body + CHECK_SUM_HEAD + checkSum(body);
    }

    /** The value of an object, if it is there. */
    public Optional<String> find(String id) {
        return objects.stream().filter(object -> object.id().equals(id)).map(DataObject::value).findFirst();
    }

    /** The objects within a template; none if it is not there.
     *
     *  @throws MalformedCode if it is no template */
    public List<DataObject> listWithin(String id) {
        return find(id).map(DataObject::parse).orElse(List.of());
    }

    /** The accounts, in their order: objects 02 to 51. */
    public List<DataObject> listAccounts() {
        return objects.stream().filter(MerchantCode::isAccount).toList();
    }

    /** Whether the code is for one payment. */
    public boolean isDynamic() {
        return find("01").equals(Optional.of("12"));
    }

    /** The amount, if the code says it.
     *
     *  @throws MalformedCode if it is not one of whole fen, or not in yuan */
    public Optional<Money> findAmount() {
        return find("54").map(amount -> {
            String[] parts = amount.split("\\.", -1);
            String fen = parts.length == 1 ? "" : parts[1];
            if (fen.length() > 2 || !find("53").equals(Optional.of(YUAN))) {
                throw new MalformedCode("the amount is not one of fen");
            }
            return Money.ofFen(Long.parseLong(parts[0] + fen + "00".substring(fen.length())));
        });
    }

    /** This code for one payment of an amount.
     *
     *  @param amount more than nothing */
    public MerchantCode withAmount(Money amount) {
        if (amount.fen() <= 0) {
            throw new IllegalArgumentException("a payment is of more than nothing");
        }
        return with(new DataObject("01", "12")).with(new DataObject("54", amount.yuan()));
    }

    /** This code with an object, in the place of the one of that identifier if there is one, at the end if not. */
    public MerchantCode with(DataObject object) {
        List<DataObject> changed = new ArrayList<>();
        boolean replaced = false;
        for (DataObject old : objects) {
            boolean same = old.id().equals(object.id());
            changed.add(same ? object : old);
            replaced |= same;
        }
        return new MerchantCode(replaced ? changed : Stream.concat(changed.stream(), Stream.of(object)).toList());
    }

    private static boolean isAccount(DataObject object) {
        int id = Integer.parseInt(object.id());
        return id >= 2 && id <= 51;
    }

    private static String checkSum(String body) {
        return HexFormat.of().withUpperCase().toHexDigits(Crc.of(body + CHECK_SUM_HEAD), 4);
    }
}
