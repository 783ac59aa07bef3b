package cn.onecard.engine.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A caller's end of a webhook, which behaves as its script says, once a line, and well after that. */
final class Receiver implements AutoCloseable {
    private final ServerSocket socket;
    private final Deque<Behaviour> script;
    private final List<Told> told = new ArrayList<>();
    private final List<Socket> hanging = new ArrayList<>();

    /** What it does with what it is told. */
    enum Behaviour { ACCEPT, FAIL, HANG, GARBAGE, DROP, ENDLESS }

    /** What it was told. */
    record Told(Map<String, String> headers, String body) {}

    Receiver(Behaviour... script) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.script = new ArrayDeque<>(Arrays.asList(script));
        Thread.startVirtualThread(this::run);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/told?shop=7");
    }

    /** What it has accepted. */
    synchronized List<Told> accepted() {
        return List.copyOf(told);
    }

    private void run() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            while (in.readLine() != null) {
                Map<String, String> headers = new HashMap<>();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    int colon = line.indexOf(':');
                    headers.put(line.substring(0, colon).toLowerCase(java.util.Locale.ROOT), line.substring(colon + 1).strip());
                }
                char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
                int read = 0;
                while (read < body.length) {
                    read += in.read(body, read, body.length - read);
                }
                if (!answer(connection, new Told(headers, new String(body)))) {
                    return;
                }
            }
        } catch (IOException e) {
            if (!socket.isClosed() && !connection.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized boolean answer(Socket connection, Told what) throws IOException {
        Behaviour behaviour = script.isEmpty() ? Behaviour.ACCEPT : script.removeFirst();
        String text = switch (behaviour) {
            case ACCEPT -> "HTTP/1.1 204 No Content\r\n\r\n";
            case FAIL -> "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n";
            case GARBAGE -> "\u0000\u0001 this is no HTTP\r\n\r\n";
            case ENDLESS -> "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nand so on";
            case HANG, DROP -> "";
        };
        if (behaviour == Behaviour.ACCEPT) {
            told.add(what);
        }
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
        if (behaviour == Behaviour.DROP || behaviour == Behaviour.GARBAGE) {
            connection.close();
            return false;
        }
        hanging.add(connection);
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        socket.close();
        for (Socket connection : hanging) {
            connection.close();
        }
    }
}
