package cn.onecard.terminal.boot;

import cn.onecard.terminal.flow.HotlistKeeper;
import cn.onecard.terminal.hotlist.Hotlist;
import cn.onecard.terminal.uplink.CoreCalls;
import cn.onecard.vocabulary.CardNo;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal hotlist}: fetches what has changed and reports the listed cards that were met. */
@Command(name = "hotlist", description = "Fetches what has changed on the hotlist, keeps it in DIR/hotlist, and reports the listed cards that were met.",
        mixinStandardHelpOptions = true)
final class HotlistCommand implements Callable<Integer> {
    private static final int LOOK_UPS = 1_000_000;
    private static final int ROUNDS = 7;
    private static final String INVENTED = "3104%016d";

    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Mixin
    private DataOption data = new DataOption();
    @Mixin
    private CoreOptions core = new CoreOptions();
    @Option(names = "--anew", description = "fetch the whole list, whatever is kept")
    private boolean anew;
    @Option(names = "--try", paramLabel = "N", description = "instead: what a list of N invented cards takes, and how long it takes to look a card up")
    private Optional<Integer> invented = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (invented.isPresent()) {
            return measure(invented.get());
        }
        HotlistKeeper keeper = anew ? HotlistKeeper.anew(data.hotlist(), data.lockedReports()) : HotlistKeeper.open(data.hotlist(), data.lockedReports());
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2).setInternalBlockingPoolSize(2));
        try (CoreCalls calls = CoreCalls.to(vertx, core.address(data.folder()))) {
            long before = keeper.current().version();
            Hotlist now = keeper.fetch(calls);
            int reported = keeper.report(calls);
            spec.commandLine().getOut().printf("%d cards listed, version %d (was %d); %d reports sent%n", now.size(), now.version(), before, reported);
            return 0;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private int measure(int cards) {
        SplittableRandom random = new SplittableRandom(1);
        Hotlist.Next next = Hotlist.EMPTY.next();
        List<CardNo> asked = new ArrayList<>();
        for (int i = 0; i < cards; i++) {
            CardNo card = CardNo.ofDigits(INVENTED.formatted(10_000_000_000L * i / Math.max(1, cards) + 1));
            next.list(card, 2);
            if (random.nextInt(Math.max(1, cards / 500_000)) == 0) {
                asked.add(card);
            }
        }
        Hotlist list = next.build(1);
        for (int i = asked.size(); i < LOOK_UPS; i++) {
            asked.add(CardNo.ofDigits(INVENTED.formatted(random.nextLong(10_000_000_000L))));
        }
        long[] nanos = new long[ROUNDS];
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < LOOK_UPS; i++) {
                found += list.find(asked.get((int) (i * 7_368_787L % LOOK_UPS))).isPresent() ? 1 : 0;
            }
            nanos[round] = (System.nanoTime() - start) / LOOK_UPS;
        }
        Arrays.sort(nanos);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d cards take %d bytes, %d a card; a look-up takes %d ns (median of %d rounds of %d, %d of them listed)%n", list.size(), list.bytes(),
                list.bytes() / Math.max(1, list.size()), nanos[ROUNDS / 2], ROUNDS, LOOK_UPS, found / ROUNDS);
        return 0;
    }
}
