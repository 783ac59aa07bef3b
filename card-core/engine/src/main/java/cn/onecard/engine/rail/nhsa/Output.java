package cn.onecard.engine.rail.nhsa;

import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the platform answers to a message that it did. What it says of a person is never printed. */
public sealed interface Output {
    /** The output of the envelope. */
    ObjectNode json();

    /** Nothing but that it was done. */
    record Done() implements Output {
        @Override
        public ObjectNode json() {
            return Fields.object();
        }
    }

    /** A person and their insurances.
     *
     *  @param personNo number at the platform (psn_no) */
    record Person(String personNo, String name, List<Insurance> insurances) implements Output {
        static Person read(Fields output) throws MalformedJson {
            Fields base = output.inner("baseinfo");
            List<Insurance> insurances = new ArrayList<>();
            for (Fields one : output.list("insuinfo", 32)) {
                insurances.add(new Insurance(one.text("insutype", 6), one.amount("balc")));
            }
            return new Person(base.text("psn_no", 30), base.text("psn_name", 50), List.copyOf(insurances));
        }

        @Override
        public ObjectNode json() {
            ObjectNode output = Fields.object();
            output.putObject("baseinfo").put("psn_no", personNo).put("psn_name", name);
            ArrayNode list = output.putArray("insuinfo");
            insurances.forEach(one -> list.addObject().put("insutype", one.type()).put("balc", one.balance().yuan()));
            return output;
        }

        @Override
        public String toString() {
            return "a person with " + insurances.size() + " insurances";
        }
    }

    /** An insurance of a person.
     *
     *  @param type for instance 310, of employees
     *  @param balance of the personal account */
    record Insurance(String type, Money balance) {}

    /** A visit was registered.
     *
     *  @param visit its number (mdtrt_id) */
    record Registered(String visit) implements Output {
        static Registered read(Fields output) throws MalformedJson {
            return new Registered(output.inner("data").text("mdtrt_id", 30));
        }

        @Override
        public ObjectNode json() {
            ObjectNode output = Fields.object();
            output.putObject("data").put("mdtrt_id", visit);
            return output;
        }
    }

    /** Fee lines were taken.
     *
     *  @param lines numbers of the lines, in their order (feedetl_sn) */
    record FeesTaken(List<String> lines) implements Output {
        static FeesTaken read(Fields output) throws MalformedJson {
            List<String> lines = new ArrayList<>();
            for (Fields one : output.list("result", Input.MOST_LINES)) {
                lines.add(one.text("feedetl_sn", 30));
            }
            return new FeesTaken(List.copyOf(lines));
        }

        @Override
        public ObjectNode json() {
            ObjectNode output = Fields.object();
            ArrayNode list = output.putArray("result");
            lines.forEach(line -> list.addObject().put("feedetl_sn", line));
            return output;
        }
    }

    /** A bill and who pays it: quoted, settled, taken back or found.
     *
     *  @param settlement its number (setl_id); a quote has none
     *  @param visit which visit's bill it is
     *  @param personNo whose */
    record Bill(Optional<String> settlement, String visit, String personNo, Split split) implements Output {
        static Bill read(Fields output) throws MalformedJson {
            Fields setlinfo = output.inner("setlinfo");
            return new Bill(setlinfo.findText("setl_id", 30), setlinfo.text("mdtrt_id", 30), setlinfo.text("psn_no", 30), Split.read(setlinfo));
        }

        /** The bill of a settlement. */
        static Bill readSettled(Fields output) throws MalformedJson {
            Bill bill = read(output);
            if (bill.settlement.isEmpty()) {
                throw new MalformedJson("setl_id is missing");
            }
            return bill;
        }

        @Override
        public ObjectNode json() {
            ObjectNode output = Fields.object();
            ObjectNode setlinfo = output.putObject("setlinfo").put("mdtrt_id", visit).put("psn_no", personNo);
            settlement.ifPresent(number -> setlinfo.put("setl_id", number));
            split.write(setlinfo);
            return output;
        }

        @Override
        public String toString() {
            return "bill of visit " + visit + ", settlement " + settlement.orElse("none") + ", " + split;
        }
    }

    /** What is known of a settlement: its bill, or that there is none. */
    record Found(Optional<Bill> bill) implements Output {
        static Found read(Fields output) throws MalformedJson {
            return output.innerOrEmpty("setlinfo").findText("setl_id", 30).isEmpty() ? new Found(Optional.empty())
                    : new Found(Optional.of(Bill.readSettled(output)));
        }

        @Override
        public ObjectNode json() {
            return bill.map(Bill::json).orElseGet(Fields::object);
        }
    }

    /** Whether the totals of a day are the same on both sides. */
    record Reconciled(boolean equal, String description) implements Output {
        static Reconciled read(Fields output) throws MalformedJson {
            Fields result = output.inner("stmtinfo");
            return new Reconciled(result.number("stmt_rslt", 0, 9) == 0, result.findText("stmt_rslt_dscr", 200).orElse(""));
        }

        @Override
        public ObjectNode json() {
            ObjectNode output = Fields.object();
            output.putObject("stmtinfo").put("stmt_rslt", equal ? "0" : "1").put("stmt_rslt_dscr", description);
            return output;
        }
    }

    /** The settlements of a day as the platform has them.
     *
     *  @param bills those that stand, in the order of their numbers */
    record Detail(List<Bill> bills) implements Output {
        static Detail read(Fields output) throws MalformedJson {
            List<Bill> bills = new ArrayList<>();
            for (Fields one : output.list("detail", Input.MOST_SETTLEMENTS)) {
                bills.add(Bill.readSettled(one));
            }
            return new Detail(List.copyOf(bills));
        }

        @Override
        public ObjectNode json() {
            ObjectNode output = Fields.object();
            ArrayNode list = output.putArray("detail");
            bills.forEach(bill -> list.add(bill.json()));
            return output;
        }
    }
}
