package cn.onecard.sql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A JDBC address of a MySQL-protocol server, taken apart: what stands before the question mark, and the parameters.
 *  {@link #toString()} leaves the password out.
 *
 *  @param server for example {@code jdbc:mysql://127.0.0.1:3306/}
 *  @param parameters decoded */
record JdbcUrl(String server, Map<String, String> parameters) {
    private static final String PREFIX = "jdbc:mysql:";

    JdbcUrl {
        parameters = Map.copyOf(parameters);
    }

    /** The address as text takes it apart. */
    static JdbcUrl parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new DatabaseUnavailable("a database address begins with jdbc:mysql: (jdbc:mysql://host:port/?user=..&password=..)");
        }
        int question = text.indexOf('?');
        Map<String, String> parameters = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : text.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return new JdbcUrl(question < 0 ? text : text.substring(0, question), parameters);
    }

    /** The parameter, if it is there. */
    Optional<String> findParameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Without these parameters. */
    JdbcUrl without(String... names) {
        Map<String, String> fewer = new LinkedHashMap<>(parameters);
        for (String name : names) {
            fewer.remove(name);
        }
        return new JdbcUrl(server, fewer);
    }

    /** With this parameter, unless it is there already: what the address says wins. */
    JdbcUrl withDefault(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.putIfAbsent(name, value);
        return new JdbcUrl(server, more);
    }

    /** With this default schema instead of the one it names, if it names one. */
    JdbcUrl withSchema(String schema) {
        int slash = server.indexOf('/', server.indexOf("//") + 2);
        return new JdbcUrl((slash < 0 ? server : server.substring(0, slash)) + "/" + schema, parameters);
    }

    /** The whole text, parameters in the order of their names. */
    String text() {
        return parameters.isEmpty() ? server : server + "?" + parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    @Override
    public String toString() {
        return server;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
