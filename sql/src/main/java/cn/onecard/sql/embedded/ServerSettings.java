package cn.onecard.sql.embedded;

/** What an operator may choose about the embedded server.
 *
 *  @param bufferPoolMebibytes memory for pages
 *  @param durable whether a commit waits for the disk; only throw-away data may do without */
public record ServerSettings(int bufferPoolMebibytes, boolean durable) {
    /** Half a gibibyte, durable. */
    public static final ServerSettings DEFAULT = new ServerSettings(512, true);

    public ServerSettings {
        if (bufferPoolMebibytes < 16) {
            throw new IllegalArgumentException("the buffer pool has at least 16 MiB, not " + bufferPoolMebibytes);
        }
    }
}
