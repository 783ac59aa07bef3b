package cn.onecard.settlement.payout;

import cn.onecard.house.Proof;
import cn.onecard.settlement.net.NettedDay;
import java.nio.file.Path;
import java.util.List;

/** A netted day whose files are written, signed and in the books. */
@Proof
public final class PublishedDay {
    private final NettedDay netted;
    private final Path folder;
    private final List<PayoutFile> files;

    PublishedDay(NettedDay netted, Path folder, List<PayoutFile> files) {
        this.netted = netted;
        this.folder = folder;
        this.files = List.copyOf(files);
    }

    public NettedDay netted() {
        return netted;
    }

    /** Where the files lie. */
    public Path folder() {
        return folder;
    }

    /** In the order of their names. */
    public List<PayoutFile> files() {
        return files;
    }
}
