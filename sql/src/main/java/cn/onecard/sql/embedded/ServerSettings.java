package cn.onecard.sql.embedded;

/** What an operator may choose about the embedded server.
 *
 *  @param bufferPoolMebibytes memory for pages
 *  @param durable whether a commit waits for the disk; only throw-away data may do without */
public record ServerSettings(int bufferPoolMebibytes, boolean durable) {
    /** With less the server does not start. */
    public static final int LEAST_BUFFER_POOL_MEBIBYTES = 16;

    public ServerSettings {
        if (bufferPoolMebibytes < LEAST_BUFFER_POOL_MEBIBYTES) {
            throw new IllegalArgumentException("the buffer pool has at least " + LEAST_BUFFER_POOL_MEBIBYTES + " MiB, not " + bufferPoolMebibytes);
        }
    }
}
