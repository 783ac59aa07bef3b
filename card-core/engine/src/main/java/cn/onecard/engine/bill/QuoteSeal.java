package cn.onecard.engine.bill;

import cn.onecard.engine.key.KeysUnavailable;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.rail.utility.Bill;
import cn.onecard.vocabulary.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes quotes so that whoever gets one can bring it back and neither read nor change it. Any node opens what another sealed, and
 *  nothing has to be kept. */
public final class QuoteSeal {
    private static final byte[] OWNER = "quote".getBytes(StandardCharsets.US_ASCII);

    private final StorageKey key;

    public QuoteSeal(StorageKey key) {
        this.key = key;
    }

    /** A quote as text: letters, digits, {@code -} and {@code _}. */
    public String seal(BillQuote quote) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(out)) {
            Bill bill = quote.bill();
            data.writeUTF(quote.biller());
            data.writeUTF(quote.account());
            data.writeUTF(bill.billRef());
            data.writeUTF(bill.period());
            data.writeLong(bill.amount().fen());
            data.writeLong(bill.lateFee().fen());
            data.writeLong(bill.due().toEpochDay());
            data.writeLong(bill.quote().expiresAt().toEpochMilli());
            data.writeInt(quote.older().size());
            for (String reference : quote.older()) {
                data.writeUTF(reference);
            }
            data.write(bill.quote().echo());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.seal(out.toByteArray(), OWNER));
    }

    /** The quote of a text; empty if we never gave it out. */
    public Optional<BillQuote> open(String text) {
        byte[] plain;
        try {
            plain = key.open(Base64.getUrlDecoder().decode(text), OWNER);
        } catch (KeysUnavailable | IllegalArgumentException e) {
            return Optional.empty();
        }
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(plain))) {
            String biller = data.readUTF();
            String account = data.readUTF();
            String billRef = data.readUTF();
            String period = data.readUTF();
            Money amount = Money.ofFen(data.readLong());
            Money lateFee = Money.ofFen(data.readLong());
            LocalDate due = LocalDate.ofEpochDay(data.readLong());
            Instant expiresAt = Instant.ofEpochMilli(data.readLong());
            List<String> older = new ArrayList<>();
            for (int left = data.readInt(); left > 0; left--) {
                older.add(data.readUTF());
            }
            return Optional.of(new BillQuote(biller, account, new Bill(billRef, period, amount, lateFee, due, new Bill.Quote(expiresAt, data.readAllBytes())), older));
        } catch (IOException e) {
            throw new UncheckedIOException("we sealed what does not read", e);
        }
    }
}
