package cn.onecard.engine.rail.nhsa;

import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** What an institution asks of the platform. Each kind knows its number and how its answer is read. Persons, diagnoses and fees are
 *  never printed.
 *
 *  @param <A> what the platform answers if it did it */
public sealed interface Input<A extends Output> {
    /** Most fee lines of a message. */
    int MOST_LINES = 200;
    /** Most settlements of a day that are compared. */
    int MOST_SETTLEMENTS = 5_000;

    InfNo infNo();

    /** Writes the input of the envelope. */
    void write(ObjectNode input);

    /** Reads the output of its answer. */
    A read(Fields output) throws MalformedJson;

    /** Whose visit: the person, and the number of the visit.
     *
     *  @param personNo psn_no
     *  @param visit mdtrt_id */
    record Visit(String personNo, String visit) {
        @Override
        public String toString() {
            return "visit " + visit;
        }

        private static Visit read(Fields from) throws MalformedJson {
            return new Visit(from.text("psn_no", 30), from.text("mdtrt_id", 30));
        }

        private ObjectNode write(ObjectNode to) {
            return to.put("psn_no", personNo).put("mdtrt_id", visit);
        }
    }

    /** Who is it (1101)?
     *
     *  @param certificateType 01 e-voucher, 02 identity number, 03 social-security card */
    record FindPerson(String certificateType, String certificateNo) implements Input<Output.Person> {
        @Override
        public InfNo infNo() {
            return InfNo.PERSON;
        }

        @Override
        public void write(ObjectNode input) {
            input.putObject("data").put("mdtrt_cert_type", certificateType).put("mdtrt_cert_no", certificateNo);
        }

        @Override
        public Output.Person read(Fields output) throws MalformedJson {
            return Output.Person.read(output);
        }

        @Override
        public String toString() {
            return "find a person";
        }
    }

    /** Registers a visit (2201).
     *
     *  @param insuranceType insutype
     *  @param registration number at the institution (ipt_otp_no)
     *  @param date when it begins */
    record Register(String personNo, String insuranceType, String registration, LocalDate date) implements Input<Output.Registered> {
        @Override
        public InfNo infNo() {
            return InfNo.REGISTER;
        }

        @Override
        public void write(ObjectNode input) {
            input.putObject("data").put("psn_no", personNo).put("insutype", insuranceType).put("ipt_otp_no", registration)
                    .put("begntime", date + " 00:00:00");
        }

        @Override
        public Output.Registered read(Fields output) throws MalformedJson {
            return Output.Registered.read(output);
        }

        @Override
        public String toString() {
            return "register a visit";
        }
    }

    /** Takes a registration back (2202). */
    record CancelRegistration(Visit visit, String registration) implements Input<Output.Done> {
        @Override
        public InfNo infNo() {
            return InfNo.CANCEL_REGISTRATION;
        }

        @Override
        public void write(ObjectNode input) {
            visit.write(input.putObject("data")).put("ipt_otp_no", registration);
        }

        @Override
        public Output.Done read(Fields output) {
            return new Output.Done();
        }

        @Override
        public String toString() {
            return "take back a registration";
        }
    }

    /** Uploads the diagnoses of a visit (2203A).
     *
     *  @param diagnoses codes of ICD-10, the main one first */
    record Diagnose(Visit visit, List<String> diagnoses) implements Input<Output.Done> {
        private static final int MOST = 16;

        @Override
        public InfNo infNo() {
            return InfNo.VISIT;
        }

        @Override
        public void write(ObjectNode input) {
            visit.write(input.putObject("mdtrtinfo"));
            ArrayNode list = input.putArray("diseinfo");
            diagnoses.forEach(code -> list.addObject().put("diag_code", code).put("diag_srt_no", String.valueOf(list.size())));
        }

        @Override
        public Output.Done read(Fields output) {
            return new Output.Done();
        }

        private static Diagnose readInput(Fields input) throws MalformedJson {
            List<String> codes = new ArrayList<>();
            for (Fields one : input.list("diseinfo", MOST)) {
                codes.add(one.text("diag_code", 20));
            }
            return new Diagnose(Visit.read(input.inner("mdtrtinfo")), List.copyOf(codes));
        }

        @Override
        public String toString() {
            return "upload " + diagnoses.size() + " diagnoses";
        }
    }

    /** A line of fees.
     *
     *  @param line unique in the visit (feedetl_sn)
     *  @param code of the item in the national catalogue
     *  @param category its class of fees (med_chrgitm_type)
     *  @param amount of the line */
    record FeeLine(String line, String code, String category, Money amount) {
        @Override
        public String toString() {
            return "a fee line";
        }
    }

    /** Uploads lines of fees (2204).
     *
     *  @param batch by which they are settled (chrg_bchno) */
    record UploadFees(Visit visit, String batch, List<FeeLine> lines) implements Input<Output.FeesTaken> {
        public UploadFees {
            if (lines.isEmpty() || lines.size() > MOST_LINES) {
                throw new IllegalArgumentException("a message has 1 to " + MOST_LINES + " fee lines");
            }
            lines = List.copyOf(lines);
        }

        @Override
        public InfNo infNo() {
            return InfNo.FEES;
        }

        @Override
        public void write(ObjectNode input) {
            ArrayNode list = input.putArray("feedetail");
            lines.forEach(line -> visit.write(list.addObject()).put("chrg_bchno", batch).put("feedetl_sn", line.line())
                    .put("med_list_codg", line.code()).put("med_chrgitm_type", line.category()).put("det_item_fee_sumamt", line.amount().yuan()));
        }

        @Override
        public Output.FeesTaken read(Fields output) throws MalformedJson {
            Output.FeesTaken taken = Output.FeesTaken.read(output);
            if (!taken.lines().equals(lines.stream().map(FeeLine::line).toList())) {
                throw new MalformedJson("result has other lines than were uploaded");
            }
            return taken;
        }

        private static UploadFees readInput(Fields input) throws MalformedJson {
            List<Fields> list = input.list("feedetail", MOST_LINES);
            if (list.isEmpty()) {
                throw new MalformedJson("feedetail is empty");
            }
            Visit visit = Visit.read(list.getFirst());
            String batch = list.getFirst().text("chrg_bchno", 30);
            List<FeeLine> lines = new ArrayList<>();
            for (Fields one : list) {
                if (!Visit.read(one).equals(visit) || !one.text("chrg_bchno", 30).equals(batch)) {
                    throw new MalformedJson("feedetail has lines of several visits or batches");
                }
                lines.add(new FeeLine(one.text("feedetl_sn", 30), one.text("med_list_codg", 50), one.text("med_chrgitm_type", 6),
                        one.amount("det_item_fee_sumamt")));
            }
            return new UploadFees(visit, batch, lines);
        }

        @Override
        public String toString() {
            return "upload " + lines.size() + " fee lines";
        }
    }

    /** Takes lines of fees back (2205).
     *
     *  @param batch which; {@code 0000}: all */
    record DeleteFees(Visit visit, String batch) implements Input<Output.Done> {
        @Override
        public InfNo infNo() {
            return InfNo.DELETE_FEES;
        }

        @Override
        public void write(ObjectNode input) {
            visit.write(input.putObject("data")).put("chrg_bchno", batch);
        }

        @Override
        public Output.Done read(Fields output) {
            return new Output.Done();
        }

        @Override
        public String toString() {
            return "take back fee lines";
        }
    }

    /** What is to be settled.
     *
     *  @param total of the bill (medfee_sumamt)
     *  @param useAccount whether the personal account pays (acct_used_flag) */
    record Claim(Visit visit, String batch, String insuranceType, Money total, boolean useAccount) {
        private static Claim read(Fields data) throws MalformedJson {
            return new Claim(Visit.read(data), data.text("chrg_bchno", 30), data.text("insutype", 6), data.amount("medfee_sumamt"),
                    data.number("acct_used_flag", 0, 1) == 1);
        }

        private ObjectNode write(ObjectNode data) {
            return visit.write(data).put("chrg_bchno", batch).put("insutype", insuranceType).put("medfee_sumamt", total.yuan())
                    .put("acct_used_flag", useAccount ? "1" : "0").put("psn_setlway", "01").put("med_type", "11");
        }

        /** The answer to this claim: of the same person and visit, over the same total. */
        private Output.Bill check(Output.Bill bill) throws MalformedJson {
            if (!bill.visit().equals(visit.visit()) || !bill.personNo().equals(visit.personNo()) || !bill.split().total().equals(total)) {
                throw new MalformedJson("setlinfo is that of another bill");
            }
            return bill;
        }

        @Override
        public String toString() {
            return "claim of visit " + visit.visit() + " over " + total;
        }
    }

    /** What would be paid by whom (2206)? */
    record Quote(Claim claim) implements Input<Output.Bill> {
        @Override
        public InfNo infNo() {
            return InfNo.QUOTE;
        }

        @Override
        public void write(ObjectNode input) {
            claim.write(input.putObject("data"));
        }

        @Override
        public Output.Bill read(Fields output) throws MalformedJson {
            return claim.check(Output.Bill.read(output));
        }
    }

    /** Settles (2207).
     *
     *  @param invoice number at the institution (invono) */
    record Settle(Claim claim, String invoice) implements Input<Output.Bill> {
        @Override
        public InfNo infNo() {
            return InfNo.SETTLE;
        }

        @Override
        public void write(ObjectNode input) {
            claim.write(input.putObject("data")).put("invono", invoice);
        }

        @Override
        public Output.Bill read(Fields output) throws MalformedJson {
            return claim.check(Output.Bill.readSettled(output));
        }
    }

    /** Takes a settlement back (2208). */
    record Revoke(Visit visit, String settlement) implements Input<Output.Done> {
        @Override
        public InfNo infNo() {
            return InfNo.REVOKE;
        }

        @Override
        public void write(ObjectNode input) {
            visit.write(input.putObject("data")).put("setl_id", settlement);
        }

        @Override
        public Output.Done read(Fields output) {
            return new Output.Done();
        }

        @Override
        public String toString() {
            return "take back settlement " + settlement;
        }
    }

    /** Undoes a message that has no certain answer (2601).
     *
     *  @param message its number (omsgid)
     *  @param kind what it was (oinfno) */
    record Reverse(String personNo, String message, InfNo kind) implements Input<Output.Done> {
        @Override
        public InfNo infNo() {
            return InfNo.REVERSE;
        }

        @Override
        public void write(ObjectNode input) {
            input.putObject("data").put("psn_no", personNo).put("omsgid", message).put("oinfno", kind.code());
        }

        @Override
        public Output.Done read(Fields output) {
            return new Output.Done();
        }

        @Override
        public String toString() {
            return "reverse message " + message;
        }
    }

    /** What is known of the settlement of a visit (5203)? */
    record FindSettlement(Visit visit, String batch) implements Input<Output.Found> {
        @Override
        public InfNo infNo() {
            return InfNo.FIND_SETTLEMENT;
        }

        @Override
        public void write(ObjectNode input) {
            visit.write(input.putObject("data")).put("chrg_bchno", batch);
        }

        @Override
        public Output.Found read(Fields output) throws MalformedJson {
            Output.Found found = Output.Found.read(output);
            if (found.bill().filter(bill -> !bill.visit().equals(visit.visit()) || !bill.personNo().equals(visit.personNo())).isPresent()) {
                throw new MalformedJson("setlinfo is that of another bill");
            }
            return found;
        }

        @Override
        public String toString() {
            return "find the settlement of visit " + visit.visit();
        }
    }

    /** The totals of the settlements that stand, of a day (3201). */
    record Reconcile(LocalDate day, int settlements, Money total, Money fund, Money personalAccount) implements Input<Output.Reconciled> {
        @Override
        public InfNo infNo() {
            return InfNo.RECONCILE;
        }

        @Override
        public void write(ObjectNode input) {
            input.putObject("data").put("clr_type", "11").put("stmt_begndate", day.toString()).put("stmt_enddate", day.toString())
                    .put("fixmedins_setl_cnt", String.valueOf(settlements)).put("medfee_sumamt", total.yuan()).put("fund_pay_sumamt", fund.yuan())
                    .put("acct_pay", personalAccount.yuan());
        }

        @Override
        public Output.Reconciled read(Fields output) throws MalformedJson {
            return Output.Reconciled.read(output);
        }
    }

    /** The single settlements of a day, please (3202). */
    record ReconcileDetail(LocalDate day) implements Input<Output.Detail> {
        @Override
        public InfNo infNo() {
            return InfNo.RECONCILE_DETAIL;
        }

        @Override
        public void write(ObjectNode input) {
            input.putObject("data").put("stmt_begndate", day.toString()).put("stmt_enddate", day.toString());
        }

        @Override
        public Output.Detail read(Fields output) throws MalformedJson {
            return Output.Detail.read(output);
        }
    }

    /** Reads the input of a message, as the platform does. */
    static Input<?> read(InfNo infNo, Fields input) throws MalformedJson {
        return switch (infNo) {
            case VISIT -> Diagnose.readInput(input);
            case FEES -> UploadFees.readInput(input);
            default -> readData(infNo, input.inner("data"));
        };
    }

    private static Input<?> readData(InfNo infNo, Fields data) throws MalformedJson {
        return switch (infNo) {
            case PERSON -> new FindPerson(data.text("mdtrt_cert_type", 3), data.text("mdtrt_cert_no", 50));
            case REGISTER -> new Register(data.text("psn_no", 30), data.text("insutype", 6), data.text("ipt_otp_no", 30), date(data, "begntime"));
            case CANCEL_REGISTRATION -> new CancelRegistration(Visit.read(data), data.text("ipt_otp_no", 30));
            case DELETE_FEES -> new DeleteFees(Visit.read(data), data.text("chrg_bchno", 30));
            case QUOTE -> new Quote(Claim.read(data));
            case SETTLE -> new Settle(Claim.read(data), data.text("invono", 20));
            case REVOKE -> new Revoke(Visit.read(data), data.text("setl_id", 30));
            case REVERSE -> new Reverse(data.text("psn_no", 30), data.text("omsgid", 30),
                    InfNo.find(data.text("oinfno", 5)).orElseThrow(() -> new MalformedJson("oinfno is no number of the interface")));
            case FIND_SETTLEMENT -> new FindSettlement(Visit.read(data), data.text("chrg_bchno", 30));
            case RECONCILE -> new Reconcile(date(data, "stmt_begndate"), data.number("fixmedins_setl_cnt", 0, 1_000_000),
                    data.amount("medfee_sumamt"), data.amount("fund_pay_sumamt"), data.amount("acct_pay"));
            case RECONCILE_DETAIL -> new ReconcileDetail(date(data, "stmt_begndate"));
            case VISIT, FEES -> throw new MalformedJson(infNo.code() + " has no data");
        };
    }

    private static LocalDate date(Fields data, String name) throws MalformedJson {
        String text = data.text(name, 19);
        try {
            return LocalDate.parse(text.substring(0, Math.min(10, text.length())));
        } catch (DateTimeParseException e) {
            throw new MalformedJson(name + " is no date");
        }
    }
}
