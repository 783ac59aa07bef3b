package cn.onecard.engine.rail.utility;

import cn.onecard.engine.rail.bill.BillFile;
import cn.onecard.engine.rail.bill.ColumnLayout;
import cn.onecard.engine.rail.bill.Instruction;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.engine.rail.bill.Row;
import cn.onecard.engine.rail.file.NothingLeft;
import cn.onecard.engine.rail.file.SftpLine;
import cn.onecard.engine.rail.file.SshKeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A biller that speaks files of columns over SFTP.
 *
 *  <pre>
 *  to the biller     pay-ORDER.txt, cancel-ORDER.txt      an instruction, one a file
 *                    statement-DAY.txt                    our statement
 *  from the biller   arrears-DAY.txt                      what everybody owes; it may be published again during the day
 *                    pay-ORDER.txt, cancel-ORDER.txt      what became of it; rewritten when that changes
 *                    statement-DAY.txt                    the biller's statement
 *  </pre>
 *
 *  Until an instruction is renamed to its name, nothing has left; from then on nobody knows until its result stands there. The biller
 *  writes a result before it takes the instruction away, and the new result of a payment before that of its cancellation; we look in
 *  the other order. So if instruction and result are both missing, it has not come; and while a cancellation has no result, a payment
 *  is not done for certain. A query asks the host alone whether the arrears are still those that were read. */
final class SftpBiller implements Biller {
    private static final int MAX_ARREARS_BYTES = 32 * 1024 * 1024;
    private static final int MAX_STATEMENT_BYTES = 16 * 1024 * 1024;
    private static final int MAX_RESULT_BYTES = 16 * 1024;

    private final BillerDescriptor descriptor;
    private final Link.Folders folders;
    private final Clock clock;
    private final SftpLine line;
    /** What was read last. */
    private final AtomicReference<Optional<Arrears>> arrears = new AtomicReference<>(Optional.empty());

    SftpBiller(BillerDescriptor descriptor, Link.Sftp link, Path folder, Clock clock) throws IOException {
        this.descriptor = descriptor;
        this.folders = link.folders();
        this.clock = clock;
        this.line = new SftpLine(new SftpLine.Host(link.host(), link.port(), link.user()),
                new SftpLine.Keys(SshKeyFile.open(folder.resolve(link.keys().own())), SshKeyFile.readPublic(folder.resolve(link.keys().biller()))),
                new SftpLine.Patience(descriptor.patience().connect(), descriptor.patience().answer()));
    }

    @Override
    public BillerDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public QueryAnswer query(BillQuery query) {
        LocalDate today = descriptor.day().dateAt(clock.instant());
        return ask(call -> current(call, from(BillFile.ARREARS.nameOf(today)))).bills(found -> found.<QueryAnswer>map(all -> all.of(query.account()))
                .orElseGet(() -> new QueryAnswer.NotAnswered("the arrears of " + today + " are not there yet")));
    }

    private Optional<Arrears> current(SftpLine.Call call, String path) throws IOException {
        Optional<SftpLine.Stamp> stamp = call.findStamp(path);
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        Arrears.Version version = new Arrears.Version(path, stamp.get());
        Optional<Arrears> read = arrears.get().filter(all -> all.version().equals(version));
        if (read.isPresent()) {
            return read;
        }
        arrears.set(Optional.empty());      // the old one need not be kept while the new one is read
        Optional<byte[]> file = call.find(path, MAX_ARREARS_BYTES);
        Optional<Arrears> now = file.map(bytes -> Arrears.read(version, bytes, descriptor));
        arrears.set(now);
        return now;
    }

    @Override
    public BillerAnswer pay(BillPayment payment) {
        return instruct(Instruction.PAY, payment);
    }

    @Override
    public BillerAnswer cancel(BillPayment payment) {
        return instruct(Instruction.CANCEL, payment);
    }

    private BillerAnswer instruct(Instruction instruction, BillPayment payment) {
        byte[] file;
        try {
            file = descriptor.layout(BillFile.PAYMENT).write(List.of(Row.of().set("orderNo", payment.orderNo()).set("account", payment.account())
                    .set("billRef", payment.billRef()).set(ColumnLayout.AMOUNT, payment.amount())
                    .set("echo", new String(payment.echo(), StandardCharsets.UTF_8)).build()));
        } catch (MalformedFile e) {
            return new BillerAnswer.NotSent("it cannot be written: " + e.getMessage());
        }
        String name = instruction.nameOf(payment.orderNo());
        return ask(call -> {
            call.put(folders.toBiller(), name, file);
            return call.find(from(name), MAX_RESULT_BYTES);
        }).outcome(result -> result.map(bytes -> judge(payment, bytes)).orElseGet(BillerAnswer.Processing::new));
    }

    @Override
    public BillerAnswer status(BillPayment payment) {
        String pay = Instruction.PAY.nameOf(payment.orderNo());
        String cancel = Instruction.CANCEL.nameOf(payment.orderNo());
        return ask(call -> {
            boolean told = call.findStamp(to(pay)).isPresent();
            boolean cancelling = call.findStamp(to(cancel)).isPresent() && call.find(from(cancel), MAX_RESULT_BYTES).isEmpty();
            return new Trace(told, cancelling, call.find(from(pay), MAX_RESULT_BYTES));
        }).outcome(trace -> judge(payment, trace));
    }

    /** What stands at the biller of an order.
     *
     *  @param told whether the instruction to pay is there
     *  @param cancelling whether one to take it back is there, and no result of that */
    private record Trace(boolean told, boolean cancelling, Optional<byte[]> result) {}

    private BillerAnswer judge(BillPayment payment, Trace trace) {
        if (trace.cancelling() || (trace.told() && trace.result().isEmpty())) {
            return new BillerAnswer.Processing();
        }
        return trace.result().map(bytes -> judge(payment, bytes)).orElseGet(BillerAnswer.NotFound::new);
    }

    private BillerAnswer judge(BillPayment payment, byte[] result) {
        List<Row> rows = descriptor.layout(BillFile.RESULT).read(result);
        if (rows.size() != 1) {
            return new BillerAnswer.Unknown("the result has " + rows.size() + " lines");
        }
        Row row = rows.getFirst();
        return descriptor.codes().judge(payment, new CodeTable.Report(row.text("orderNo"), row.text("code"), row.text("reference"), row.money(ColumnLayout.AMOUNT),
                row.find("fulfilment").orElse("").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public StatementAnswer statement(LocalDate day) {
        return ask(call -> call.find(from(BillFile.STATEMENT.nameOf(day)), MAX_STATEMENT_BYTES)).statement(day, found -> found
                .<StatementAnswer>map(file -> new StatementAnswer.Statement(descriptor.statementLayout().read(file)))
                .orElseGet(() -> new StatementAnswer.Missing("it is not there yet")));
    }

    @Override
    public StatementAnswer submit(LocalDate day, byte[] file) {
        String name = BillFile.STATEMENT.nameOf(day);
        return ask(call -> call.put(folders.toBiller(), name, file) || call.find(to(name), MAX_STATEMENT_BYTES).filter(there -> Arrays.equals(there, file)).isPresent())
                .statement(day, taken -> taken ? new StatementAnswer.Statement(descriptor.statementLayout().read(file))
                        : new StatementAnswer.Missing("another statement of that day was there before"));
    }

    @Override
    public void close() {
        line.close();
    }

    /** What is done in one call. */
    private interface Exchange<T> {
        T over(SftpLine.Call call) throws IOException;
    }

    private <T> Reply<T> ask(Exchange<T> exchange) {
        try (SftpLine.Call call = line.connect()) {
            return new Reply.Answer<>(exchange.over(call));
        } catch (NothingLeft e) {
            return new Reply.Unsent<>(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Reply.Unclear<>("the files could not be exchanged: " + e.getMessage());
        } catch (MalformedFile | IllegalArgumentException e) {
            return new Reply.Unclear<>("a file is none: " + e.getMessage());
        }
    }

    private String to(String name) {
        return folders.toBiller() + "/" + name;
    }

    private String from(String name) {
        return folders.fromBiller() + "/" + name;
    }
}
